import { expect, test } from "./support/test.ts";

test("a partner corrects a message word by word, and its author takes it over", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  await sari.writes("Я хочу один кава, будь ласка");

  await oleh.chooses("Correct", "Я хочу один кава, будь ласка");
  await expect(oleh.page.getByText("Correcting")).toBeVisible();
  await expect(oleh.composer()).toHaveValue("Я хочу один кава, будь ласка");
  await oleh.writes("Я хочу одну каву, будь ласка");

  const correction = sari.message("Я хочу один кава, будь ласка").locator(".corrections li");
  await expect(correction).toContainText(`${oleh.nickname} suggests`);
  await expect(correction.locator("del")).toHaveText(["один кава"]);
  await expect(correction.locator("ins")).toHaveText(["одну каву"]);
  // Its own author can think again.
  const own = oleh.message("Я хочу один кава, будь ласка").locator(".corrections li");
  await own.getByRole("button", { name: "Take back" }).click();
  await expect(correction).toHaveCount(0);
  await oleh.chooses("Correct", "Я хочу один кава, будь ласка");
  await oleh.writes("Я хочу каву, будь ласка");

  await correction.getByRole("button", { name: "Accept" }).click();
  await oleh.sees("Я хочу каву, будь ласка");
  const after = oleh.message("Я хочу каву, будь ласка");
  await expect(after.locator(".corrections li")).toContainText(`Corrected by ${oleh.nickname}`);
  await expect(after.getByRole("button", { name: "edited" })).toBeVisible();
  await sari.reloads();
  await expect(sari.message("Я хочу каву, будь ласка").locator(".corrections del")).toHaveText(["один кава"]);
});
