import { CUT_CONNECTION, expect, test } from "./support/test.ts";
import { painted } from "./support/pictures.ts";

// And what Playwright's tracing asks for when it looks into a picture that only this page has.
test.use({ forgiven: new RegExp(`${CUT_CONNECTION.source}|Connecting to 'blob:`) });

test("a voice message is recorded, given up, sent and played", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.context.grantPermissions(["microphone"]);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  const { page } = sari;

  const bar = page.getByRole("group", { name: "Recording" });
  await page.getByRole("button", { name: "Record a voice message" }).click();
  await expect(bar.getByRole("timer")).toHaveText(/^0:0[1-9]$/);
  await bar.getByRole("button", { name: "Cancel" }).click();
  await expect(bar).toBeHidden();

  await page.getByRole("button", { name: "Record a voice message" }).click();
  await expect(bar.getByRole("timer")).toHaveText(/^0:0[2-9]$/);
  await bar.getByRole("button", { name: "Send" }).click();
  const voice = oleh.page.getByRole("group", { name: "Voice message" });
  await expect(voice).toBeVisible();
  await expect(voice).toContainText(/0:0[2-9]/);
  expect(await voice.locator(".voice-wave i").count()).toBeGreaterThan(10);
  await expect(oleh.dialog(sari.nickname)).toContainText("Voice message");

  // What cannot be had is told, and asked for anew.
  await oleh.page.route(/\/files\//, (route) => route.abort());
  await voice.getByRole("button", { name: "Play" }).click();
  await expect(oleh.page.getByText("This could not be played.")).toBeVisible();
  await oleh.page.unroute(/\/files\//);
  await voice.getByRole("button", { name: "Play" }).click();
  await expect(voice.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(voice.locator(".voice-wave i.is-heard").first()).toBeVisible();
  await expect(voice.getByRole("button", { name: "Play" })).toBeVisible();
  // What is typed takes the microphone's place.
  await sari.composer().fill("halo");
  await expect(page.getByRole("button", { name: "Record a voice message" })).toBeHidden();
});

test("the gallery holds pictures, files and links, and lets go of what is deleted", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  await oleh.page.getByRole("button", { name: "Details" }).click();
  const details = oleh.page.getByRole("complementary");
  await expect(details.getByText("Nothing yet")).toBeVisible();

  const { page } = sari;
  const files = page.locator("input[type=file]");
  await files.setInputFiles([await painted(page, "pasar.png", "image/png")]);
  await sari.composer().fill("di pasar");
  await sari.composer().press("Enter");
  await expect(details.getByRole("img", { name: "pasar.png" })).toBeVisible();
  await files.setInputFiles([{ name: "daftar.txt", mimeType: "text/plain", buffer: Buffer.from("kopi, teh") }]);
  await sari.composer().press("Enter");
  await sari.writes("lihat https://example.org/kopi ya");

  await details.getByRole("tab", { name: "Files" }).click();
  await expect(details.getByRole("link", { name: "daftar.txt" })).toBeVisible();
  await details.getByRole("tab", { name: "Links" }).click();
  await expect(details.getByRole("link", { name: "https://example.org/kopi" })).toBeVisible();
  await details.getByRole("tab", { name: "Media" }).click();
  await details.getByRole("img", { name: "pasar.png" }).click();
  await expect(oleh.page).toHaveURL(new RegExp(`/chats/${room}/\\d+$`));
  await expect(oleh.message("di pasar")).toHaveClass(/is-target/);

  // Also where the page was away when it happened.
  await oleh.context.setOffline(true);
  await expect(oleh.page.getByText("You are offline.")).toBeVisible();
  await sari.deletes("di pasar", "Delete for everyone");
  await expect(sari.page.getByRole("feed").getByText("This message was deleted")).toBeVisible();
  await expect(details.getByRole("img", { name: "pasar.png" })).toBeVisible();
  await oleh.context.setOffline(false);
  await expect(details.getByRole("img", { name: "pasar.png" })).toHaveCount(0);
});
