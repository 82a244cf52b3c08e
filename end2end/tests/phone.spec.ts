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
