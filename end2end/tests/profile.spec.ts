import { expect, test } from "./support/test.ts";
import type { Person } from "./support/person.ts";
import { painted } from "./support/pictures.ts";

// A browser reports the refused form and the picture that is none; and what Playwright's tracing asks for
// when it looks into a picture that only this page has.
test.use({ forgiven: /status of (422|404)|Connecting to 'blob:/ });

/** Fills in a profile without the page. */
async function tells(person: Person, profile: object): Promise<void> {
  await person.calls("update_profile", { profile: { nickname: person.nickname, ...profile } });
}

const native = (code: string) => ({ kind: "native", code });
const learning = (code: string, level: string) => ({ kind: "learning", code, level });

test("a profile is filled in, seen by others, and live in their windows", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens(`/people/${await sari.id()}`);
  await sari.opens("/settings/profile");
  const { page } = sari;

  await page.getByLabel("Nickname").fill("Sari Dewi");
  await page.getByLabel("About you").fill("Kopi dulu.");
  await page.getByLabel("Phone").fill("telepon saja");
  await page.getByLabel("Birthday").fill("1999-12-31");
  await page.getByLabel("Country").selectOption({ label: "Indonesia" });
  await page.getByLabel("Time zone").selectOption("Asia/Jakarta");
  await page.getByRole("button", { name: "Add a language" }).click();
  const languages = page.getByRole("group", { name: "Languages" }).getByRole("listitem");
  await languages.nth(0).getByLabel("Language", { exact: true }).selectOption("id");
  await page.getByRole("button", { name: "Add a language" }).click();
  await languages.nth(1).getByLabel("Language", { exact: true }).selectOption("uk");
  await languages.nth(1).getByLabel("How well").selectOption("B1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("This does not look like a telephone number.")).toBeVisible();
  await page.getByLabel("Phone").fill("+62 812 3456 789");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();

  await expect(oleh.page.getByRole("heading", { name: "Sari Dewi", level: 1 })).toBeVisible();
  const facts = oleh.page.getByRole("article");
  for (const fact of ["Kopi dulu.", "Indonesian", "Ukrainian", "B1", "Asia/Jakarta", "+628123456789", "1999"]) {
    await expect(facts).toContainText(fact);
  }
  await expect(oleh.dialog("Sari Dewi")).toBeVisible();

  await sari.opens("/settings");
  await page.getByRole("group", { name: "Who sees your phone number" }).getByLabel("Nobody").check();
  await expect(page.getByText("Saved")).toBeVisible();
  await oleh.opens(`/chats/${room}`);
  await oleh.page.getByRole("button", { name: "Details" }).click();
  const details = oleh.page.getByRole("complementary");
  await expect(details).toContainText("Kopi dulu.");
  await expect(details).not.toContainText("+628123456789");

  await sari.reloads();
  await sari.opens("/settings/profile");
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Jakarta");
  await expect(languages.nth(1).getByLabel("How well")).toHaveValue("B1");
});

test("the explorer narrows by language, country and who is there, the best match first", async ({ person }) => {
  const [sari, oleh, nadia, maya] = [
    await person("Sari"),
    await person("Oleh"),
    await person("Nadia"),
    await person("Maya"),
  ];
  await tells(sari, { languages: [native("id"), learning("cy", "A1")] });
  await tells(oleh, { country: "FJ", languages: [native("cy"), learning("id", "A2")] });
  await tells(nadia, { country: "FJ", languages: [native("cy"), learning("en", "C1")] });
  await tells(maya, { country: "GB", languages: [native("en"), learning("cy", "B2")] });
  await sari.opens("/people");
  const { page } = sari;
  const names = page.getByRole("list", { name: "Find people" }).getByRole("heading");
  await expect(names.nth(0)).toHaveText(oleh.nickname);
  await expect(names.nth(1)).toHaveText(nadia.nickname);
  await expect(sari.card(oleh.nickname).locator(".chip.fits")).toHaveCount(2);

  await page.getByLabel("Native language").selectOption("cy");
  await expect(names).toHaveText([oleh.nickname, nadia.nickname]);
  await page.getByLabel("Language they learn").selectOption("en");
  await expect(names).toHaveText([nadia.nickname]);
  await page.getByLabel("Language they learn").selectOption("");
  await page.getByLabel("Country").selectOption("GB");
  await expect(page.getByText("Nobody like that yet")).toBeVisible();
  await page.getByLabel("Country").selectOption("FJ");
  await expect(names).toHaveText([oleh.nickname, nadia.nickname]);
  await page.getByRole("button", { name: "Online now" }).click();
  await expect(page.getByText("Nobody like that yet")).toBeVisible();
  await nadia.opens("/chats");
  await page.getByRole("button", { name: "Show everyone" }).click();
  await page.getByLabel("Native language").selectOption("cy");
  await page.getByRole("button", { name: "Online now" }).click();
  await expect(names).toHaveText([nadia.nickname]);

  // Friends are left out, unless they are looked for by name.
  await page.getByRole("button", { name: "Online now" }).click();
  await sari.befriends(oleh);
  await sari.reloads();
  await page.getByLabel("Native language").selectOption("cy");
  await expect(names).toHaveText([nadia.nickname]);
  await page.getByRole("searchbox", { name: "Search by name" }).fill(oleh.nickname);
  await expect(sari.card(oleh.nickname)).toContainText("Friends");
});

test("a picture changes at once for everyone, is cut by hand, and goes", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  await sari.opens("/settings/profile");
  const { page } = sari;
  const seen = oleh.page.locator(".chat-who .avatar img");
  await expect(seen).toHaveCount(0);

  await page.getByRole("button", { name: "Change picture" }).click();
  const modal = page.getByRole("dialog");
  const field = modal.getByLabel("Choose a picture");
  await field.setInputFiles([{ name: "halaman.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<html>") }]);
  await expect(modal.getByRole("alert")).toContainText("This is not a picture");
  await field.setInputFiles([await painted(page, "wajah.jpg", "image/jpeg", 900, 600)]);
  await expect(modal.getByRole("status")).toHaveText("Changed");
  await expect(seen).toBeVisible();
  const first = await seen.getAttribute("src");
  await expect.poll(() => seen.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(128);
  await expect(oleh.dialog(sari.nickname).locator("img")).toHaveAttribute("src", first!);

  // Cut by keys and by the slider: each is a picture of its own.
  const stage = modal.getByRole("application", { name: "Part to show" });
  await stage.press("ArrowRight");
  await expect(seen).not.toHaveAttribute("src", first!);
  const second = await seen.getAttribute("src");
  await modal.getByLabel("Zoom").fill("2");
  await expect(seen).not.toHaveAttribute("src", second!);
  await expect(modal.getByRole("status")).toHaveText("Changed");
  const gone = await sari.context.request.get(sari.origin + first!);
  expect(gone.status(), "the picture before is no longer there").toBe(404);

  await modal.getByRole("button", { name: "Remove" }).click();
  await expect(seen).toHaveCount(0);
  await expect(oleh.page.locator(".chat-who .avatar")).toHaveText(/^SA?/i);
});

test("an admin gives a group its picture", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await sari.befriends(oleh);
  const group = { name: "Klub Kopi", hue: 40, memberIds: [await oleh.id()] };
  const { room } = await sari.calls<{ room: { id: number } }>("create_group", { group });
  await oleh.opens(`/chats/${room.id}`);
  await sari.opens(`/chats/${room.id}`);
  await sari.page.getByRole("button", { name: "Details" }).click();
  await sari.page.getByRole("button", { name: "Picture", exact: true }).click();
  await sari.page.getByLabel("Choose a picture").setInputFiles([await painted(sari.page, "kopi.png", "image/png")]);
  await expect(oleh.page.locator(".chat-who .avatar img")).toBeVisible();
  await expect(oleh.page.getByRole("feed").getByText(`${sari.nickname} changed the picture`)).toBeVisible();
  await oleh.page.getByRole("button", { name: "Details" }).click();
  await expect(oleh.page.getByRole("button", { name: "Picture", exact: true })).toBeHidden();
});
