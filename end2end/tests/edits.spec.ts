import { expect, test } from "./support/test.ts";

test("a message is edited, by its menu and by the key up, and its versions are there to see", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  await sari.writes("saya pergi ke pasr");
  await oleh.sees("saya pergi ke pasr");

  await sari.chooses("Edit", "saya pergi ke pasr");
  await expect(sari.page.getByText("Editing the message")).toBeVisible();
  await expect(sari.composer()).toHaveValue("saya pergi ke pasr");
  await sari.writes("saya pergi ke pasar");
  await oleh.sees("saya pergi ke pasar");
  await expect(oleh.message("saya pergi ke pasr")).toHaveCount(0);

  // A draft waits while an older message is changed.
  await sari.composer().press("ArrowUp");
  await sari.composer().press("Escape");
  await sari.composer().fill("nanti");
  await sari.chooses("Edit", "saya pergi ke pasar");
  await sari.composer().fill("saya pergi ke pasar pagi");
  await sari.composer().press("Enter");
  await expect(sari.composer()).toHaveValue("nanti");
  await sari.composer().fill("");

  await sari.composer().press("ArrowUp");
  await expect(sari.composer()).toHaveValue("saya pergi ke pasar pagi");
  await sari.composer().press("Escape");
  await expect(sari.composer()).toHaveValue("");

  await oleh.message("saya pergi ke pasar pagi").getByRole("button", { name: "edited" }).click();
  const versions = oleh.page.getByRole("dialog", { name: "Earlier versions" });
  await expect(versions.getByRole("listitem")).toHaveText([/^saya pergi ke pasar\d/, /^saya pergi ke pasr\d/]);
  await oleh.page.keyboard.press("Escape");
  await expect(versions).toBeHidden();
});

test("a message is deleted for everyone, which can be undone, or for oneself", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  await sari.writes("salah kirim");
  await oleh.sees("salah kirim");

  await sari.deletes("salah kirim", "Delete for everyone");
  await expect(oleh.page.getByRole("feed")).toContainText("This message was deleted");
  await expect(oleh.message("salah kirim")).toHaveCount(0);
  await expect(oleh.dialog(sari.nickname)).toContainText("This message was deleted");
  await sari.page.getByRole("button", { name: "Undo" }).click();
  await oleh.sees("salah kirim");
  await sari.sees("salah kirim");

  // The other may only put it out of their own sight.
  await oleh.chooses("Delete", "salah kirim");
  const question = oleh.page.getByRole("dialog", { name: "Delete this message?" });
  await expect(question.getByRole("button", { name: "Delete for everyone" })).toHaveCount(0);
  await question.getByRole("button", { name: "Delete for me" }).click();
  await expect(oleh.message("salah kirim")).toHaveCount(0);
  await sari.sees("salah kirim");
  await oleh.reloads();
  await expect(oleh.page.getByRole("feed")).toHaveAttribute("aria-busy", "false");
  await expect(oleh.message("salah kirim")).toHaveCount(0);
});

test("what is deleted for everyone is gone from a tab that was away", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  await sari.writes("kenari");
  await oleh.sees("kenari");
  await oleh.page.goto(`${oleh.origin}/people`);
  await sari.deletes("kenari", "Delete for everyone");
  await oleh.page.goBack();
  await expect(oleh.page.getByRole("feed")).toContainText("This message was deleted");
  expect(await oleh.page.content()).not.toContain("kenari");
});

test("a very long text is folded until it is wanted", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens("/chats");
  await oleh.sendsElsewhere(room, "kata ".repeat(800).trim(), "pendek");
  await sari.opens(`/chats/${room}`);
  await sari.sees("pendek");
  const long = sari.page.locator(".message").first();
  const folded = (await long.boundingBox())!.height;
  expect(folded).toBeLessThan(700);
  await long.getByRole("button", { name: "Show more" }).click();
  await expect.poll(async () => (await long.boundingBox())!.height).toBeGreaterThan(folded + 200);
  await long.getByRole("button", { name: "Show less" }).click();
  await expect.poll(async () => (await long.boundingBox())!.height).toBe(folded);
});
