import { expect, test } from "./support/test.ts";

test("reactions come live, one of each person, and one takes them back", async ({ person }) => {
  const [sari, oleh, rina] = [await person("Sari"), await person("Oleh"), await person("Rina")];
  await sari.befriends(oleh);
  await sari.befriends(rina);
  const group = { name: "Ukulele", hue: 30, memberIds: [await oleh.id(), await rina.id()] };
  const { room } = await sari.calls<{ room: { id: number } }>("create_group", { group });
  for (const one of [sari, oleh, rina]) await one.opens(`/chats/${room.id}`);
  await sari.writes("Who plays?");
  await oleh.sees("Who plays?");
  const chips = (who: typeof sari) => who.message("Who plays?").getByRole("list", { name: "Reactions" });

  // By mouse.
  await oleh.message("Who plays?").hover();
  await oleh.message("Who plays?").getByRole("button", { name: "React" }).click();
  await oleh.page.getByRole("dialog", { name: "React" }).getByRole("button", { name: "👍" }).click();
  await expect(chips(sari).getByRole("button", { name: "👍 1" })).toHaveAttribute("aria-pressed", "false");
  await expect(chips(oleh).getByRole("button", { name: "👍 1" })).toHaveAttribute("aria-pressed", "true");
  await chips(rina).getByRole("button", { name: "👍 1" }).click();
  await expect(chips(oleh).getByRole("button", { name: "👍 2" })).toHaveAttribute("aria-pressed", "true");

  // By keyboard, with an emoji that is not among those offered.
  await sari.page.getByRole("feed").focus();
  await sari.page.keyboard.press("End");
  await sari.page.keyboard.press("Tab");
  while (!(await sari.page.getByRole("button", { name: "React" }).evaluate((button) => button === document.activeElement))) {
    await sari.page.keyboard.press("Tab");
  }
  await sari.page.keyboard.press("Enter");
  const picker = sari.page.getByRole("dialog", { name: "React" });
  await expect(picker.getByRole("button", { name: "👍" })).toBeFocused();
  await picker.getByRole("textbox", { name: "Another emoji" }).fill("🎸");
  await expect(picker).toBeHidden();
  await expect(chips(rina).getByRole("button", { name: "🎸 1" })).toBeVisible();

  // Another one takes the first one's place; the same again takes it away.
  await oleh.message("Who plays?").hover();
  await oleh.message("Who plays?").getByRole("button", { name: "React" }).click();
  await oleh.page.getByRole("dialog", { name: "React" }).getByRole("button", { name: "❤️" }).first().click();
  await expect(chips(sari).getByRole("button", { name: "👍 1" })).toBeVisible();
  await expect(chips(sari).getByRole("button", { name: "❤️ 1" })).toBeVisible();
  await chips(oleh).getByRole("button", { name: "❤️ 1" }).click();
  await expect(chips(sari).getByRole("button", { name: "❤️ 1" })).toBeHidden();

  // Who it was; and one's own after a new start.
  await sari.chooses("Reactions", "Who plays?");
  const who = sari.page.getByRole("dialog", { name: "Reactions" });
  await expect(who.getByRole("listitem").filter({ hasText: rina.nickname })).toContainText("👍");
  await sari.page.keyboard.press("Escape");
  await rina.reloads();
  await expect(chips(rina).getByRole("button", { name: "👍 1" })).toHaveAttribute("aria-pressed", "true");
});

test("a long press of a finger offers the reactions", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh", { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await sari.writes("Selamat pagi");
  await oleh.opens(`/chats/${room}`);
  await oleh.sees("Selamat pagi");
  const box = (await oleh.message("Selamat pagi").locator(".bubble").boundingBox())!;
  const touch = await oleh.context.newCDPSession(oleh.page);
  await touch.send("Input.dispatchTouchEvent", {
    type: "touchStart",
    touchPoints: [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }],
  });
  const picker = oleh.page.getByRole("dialog", { name: "React" });
  await expect(picker).toBeVisible();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(picker).toBeVisible();
  await picker.getByRole("button", { name: "🙏" }).tap();
  await expect(sari.message("Selamat pagi").getByRole("button", { name: "🙏 1" })).toBeVisible();
});

test("a blocked person's reaction only they see", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await sari.writes("halo");
  await sari.calls("block", { user: await oleh.id() });
  await oleh.opens(`/chats/${room}`);
  await oleh.message("halo").hover();
  await oleh.message("halo").getByRole("button", { name: "React" }).click();
  await oleh.page.getByRole("dialog", { name: "React" }).getByRole("button", { name: "😢" }).first().click();
  await expect(oleh.message("halo").getByRole("button", { name: "😢 1" })).toBeVisible();
  await sari.calls("unblock", { user: await oleh.id() });
  await sari.reloads();
  await sari.sees("halo");
  await expect(sari.page.locator(".reaction")).toHaveCount(0);
});
