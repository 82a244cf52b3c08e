import { expect, test } from "./support/test.ts";

test("two tabs agree on what is unread, in the list, in the title and by a line", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens("/chats");
  const other = await sari.opensTab("/people");
  await oleh.opens(`/chats/${room}`);
  for (const text of ["satu", "dua", "tiga"]) await oleh.writes(text);

  for (const page of [sari.page, other]) {
    await expect(sari.dialog(oleh.nickname, page)).toContainText("3 unread messages");
    await expect(page).toHaveTitle(page === other ? "(3) Find people · Sapa" : "(3) Sapa");
    await expect(page.getByRole("link", { name: "Chats 3 waiting" })).toBeVisible();
  }
  await oleh.seesTick("tiga", "Delivered");

  await sari.page.bringToFront();
  await sari.opensChat(oleh.nickname);
  await expect(sari.page.locator(".feed-unread")).toHaveText("3 new messages");
  await sari.sees("tiga");
  for (const page of [sari.page, other]) {
    await expect(page).toHaveTitle(page === other ? "Find people · Sapa" : `${oleh.nickname} · Sapa`);
    await expect(sari.dialog(oleh.nickname, page)).not.toContainText("unread");
  }
  await oleh.seesTick("satu", "Read");
  await oleh.seesTick("tiga", "Read");
});

test("what is deleted before it was read does not count", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens("/chats");
  await oleh.opens(`/chats/${room}`);
  for (const text of ["satu", "dua"]) await oleh.writes(text);
  await expect(sari.page).toHaveTitle("(2) Sapa");
  await oleh.deletes("satu", "Delete for everyone");
  await expect(sari.page).toHaveTitle("(1) Sapa");
  await expect(sari.dialog(oleh.nickname)).toContainText("1 unread message");
  await oleh.deletes("dua", "Delete for everyone");
  await expect(sari.page).toHaveTitle("Sapa");
  await expect(sari.dialog(oleh.nickname)).not.toContainText("unread");
  await oleh.writes("tiga");
  await expect(sari.page).toHaveTitle("(1) Sapa");
  await sari.reloads();
  await expect(sari.page).toHaveTitle("(1) Sapa");
});

test("the unread filter, muting, and typing to find a chat", async ({ person }) => {
  const [sari, oleh, rina] = [await person("Sari"), await person("Oleh"), await person("Rina")];
  await sari.befriends(oleh);
  await sari.befriends(rina);
  await oleh.opens("/chats");
  await sari.opens("/chats");
  await oleh.opensChat(sari.nickname);
  await oleh.writes("halo");

  await sari.page.getByRole("tab", { name: "Unread" }).click();
  await expect(sari.dialog(oleh.nickname)).toBeVisible();
  await expect(sari.dialog(rina.nickname)).toBeHidden();
  await sari.page.getByRole("tab", { name: "All" }).click();
  await sari.page.getByRole("searchbox", { name: "Filter chats" }).fill("rina");
  await expect(sari.dialog(oleh.nickname)).toBeHidden();
  await sari.opensChat(rina.nickname);
  await sari.page.getByRole("button", { name: "Chat menu" }).click();
  await sari.page.getByRole("menuitem", { name: "Mute" }).click();
  await expect(sari.dialog(rina.nickname)).toContainText("Muted");
  await sari.page.getByRole("searchbox", { name: "Filter chats" }).press("Escape");
  await expect(sari.dialog(oleh.nickname)).toBeVisible();
});

test("a draft stays with its chat, through a reload too", async ({ person }) => {
  const [sari, oleh, rina] = [await person("Sari"), await person("Oleh"), await person("Rina")];
  await sari.befriends(oleh);
  await sari.befriends(rina);
  await sari.opens("/chats");
  await sari.opensChat(oleh.nickname);
  await sari.composer().fill("belum selesai");
  await sari.opensChat(rina.nickname);
  await expect(sari.composer()).toHaveValue("");
  await expect(sari.dialog(oleh.nickname)).toContainText("Draft: belum selesai");
  await sari.reloads();
  await sari.opensChat(oleh.nickname);
  await expect(sari.composer()).toHaveValue("belum selesai");
});

test("a draft that is sent in one tab is gone in the other", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  const other = await sari.opensTab(`/chats/${room}`);
  await sari.composer(other).fill("sekali saja");
  await expect(sari.composer()).toHaveValue("sekali saja");
  await sari.composer().press("Enter");
  await expect(sari.composer(other)).toHaveValue("");
  await sari.composer(other).press("Enter");
  await sari.seesTick("sekali saja", "Sent");
  expect(await sari.texts()).toEqual(["sekali saja"]);
});
