import { expect, test } from "./support/test.ts";

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
