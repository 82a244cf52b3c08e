import { devices } from "@playwright/test";
import { painted } from "./support/pictures.ts";
import { expect, test } from "./support/test.ts";

const { defaultBrowserType: _, ...phone } = devices["iPhone 13"]!;
const PHONE = { ...phone, viewport: { width: 390, height: 844 } };

test("one thing at a time on a phone, and Back leads back", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", PHONE), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  const { page } = sari;
  await sari.opens("/chats");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await sari.dialog(oleh.nickname).tap();
  await expect(sari.composer()).toBeVisible();
  await expect(page.getByRole("region", { name: "Chats" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();

  // On touch Enter breaks the line; the button sends.
  await sari.composer().tap();
  await page.keyboard.type("baris satu");
  await page.keyboard.press("Enter");
  await page.keyboard.type("baris dua");
  await expect(sari.composer()).toHaveValue("baris satu\nbaris dua");
  await page.getByRole("button", { name: "Send" }).tap();
  await expect(oleh.page.locator(".bubble-text")).toHaveText("baris satu\nbaris dua");

  await page.goBack();
  await expect(page).toHaveURL(/\/chats$/);
  await expect(sari.dialog(oleh.nickname)).toBeVisible();
  await page.goForward();
  await expect(sari.composer()).toBeVisible();
  await page.getByRole("link", { name: "Back to chats" }).tap();
  await expect(sari.dialog(oleh.nickname)).toBeVisible();

  for (const path of ["/chats", `/chats/${room}`, "/people", "/requests", "/settings", "/groups/new", "/blocked"]) {
    await sari.opens(path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
  }
});

test("a finger beside a bubble does nothing, on it it brings the tools and moves nothing", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", PHONE), await person("Oleh", PHONE)];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await sari.sendsElsewhere(room, "halo", "kata yang panjang ".repeat(12).trim());
  await oleh.opens(`/chats/${room}`);
  for (const { page } of [oleh, sari]) {
    for (const message of await page.getByRole("feed").locator(".message").all()) {
      const bubble = message.locator(".bubble");
      const [row, before] = [(await message.boundingBox())!, (await bubble.boundingBox())!];
      const beside = before.x - row.x > 40 ? row.x + 22 : row.x + row.width - 22;
      for (let times = 0; times < 2; times++) await page.touchscreen.tap(beside, row.y + row.height / 2);
      await expect(page.locator(":popover-open")).toHaveCount(0);
      await bubble.tap({ position: { x: 12, y: 12 } });
      await expect(message.getByRole("button", { name: "Message menu" })).toBeVisible();
      expect(await bubble.boundingBox()).toEqual(before);
      await message.getByRole("button", { name: "Message menu" }).tap();
      await expect(page.getByRole("menuitem", { name: "Copy" }).first()).toBeVisible();
      await page.keyboard.press("Escape");
    }
  }
});

test("Back keeps the place in the chats", async ({ person }) => {
  const sari = await person("Sari", PHONE);
  const { page } = sari;
  for (let number = 1; number <= 16; number++) {
    await sari.calls("create_group", { group: { name: `grup ${number}`, hue: number, memberIds: [] } });
  }
  await sari.opens("/chats");
  await sari.dialog("grup 3").scrollIntoViewIfNeeded();
  const before = (await sari.dialog("grup 3").boundingBox())!;
  await sari.dialog("grup 3").tap();
  await expect(sari.composer()).toBeVisible();
  await page.goBack();
  await expect(sari.dialog("grup 3")).toBeVisible();
  expect((await sari.dialog("grup 3").boundingBox())!.y).toBeCloseTo(before.y, 0);
});

test("Back keeps the place among the people, and each page has a way back", async ({ person }) => {
  const sari = await person("Sari", { ...PHONE, viewport: { width: 390, height: 500 } });
  const { page } = sari;
  for (let number = 0; number < 17; number++) await person(`Teman${number}`);
  await sari.opens("/chats");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).tap();
  await page.getByRole("searchbox", { name: "Search by name" }).fill("Teman");
  // What is typed leads to the first page once more.
  await expect(page).toHaveURL(/\/people\?q=Teman$/);
  await page.getByRole("button", { name: "Next" }).tap();
  await expect(page).toHaveURL(/\/people\?q=Teman&page=2$/);
  const last = page.getByRole("listitem").last();
  await last.scrollIntoViewIfNeeded();
  const [name, there] = [await last.getByRole("heading").innerText(), (await last.boundingBox())!];
  await last.getByRole("link").first().tap();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Back", exact: true }).tap();
  await expect(page).toHaveURL(/\/people\?q=Teman&page=2$/);
  await expect(page.getByRole("searchbox", { name: "Search by name" })).toHaveValue("Teman");
  await expect(page.getByRole("listitem").last()).toBeInViewport();
  expect((await page.getByRole("listitem").last().boundingBox())!.y).toBeCloseTo(there.y, 0);

  // From outside it leads to what the page belongs to.
  for (const [path, parent] of [
    ["/settings/profile", /\/settings$/],
    ["/groups/new", /\/chats$/],
    ["/channels/new", /\/channels$/],
    ["/requests", /\/chats$/],
    [`/people/${await sari.id()}`, /\/people$/],
  ] as const) {
    await sari.opens(path);
    await page.getByRole("link", { name: "Back", exact: true }).tap();
    await expect(page).toHaveURL(parent);
  }
});

test("the field has the width of a phone; what can be added is behind one plus", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", PHONE), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  const { page } = sari;
  const field = (await sari.composer().boundingBox())!;
  expect(field.width).toBeGreaterThan(390 * 0.55);
  await expect(page.getByRole("button", { name: "Attach files" })).toBeHidden();
  await page.getByRole("button", { name: "Add", exact: true }).tap();
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: "Attach files" }).tap();
  await (await chosen).setFiles({ name: "catatan.txt", mimeType: "text/plain", buffer: Buffer.from("halo") });
  await expect(page.getByRole("list", { name: "Files to send" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Add", exact: true }).tap();
  await page.getByRole("menuitem", { name: "Propose a session" }).tap();
  await expect(page.getByRole("dialog", { name: "Propose a session" })).toBeVisible();
});

test("Back closes what lies above the chat, one after the other, and then leads on", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", PHONE), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  await oleh.page.locator("input[type=file]").setInputFiles(await painted(oleh.page, "pantai.png", "image/png"));
  await oleh.page.getByRole("button", { name: "Send" }).click();
  const { page } = sari;
  await sari.opens("/chats");
  await sari.dialog(oleh.nickname).tap();
  const here = new RegExp(`/chats/${room}$`);

  const details = page.getByRole("complementary", { name: "Details" });
  await page.getByRole("button", { name: oleh.nickname, exact: true }).tap();
  await expect(details).toBeVisible();
  await page.goBack();
  await expect(details).toBeHidden();
  await expect(page).toHaveURL(here);

  const large = page.getByRole("dialog", { name: "Pictures of this chat" });
  const session = page.getByRole("dialog", { name: "Propose a session" });
  const proposes = async (): Promise<void> => {
    await page.getByRole("button", { name: "Add", exact: true }).tap();
    await page.getByRole("menuitem", { name: "Propose a session" }).tap();
    await expect(session).toBeVisible();
  };
  await page.getByRole("button", { name: "Open the picture pantai.png" }).tap();
  await expect(large).toBeVisible();
  await page.goBack();
  await expect(large).toBeHidden();
  await proposes();
  await page.goBack();
  await expect(session).toBeHidden();
  await expect(page).toHaveURL(here);

  // What was closed by hand is not closed once more.
  await proposes();
  await session.getByRole("button", { name: "Close" }).tap();
  await expect(session).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL(/\/chats$/);
  await expect(sari.dialog(oleh.nickname)).toBeVisible();
  // Whoever goes on from what lies above comes back to it.
  await page.goForward();
  await expect(page).toHaveURL(here);
  await page.getByRole("button", { name: oleh.nickname, exact: true }).tap();
  await details.getByRole("link").first().tap();
  await expect(page).toHaveURL(/\/people\/\d+$/);
  await page.goBack();
  await expect(page).toHaveURL(here);
  await expect(details).toBeVisible();
  await page.goBack();
  await expect(details).toBeHidden();
  await expect(page).toHaveURL(here);
});
