import { expect, test } from "./support/test.ts";

test("a chat is found, read and answered by keyboard alone", async ({ person }) => {
  const [sari, oleh, rina] = [await person("Sari"), await person("Oleh"), await person("Rina")];
  const room = await sari.befriends(oleh);
  await sari.befriends(rina);
  await oleh.opens(`/chats/${room}`);
  await oleh.writes("bisa tanpa tetikus?");
  const { page } = sari;
  await sari.opens("/chats");

  // The switcher.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("oleh");
  await expect(page.getByRole("option", { name: oleh.nickname })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await sari.sees("bisa tanpa tetikus?");

  // From the messages to the field: F6 goes from part to part.
  await expect(async () => {
    await page.keyboard.press("F6");
    await expect(sari.composer()).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.type("bisa");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("sekali");
  await page.keyboard.press("Enter");
  await expect(oleh.page.locator(".message").last().locator(".bubble-text")).toHaveText("bisa\nsekali");

  // Arrows go from message to message, and the menu of one opens by keyboard.
  await page.getByRole("feed").focus();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(".message").last()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(sari.message("bisa tanpa tetikus?")).toBeFocused();

  // From chat to chat.
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("heading", { name: rina.nickname, level: 1 })).toBeVisible();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByRole("heading", { name: oleh.nickname, level: 1 })).toBeVisible();

  // The list of keys.
  await page.keyboard.press("Control+/");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys).toContainText("Next part of the page");
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
});

test("the chats are one stop of the Tab key, and so are the messages", async ({ person }) => {
  const [sari, oleh, rina] = [await person("Sari"), await person("Oleh"), await person("Rina")];
  const room = await sari.befriends(oleh);
  await sari.befriends(rina);
  await oleh.opens("/chats");
  await oleh.sendsElsewhere(room, "satu https://example.org/satu", "dua https://example.org/dua", "tiga");
  const { page } = sari;
  await sari.opens(`/chats/${room}`);
  await sari.sees("tiga");
  const within = (selector: string): Promise<boolean> =>
    page.evaluate((selector) => !!document.activeElement?.closest(selector), selector);

  // Into the rows at the open chat, along them by arrows, and out by the next press.
  await page.getByRole("tab", { name: "All" }).focus();
  await expect(async () => {
    await page.keyboard.press("Tab");
    expect(await within(".dialogs-rows")).toBe(true);
  }).toPass({ intervals: [0] });
  await expect(sari.dialog(oleh.nickname)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(sari.dialog(rina.nickname)).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await within(".dialogs-rows")).toBe(false);
  await page.keyboard.press("Shift+Tab");
  await expect(sari.dialog(rina.nickname), "where one was").toBeFocused();

  // Past all messages.
  await page.getByRole("feed").focus();
  await page.keyboard.press("Tab");
  expect(await within(".feed")).toBe(false);
  await page.keyboard.press("Shift+Tab");
  await page.getByRole("feed").focus();
  // Into one, through what it holds, and out.
  for (let count = 0; count < 3; count++) await page.keyboard.press("ArrowUp");
  const first = page.locator(".message").first();
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleName(/^Oleh.*: satu https:\/\/example\.org\/satu, \d\d:\d\d$/);
  await page.keyboard.press("Tab");
  await expect(first.getByRole("link")).toBeFocused();
  await expect(async () => {
    await page.keyboard.press("Tab");
    expect(await first.evaluate((message) => message.contains(document.activeElement))).toBe(false);
  }).toPass({ intervals: [0] });
  expect(await within(".feed")).toBe(false);
  // Back out of one by its first, past those above it.
  await first.getByRole("link").focus();
  await page.keyboard.press("Shift+Tab");
  await expect(first).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  expect(await within(".feed")).toBe(false);
});

test("signing up by keyboard alone", async ({ stranger }) => {
  const sari = await stranger("Sari");
  const { page } = sari;
  await sari.opens("/register");
  await page.keyboard.press("Tab");
  for (const text of [sari.nickname, sari.username]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("kunci rahasia");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/people$/);
});

test("an input method's Enter ends a word, and does not send", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await sari.composer().focus();
  const session = await sari.context.newCDPSession(sari.page);
  await session.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await session.send("Input.dispatchKeyEvent", { type: "keyDown", key: "Enter", windowsVirtualKeyCode: 229 });
  await session.send("Input.insertText", { text: "日本" });
  await expect(sari.composer()).toHaveValue("日本");
  expect(await sari.texts()).toEqual([]);
  await sari.composer().press("Enter");
  await sari.sees("日本");

  // Safari's Enter that ends a word comes after the composition, and only its code tells.
  await sari.page.keyboard.press("Control+k");
  const search = sari.page.getByRole("dialog", { name: "Go to a chat" }).getByRole("combobox");
  await expect(search).toBeFocused();
  await session.send("Input.dispatchKeyEvent", { type: "keyDown", key: "Enter", windowsVirtualKeyCode: 229 });
  await expect(search).toBeVisible();
  await search.press("Enter");
  await expect(search).toBeHidden();
});
