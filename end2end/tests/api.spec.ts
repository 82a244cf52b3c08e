import { devices, type Locator, type Page } from "@playwright/test";
import { findsNothing } from "./support/axe.ts";
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

test("the docs open without network and script, and an operation by keyboard", async ({ stranger }) => {
  const { page, origin } = await stranger("Sari", { javaScriptEnabled: false });
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) elsewhere.push(request.url());
  });
  await page.goto(`${origin}/api/docs`);
  await expect(page.getByRole("heading", { name: "REST API", level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  const { name, operation } = sending(page);
  const fields = operation.locator("dt");
  await expect(fields.filter({ hasText: "clientId" }).first()).toBeHidden();
  await page.locator("summary").filter({ hasText: /^GET Read messages/ }).focus();
  await page.keyboard.press("Tab");
  await expect(name).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(fields.filter({ hasText: "clientId" }).first()).toBeVisible();
  await expect(operation.locator("pre")).toHaveText([
    [
      `curl ${origin}/api/v1/groups/1/messages \\`,
      '  -H "Authorization: Bearer $TOKEN" \\',
      "  -H 'Content-Type: application/json' \\",
      `  -d '{"content":"Halo semua!"}'`,
    ].join("\n"),
    [
      `curl ${origin}/api/v1/groups/1/messages \\`,
      '  -H "Authorization: Bearer $TOKEN" \\',
      "  -F 'content=Halo semua!' \\",
      "  -F attachment=@FILE",
    ].join("\n"),
  ]);
  // What it is made of is one step away, and opens by itself.
  await operation.getByRole("link", { name: "UserCard" }).first().click();
  await expect(page.locator("#UserCard")).toBeInViewport();

  await page.goto(`${origin}/api/docs/live`);
  await expect(page.getByRole("heading", { name: "The live connection" })).toBeVisible();
  await expect(page.locator("dt", { hasText: /^resume$/ })).toBeVisible();
  expect(elsewhere).toEqual([]);
});

test("the docs fit a phone, and a finger", async ({ stranger }) => {
  const { defaultBrowserType: _, ...phone } = devices["iPhone 13"]!;
  const { page, origin } = await stranger("Sari", phone);
  for (const path of ["/api/docs/", "/api/docs/live"]) {
    await page.goto(origin + path);
    const small = await page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>("nav a, summary, dt a")];
      for (const details of document.querySelectorAll("details")) details.open = true;
      return all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML);
    });
    expect(small, `${path}: too small to touch`).toEqual([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      // What is cut off counts as well as what can be scrolled to. Both widths are rounded, each for itself.
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll("*")]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
          .filter((one) => one.clientWidth > 0 || one.getBoundingClientRect().right > window.innerWidth)
          .filter((one) => !one.closest(".skip"))
          .map((one) => one.outerHTML.slice(0, 160)),
      );
      expect(wide, `${path}: wider than ${width}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the docs, ${colorScheme}`, async ({ stranger }) => {
    const { page, origin } = await stranger("Sari", { colorScheme });
    await page.goto(`${origin}/api/docs/`);
    const light = await page.evaluate(() => {
      const { backgroundColor } = getComputedStyle(document.body);
      // Lightness, in the space in which the tokens are written.
      return Number(/^oklch\(([\d.]+)/.exec(backgroundColor)?.[1]);
    });
    if (colorScheme === "dark") expect(light).toBeLessThan(0.3);
    else expect(light).toBeGreaterThan(0.9);
    await findsNothing(page, "the docs");
    const { name, operation } = sending(page);
    await name.click();
    await operation.getByText("Errors: ").click();
    await expect(operation.getByText("Too many requests or tries")).toBeVisible();
    await operation.getByRole("link", { name: "UserCard" }).first().click();
    await expect(page.locator("#UserCard")).toBeVisible();
    await findsNothing(page, "an operation and a type", "details[open]");
    await page.goto(`${origin}/api/docs/live`);
    await findsNothing(page, "the live connection");
  });
}

/** The operation that sends a message, and its name that opens it. */
function sending(page: Page): { name: Locator; operation: Locator } {
  const name = page.locator("summary").filter({ hasText: /^POST Send a message/ });
  return { name, operation: page.locator("details").filter({ has: name }) };
}

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
