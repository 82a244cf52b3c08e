import { expect, test } from "./support/test.ts";

// A browser reports what was refused.
test.use({ forgiven: /status of (401|403|422)/ });

test("a bot's token writes into a chat until it is revoked", async ({ person }) => {
  const sari = await person("Sari");
  const oleh = await person("Oleh");
  const room = await sari.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  await sari.opens("/settings");
  const page = sari.page;
  await page.getByRole("textbox", { name: "What it is for" }).fill("Kopi bot");
  await page.getByRole("switch", { name: /^Write/ }).click();
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.getByRole("textbox", { name: "Token", exact: true }).inputValue();
  expect(token).toMatch(/^sapa_[0-9a-f]{64}$/);
  const row = page.getByRole("listitem").filter({ hasText: "Kopi bot" });
  await expect(row).toContainText("Read, Write");

  const bot = { Authorization: `Bearer ${token}` };
  const messages = `${sari.origin}/api/v1/groups/${room}/messages`;
  const sent = await page.request.post(messages, { headers: bot, data: { content: "Kopi sudah siap" } });
  expect(sent.status()).toBe(201);
  await oleh.sees("Kopi sudah siap");
  const made = await page.request.post(`${sari.origin}/api/v1/groups`, { headers: bot, data: { name: "no" } });
  expect(made.status()).toBe(403);

  await row.getByRole("button", { name: "Revoke" }).click();
  await expect(row).toBeHidden();
  const after = await page.request.get(`${sari.origin}/api/v1/groups`, { headers: bot });
  expect(after.status()).toBe(401);
});

test("the docs open without the network, and try a call", async ({ person }) => {
  const sari = await person("Sari");
  const page = sari.page;
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(sari.origin) && !request.url().startsWith("data:")) {
      elsewhere.push(request.url());
    }
  });
  await page.goto(`${sari.origin}/api/docs/`);
  await page.getByText("Who is signed in", { exact: true }).click();
  await page.getByRole("button", { name: "Execute" }).click();
  await expect(page.locator(".live-responses-table")).toContainText(sari.username);
  await page.goto(`${sari.origin}/api/docs/live`);
  await expect(page.getByRole("heading", { name: "The live connection" })).toBeVisible();
  await expect(page.locator("dt", { hasText: /^resume$/ })).toBeVisible();
  expect(elsewhere).toEqual([]);
});

test("a group's admin makes webhooks, and its owner ends it", async ({ person, request }) => {
  const sari = await person("Sari");
  const oleh = await person("Oleh");
  await sari.befriends(oleh);
  const group = await sari.calls<{ room: { id: number } }>("create_group", {
    group: { name: "Kopi", hue: 30, memberIds: [await oleh.id()] },
  });
  await oleh.opens(`/chats/${group.room.id}`);
  await sari.opens(`/chats/${group.room.id}`);
  const page = sari.page;
  await page.getByRole("button", { name: "Details", exact: true }).click();
  await page.getByRole("button", { name: "Webhooks" }).click();
  await page.getByRole("textbox", { name: "What it is for" }).fill("Cadangan");
  await page.getByRole("button", { name: "Make a webhook" }).click();
  const address = await page.getByRole("textbox", { name: "Secret" }).inputValue();
  const posted = await request.post(address, { data: { content: "Cadangan selesai" } });
  expect(posted.status()).toBe(201);
  await oleh.sees("Cadangan selesai");

  await page.getByRole("radio", { name: "It is told" }).check();
  await page.getByRole("textbox", { name: "What it is for" }).fill("Arsip");
  await page.getByRole("textbox", { name: "Where to" }).fill("nowhere");
  await page.getByRole("button", { name: "Make a webhook" }).click();
  await expect(page.getByText("Enter an address that begins with https://")).toBeVisible();
  const hooks = page.getByRole("list", { name: "Webhooks" }).getByRole("listitem");
  await expect(hooks).toHaveCount(1);
  await hooks.getByRole("button", { name: "Delete" }).click();
  await expect(hooks).toHaveCount(0);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Delete the group" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete the group" }).click();
  await expect(page).toHaveURL(/\/chats$/);
  await expect(oleh.dialog("Kopi")).toBeHidden();
});
