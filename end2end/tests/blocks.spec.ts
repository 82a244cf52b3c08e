import { expect, test } from "./support/test.ts";

test("the blocked one reaches nobody and is told nothing; unblocked, both chat again", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await sari.befriends(oleh);
  for (const [one, other] of [[sari, oleh], [oleh, sari]] as const) {
    await one.opens("/chats");
    await one.opensChat(other.nickname);
  }
  await oleh.writes("sebelum");
  await sari.sees("sebelum");
  await expect(oleh.page.locator(".chat-status")).toHaveText("online");

  await sari.page.getByRole("button", { name: "Chat menu" }).click();
  await sari.page.getByRole("menuitem", { name: "Block" }).click();
  await sari.page.getByRole("dialog").getByRole("button", { name: "Block" }).click();
  await expect(sari.composer()).toBeHidden();
  await expect(sari.page.getByText(`You blocked ${oleh.nickname}`)).toBeVisible();

  // For him all looks as ever: he writes, and it is sent; nobody hears it.
  await oleh.writes("selama");
  await oleh.seesTick("selama", "Sent");
  await expect(oleh.composer()).toBeVisible();
  await oleh.reloads();
  await oleh.sees("selama");
  await expect(sari.message("selama")).toBeHidden();

  await sari.opens("/blocked");
  await sari.presses("Unblock", oleh.nickname);
  await sari.opensChat(oleh.nickname);
  await oleh.writes("sesudah");
  await sari.sees("sesudah");
  expect(await sari.texts()).toEqual(["sebelum", "sesudah"]);
  expect(await oleh.texts()).toEqual(["sebelum", "selama", "sesudah"]);
});

test("one blocks somebody from their card, and can take it back at once", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await sari.opens("/people");
  await sari.page.getByRole("searchbox", { name: "Search by name" }).fill(oleh.nickname);
  await sari.card(oleh.nickname).getByRole("button", { name: `More about ${oleh.nickname}` }).click();
  await sari.page.getByRole("menuitem", { name: "Block" }).click();
  await sari.page.getByRole("dialog").getByRole("button", { name: "Block" }).click();
  await expect(sari.card(oleh.nickname)).toContainText("Blocked");
  await sari.page.getByRole("button", { name: "Undo" }).click();
  await expect(sari.card(oleh.nickname).getByRole("button", { name: "Add friend" })).toBeVisible();
});
