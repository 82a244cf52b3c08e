import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { painted } from "./support/pictures.ts";
import { type Person, expect, test } from "./support/test.ts";

// What is private is looked for on purpose.
test.use({ forgiven: /status of (403|404)/ });

/** Makes a channel by its form, and gives where it is. */
async function makes(person: Person, name: string, handle: string): Promise<string> {
  const { page } = person;
  await person.opens("/channels");
  await page.getByRole("link", { name: "New channel" }).click();
  await page.getByRole("textbox", { name: "Name of the channel" }).fill(name);
  await page.getByRole("textbox", { name: "What it is about" }).fill("Beans, cups & water");
  await page.getByRole("textbox", { name: "Handle" }).fill(handle);
  await page.getByRole("button", { name: "Create the channel" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Finds a channel in the explorer and follows it. */
async function follows(person: Person, name: string): Promise<void> {
  const { page } = person;
  await person.opens("/channels");
  await page.getByRole("searchbox", { name: "Search channels" }).fill(name);
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
  await card.getByRole("button", { name: "Follow" }).click();
  await card.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

async function details(page: Page) {
  const shown = page.getByRole("complementary", { name: "Details" });
  if (!(await shown.isVisible())) await page.getByRole("button", { name: "Details" }).click();
  return shown;
}

test("three followers read what an admin posts, comment, and learn nothing of each other", async ({ person }) => {
  const [sari, oleh, rina, budi] = [await person("Sari"), await person("Oleh"), await person("Rina"), await person("Budi")];
  const handle = `kopi-${sari.username}`;
  const name = `Kopi ${sari.nickname}`;
  const path = await makes(sari, name, handle);
  for (const follower of [oleh, rina, budi]) await follows(follower, name);

  await sari.writes("Beans of the week");
  for (const follower of [oleh, rina, budi]) {
    await follower.sees("Beans of the week");
    await expect(follower.composer()).toBeHidden();
    await expect(follower.page.getByText("Only admins post here.")).toBeVisible();
    await expect(follower.page.getByRole("banner").or(follower.page.locator(".chat-head"))).toContainText("follower");
  }
  // The view of each counts once; the count comes with the page.
  await expect(async () => {
    await sari.reloads();
    await expect(sari.message("Beans of the week").locator(".bubble-views")).toContainText("3 views", { timeout: 1000 });
  }).toPass();

  // A comment comes live to whoever has them open.
  await sari.message("Beans of the week").getByRole("button", { name: "Comment" }).click();
  const saris = sari.page.getByRole("dialog", { name: "Comments" });
  await expect(saris).toContainText("No comments yet");
  await oleh.message("Beans of the week").getByRole("button", { name: "Comment" }).click();
  const olehs = oleh.page.getByRole("dialog", { name: "Comments" });
  await olehs.getByRole("textbox", { name: "Your comment" }).fill("Where from?");
  await olehs.getByRole("textbox", { name: "Your comment" }).press("Enter");
  await expect(saris.getByRole("list", { name: "Comments" })).toContainText("Where from?");
  await saris.getByRole("textbox", { name: "Your comment" }).fill("Toraja");
  await saris.getByRole("button", { name: "Send" }).click();
  await expect(olehs.getByRole("list", { name: "Comments" })).toContainText("Toraja");
  await expect(rina.message("Beans of the week").getByRole("button", { name: "2 comments" })).toBeVisible();
  await saris.getByRole("listitem").filter({ hasText: "Where from?" }).getByRole("button", { name: "Delete the comment" }).click();
  await sari.page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(olehs.getByRole("list", { name: "Comments" })).not.toContainText("Where from?");
  await oleh.page.keyboard.press("Escape");
  await sari.page.keyboard.press("Escape");

  // Followers see the admins, and no other follower; admins see all, and name one of them.
  const rinas = await details(rina.page);
  await expect(rinas.getByRole("heading", { name: "Admins" })).toBeVisible();
  await expect(rinas).toContainText(sari.nickname);
  await expect(rinas).not.toContainText(oleh.nickname);
  await expect(rinas.getByRole("button", { name: "Followers" })).toBeHidden();
  const own = await details(sari.page);
  await own.getByRole("button", { name: "Followers" }).click();
  const list = sari.page.getByRole("dialog", { name: "Followers" });
  await expect(list.getByRole("listitem")).toHaveCount(4);
  await list.getByRole("button", { name: `More about ${oleh.nickname}` }).click();
  await sari.page.getByRole("menuitem", { name: "Make admin" }).click();
  await expect(oleh.composer()).toBeVisible();
  await expect(rinas).toContainText(oleh.nickname);
  await sari.page.keyboard.press("Escape");
  await oleh.writes("Oleh here");
  await budi.sees("Oleh here");

  // Leaving is quiet.
  await (await details(budi.page)).getByRole("button", { name: "Unfollow" }).click();
  await budi.page.getByRole("dialog", { name: "Unfollow" }).getByRole("button", { name: "Unfollow" }).click();
  await expect(budi.dialog(name)).toBeHidden();
  await expect(sari.page.getByRole("feed")).not.toContainText(budi.nickname);

  // Comments off: the button is gone for followers.
  await own.getByRole("button", { name: "Set up" }).click();
  await sari.page.getByRole("switch", { name: /Followers may comment/ }).click();
  await sari.page.getByRole("button", { name: "Save" }).click();
  await expect(rina.page.locator(".post-comments")).toHaveCount(0);
  expect(path).toMatch(/^\/chats\/\d+$/);
});

test("everybody reads a public channel without script or account, until it is private", async ({ person, stranger }) => {
  const sari = await person("Sari");
  const handle = `teh-${sari.username}`;
  const name = `Teh ${sari.nickname}`;
  await makes(sari, name, handle);
  const picture = await painted(sari.page, "leaves.png", "image/png");
  await sari.page.locator("input[type=file]").setInputFiles(picture);
  await sari.composer().fill("First <flush> & https://example.org");
  await sari.composer().press("Enter");
  // Sent, not only shown: what the server does not have yet, nobody else can read.
  await expect(sari.page.locator(".message[data-message] .picture-image")).toBeVisible();

  for (const colorScheme of ["light", "dark"] as const) {
    const nobody = await stranger("Nobody", { javaScriptEnabled: false, colorScheme, locale: "uk-UA" });
    const { page } = nobody;
    await page.goto(`${nobody.origin}/c/${handle}`);
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    const post = page.getByRole("article");
    await expect(post).toContainText("First <flush> & https://example.org");
    await expect(post.getByRole("link", { name: "https://example.org" })).toHaveAttribute("rel", /nofollow/);
    await expect(post.getByRole("img")).toBeVisible();
    const width = () => post.getByRole("img").evaluate((img: HTMLImageElement) => img.naturalWidth);
    await expect.poll(width).toBeGreaterThan(0);
    await expect(page.getByRole("link", { name: "Стежити в Sapa" })).toHaveAttribute("href", `/channels/${handle}`);
    await expect(page.locator("script")).toHaveCount(0);
    await page.getByTitle("Посилання на цей допис").click();
    await expect(page).toHaveURL(/\/c\/.+\/\d+$/);
    await expect(page.getByRole("article")).toHaveCount(1);
  }

  // axe needs a script of its own.
  const reader = await stranger("Reader");
  for (const colorScheme of ["light", "dark"] as const) {
    await reader.page.emulateMedia({ colorScheme });
    await reader.page.goto(`${reader.origin}/c/${handle}`);
    expect((await new AxeBuilder({ page: reader.page }).analyze()).violations).toEqual([]);
  }
  const feed = await reader.context.request.get(`${reader.origin}/c/${handle}/feed.atom`);
  expect(feed.headers()["content-type"]).toBe("application/atom+xml; charset=utf-8");
  const entries = await reader.page.evaluate((xml) => {
    const read = new DOMParser().parseFromString(xml, "application/xml");
    const faulty = read.querySelector("parsererror")?.textContent;
    const texts = [...read.querySelectorAll("entry > content")].map((content) => content.textContent);
    const required = ["feed > id", "feed > title", "feed > updated", "entry > id", "entry > title", "entry > updated"];
    return { faulty, texts, missing: required.filter((path) => !read.querySelector(path)) };
  }, await feed.text());
  expect(entries).toEqual({ faulty: undefined, missing: [], texts: ["First &lt;flush&gt; &amp; https://example.org"] });

  // Its way leads to signing in, and from there to the channel.
  await reader.page.getByRole("link", { name: "Follow in Sapa" }).click();
  await expect(reader.page).toHaveURL(new RegExp(`/sign-in\\?next=/channels/${handle}`));
  const oleh = await person("Oleh");
  await oleh.opens(`/channels/${handle}`);
  await oleh.page.getByRole("button", { name: "Follow" }).click();
  await oleh.page.getByRole("button", { name: "Open" }).click();
  await expect(oleh.page.locator(".message .picture-image")).toBeVisible();

  const file = await reader.page.goto(`${reader.origin}/c/${handle}`).then(() => reader.page.getByRole("img").last().getAttribute("src"));
  expect((await reader.context.request.get(reader.origin + file!)).status()).toBe(200);
  const shown = await details(sari.page);
  await shown.getByRole("button", { name: "Set up" }).click();
  await sari.page.getByRole("radio", { name: "By invite link only" }).check({ force: true });
  await sari.page.getByRole("button", { name: "Save" }).click();
  await expect(shown).toContainText("Private channel");
  for (const gone of [`/c/${handle}`, `/c/${handle}/feed.atom`, file!]) {
    expect((await reader.context.request.get(reader.origin + gone)).status(), gone).toBe(404);
  }
  const rina = await person("Rina");
  await rina.opens(`/channels/${handle}`);
  await expect(rina.page.getByText("There is no such channel")).toBeVisible();

  // An invite link is the only way in.
  await shown.getByRole("button", { name: "Invite links" }).click();
  const links = sari.page.getByRole("dialog", { name: "Invite links" });
  await links.getByRole("button", { name: "Make a link" }).click();
  const link = await links.getByRole("textbox", { name: "Invite links" }).inputValue();
  await rina.opens(new URL(link).pathname);
  await rina.page.getByRole("button", { name: "Follow" }).click();
  await expect(rina.page.locator(".message .picture-image")).toBeVisible();
});

test("a comment that is deleted goes from whoever has read back to it", async ({ person }) => {
  const [sari, oleh, rina, budi] = [await person("Sari"), await person("Oleh"), await person("Rina"), await person("Budi")];
  const settings = { name: `Roti ${sari.nickname}`, handle: `roti-${sari.username}`, comments: true };
  const room = (await sari.calls<{ room: { id: number } }>("create_channel", { settings })).room.id;
  await sari.opens(`/chats/${room}`);
  await sari.writes("Sourdough");
  await expect(sari.page.locator(".message[data-message]")).toHaveCount(1);
  const message = Number(await sari.page.locator(".message[data-message]").getAttribute("data-message"));
  for (const follower of [oleh, rina, budi]) await follower.calls("follow_channel", { room });
  const ids: number[] = [];
  for (let number = 1; number <= 36; number++) {
    const comment = { room, message, client_id: crypto.randomUUID(), text: `komentar ${number}` };
    // Nobody may write more than ten within a minute.
    const author = [sari, oleh, rina, budi][number % 4]!;
    ids.push((await author.calls<{ id: number }>("add_comment", comment)).id);
  }
  await oleh.opens(`/chats/${room}`);
  await oleh.message("Sourdough").getByRole("button", { name: "36 comments" }).click();
  const list = oleh.page.getByRole("dialog", { name: "Comments" }).getByRole("list", { name: "Comments" });
  await expect(list.getByRole("listitem")).toHaveCount(30);
  await oleh.page.getByRole("button", { name: "Earlier comments" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(36);
  await sari.calls("delete_comment", { comment: ids[1] });
  await expect(list.getByRole("listitem")).toHaveCount(35);
  await expect(list.getByText("komentar 2", { exact: true })).toBeHidden();
  await expect(list.getByText("komentar 1", { exact: true })).toBeVisible();
});
