import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";
import type { Person } from "./support/person.ts";
import { painted, recorded } from "./support/pictures.ts";

// What Playwright's tracing asks for when it looks into a file that only this page has.
test.use({ forgiven: /Connecting to 'blob:|Not allowed to load local resource: blob:/ });

/** Shows friends a text, without the page. */
async function shows(person: Person, text: string, audience: object | string = "friends"): Promise<number> {
  const content = { text: { text, hue: 200 } };
  const story = { clientId: crypto.randomUUID(), content, audience };
  return (await person.calls<{ id: number }>("post_story", { story })).id;
}

/** The row of stories above the chats. */
function strip(page: Page): Locator {
  return page.getByRole("list", { name: "Stories" });
}

/** The viewer, over the whole page. */
function viewer(page: Page): Locator {
  return page.getByRole("dialog", { name: "Stories" });
}

/** Friends, each with the messenger open. */
async function open(path: string, ...people: Person[]): Promise<void> {
  for (const person of people) await person.opens(path);
}

async function findsNothing(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  expect(found, what).toEqual([]);
}

test("a story is posted, seen, answered and taken away", async ({ person }) => {
  const [sari, oleh, budi] = [await person("Sari"), await person("Oleh"), await person("Budi")];
  await sari.befriends(oleh);
  await open("/chats", sari, oleh, budi);
  await expect(strip(sari.page)).toBeHidden();

  await sari.begins("New story");
  const composer = sari.page.getByRole("dialog", { name: "New story" });
  await expect(composer.getByRole("button", { name: "Post" })).toBeDisabled();
  await composer.getByRole("textbox", { name: "Text" }).fill("Kopi pagi");
  await composer.getByRole("radio", { name: "Colour 3" }).check();
  await composer.getByRole("button", { name: "Post" }).click();
  await expect(composer).toBeHidden();
  await expect(strip(sari.page).getByRole("button", { name: "Your story" })).toBeVisible();

  // Oleh learns of it without asking; Budi is no friend.
  await expect(oleh.dialog(sari.nickname)).toContainText("new story");
  await strip(oleh.page).getByRole("button", { name: `New stories of ${sari.nickname}` }).click();
  const seen = viewer(oleh.page);
  await expect(seen.getByText("Kopi pagi", { exact: true })).toBeVisible();
  await expect(strip(budi.page)).toBeHidden();
  await seen.getByRole("textbox", { name: "Reply…" }).fill("Enak!");
  await seen.getByRole("textbox", { name: "Reply…" }).press("Enter");
  await expect(seen.getByText("Sent to the chat")).toBeVisible();
  await oleh.page.keyboard.press("Escape");
  await expect(seen).toBeHidden();
  await expect(strip(oleh.page).getByRole("button", { name: `Stories of ${sari.nickname}`, exact: true })).toBeVisible();
  await expect(oleh.dialog(sari.nickname)).not.toContainText("new story");

  await oleh.opensChat(sari.nickname);
  await sari.opensChat(oleh.nickname);
  await expect(oleh.message("Enak!").getByRole("button", { name: /You replied to a story/ })).toContainText("Kopi pagi");
  await sari.message("Enak!").getByRole("button", { name: /Replied to your story/ }).click();
  const own = viewer(sari.page);
  await own.getByRole("button", { name: "Seen by 1" }).click();
  await expect(sari.page.getByRole("dialog", { name: "Seen by" })).toContainText(oleh.nickname);
  await sari.page.keyboard.press("Escape");
  await own.getByRole("button", { name: "Delete this story" }).click();
  await sari.page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(own).toBeHidden();
  for (const { page } of [sari, oleh]) {
    await expect(page.getByText("Story, no longer there")).toBeVisible();
    await expect(strip(page)).toBeHidden();
  }
  await oleh.reloads();
  await expect(oleh.page.getByText("Story, no longer there")).toBeVisible();
  expect(await oleh.page.content()).not.toContain("Kopi pagi");
});

test("pictures and films are shown to whom they are for", async ({ person }) => {
  const [sari, oleh, maya] = [await person("Sari"), await person("Oleh"), await person("Maya")];
  await sari.befriends(oleh);
  await sari.befriends(maya);
  await open("/chats", sari, oleh, maya);
  const { page } = sari;
  const composer = page.getByRole("dialog", { name: "New story" });

  await sari.begins("New story");
  await composer.getByRole("tab", { name: "Picture or video" }).click();
  await composer.locator("input[type=file]").setInputFiles(await painted(page, "pantai.jpg", "image/jpeg", 600, 900));
  await expect(composer.getByRole("img", { name: "pantai.jpg" })).toBeVisible();
  await composer.getByRole("textbox", { name: "Caption" }).fill("Pantai Parangtritis");
  await composer.getByRole("radio", { name: "Only some" }).check();
  await expect(composer.getByRole("button", { name: "Post" })).toBeDisabled();
  await composer.getByRole("checkbox", { name: new RegExp(oleh.nickname) }).check();
  await composer.getByRole("button", { name: "Post" }).click();
  await expect(composer).toBeHidden();

  await strip(oleh.page).getByRole("button", { name: `New stories of ${sari.nickname}` }).click();
  const picture = viewer(oleh.page).getByRole("img", { name: "pantai.jpg" });
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(600);
  await expect(viewer(oleh.page).getByText("Pantai Parangtritis", { exact: true })).toBeVisible();
  const source = await picture.getAttribute("src");
  expect((await oleh.context.request.get(oleh.origin + source!)).status()).toBe(200);
  expect((await maya.context.request.get(maya.origin + source!)).status()).toBe(404);
  await oleh.page.keyboard.press("Escape");
  await expect(strip(maya.page)).toBeHidden();

  // The choice stays for the next one; now it is all but him.
  await sari.begins("New story");
  await composer.getByRole("tab", { name: "Picture or video" }).click();
  await composer.locator("input[type=file]").setInputFiles(await recorded(page, "ombak.webm", 3_000));
  await expect(composer.getByRole("radio", { name: "Only some" })).toBeChecked();
  await composer.getByRole("radio", { name: "All but some" }).check();
  await expect(composer.getByRole("checkbox", { name: new RegExp(oleh.nickname) })).toBeChecked();
  await composer.getByRole("button", { name: "Post" }).click();
  await expect(composer).toBeHidden();
  // Paused while it comes: it lasts three seconds, and a press may take longer on a busy machine.
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await maya.page.route("**/files/**", async (route) => {
    await held;
    await route.continue();
  });
  await strip(maya.page).getByRole("button", { name: `New stories of ${sari.nickname}` }).click();
  await viewer(maya.page).getByRole("button", { name: "Pause" }).click();
  release();
  const film = viewer(maya.page).locator("video");
  await viewer(maya.page).getByRole("button", { name: "Sound off" }).click();
  await expect(film).toHaveJSProperty("muted", true);
  await maya.page.keyboard.press("m");
  await expect(film).toHaveJSProperty("muted", false);
  await viewer(maya.page).getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => film.evaluate((film) => (film as HTMLVideoElement).currentTime)).toBeGreaterThan(0);
  // At its end it gives way.
  await expect(viewer(maya.page)).toBeHidden();
  await expect(strip(oleh.page).getByRole("button", { name: `Stories of ${sari.nickname}`, exact: true })).toBeVisible();
});

test("stories go on by themselves, stand still on demand, and turn by keys", async ({ person }) => {
  const [sari, oleh, maya] = [await person("Sari"), await person("Oleh"), await person("Maya")];
  await sari.befriends(oleh);
  await sari.befriends(maya);
  await shows(maya, "tiga");
  await shows(oleh, "satu");
  await shows(oleh, "dua");
  await sari.opens("/chats");
  const { page } = sari;
  const text = (words: string) => viewer(page).locator(".story-text").getByText(words, { exact: true });

  // By keys alone: into the row, along it, and through the stories.
  await strip(page).getByRole("button", { name: "New story" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(text("satu")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(viewer(page).getByRole("button", { name: "Go on" })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(text("dua")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(text("tiga")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(text("satu"), "of what is seen, from its start").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(viewer(page)).toBeHidden();

  // Without a hand: one after the other, and then away.
  await strip(page).getByRole("button", { name: `Stories of ${oleh.nickname}` }).click();
  await expect(text("satu")).toBeVisible();
  await expect(text("dua")).toBeVisible();
  await expect(text("tiga")).toBeVisible();
  await expect(viewer(page)).toBeHidden();
});

test("whoever wants no motion turns by themselves", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", { reducedMotion: "reduce" }), await person("Oleh")];
  await sari.befriends(oleh);
  await shows(oleh, "satu");
  await sari.opens("/chats");
  await strip(sari.page).getByRole("button", { name: `New stories of ${oleh.nickname}` }).click();
  const bar = viewer(sari.page).locator(".story-bar.is-now");
  expect(await bar.evaluate((bar) => getComputedStyle(bar, "::after").animationName)).toBe("none");
});

test("a ring opens stories in the chat and on the profile; muted, it is gone", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await shows(oleh, "satu");
  await sari.opens(`/people/${await oleh.id()}`);
  const { page } = sari;
  await page.getByRole("main").getByRole("button", { name: `New stories of ${oleh.nickname}` }).click();
  await expect(viewer(page).getByText("satu", { exact: true })).toBeVisible();
  await sari.closesAbove();
  await sari.opens(`/chats/${room}`);
  const ring = page.getByRole("main").getByRole("button", { name: `Stories of ${oleh.nickname}` });
  await ring.click();
  await viewer(page).getByRole("button", { name: "More about this story" }).click();
  await page.getByRole("menuitem", { name: "Mute these stories" }).click();
  await expect(viewer(page).getByText("Muted.")).toBeVisible();
  await sari.closesAbove();
  await expect(ring).toBeHidden();
  await expect(strip(page).getByRole("button", { name: `Stories of ${oleh.nickname}` })).toBeVisible();

  await sari.opens("/settings");
  await page.getByRole("button", { name: `Show stories of ${oleh.nickname} again` }).click();
  await expect(page.getByRole("region", { name: "Muted stories" })).toBeHidden();
  const choice = page.getByRole("group", { name: "Who may see your next story" });
  await choice.getByRole("radio", { name: "All but some" }).check();
  await page.getByRole("checkbox", { name: new RegExp(oleh.nickname) }).check();
  await expect(page.getByText("1 friend chosen")).toBeVisible();
  await expect
    .poll(async () => (await sari.calls<{ audience: object }>("story_settings")).audience)
    .toEqual({ except: [await oleh.id()] });
  await sari.reloads();
  await expect(choice.getByRole("radio", { name: "All but some" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: new RegExp(oleh.nickname) })).toBeChecked();
});

test("the lines of a text end where they ended for its writer, on any screen", async ({ person }) => {
  const phone = { viewport: { width: 390, height: 844 } };
  const [sari, oleh] = [await person("Sari"), await person("Oleh", phone)];
  await sari.befriends(oleh);
  await open("/chats", sari, oleh);
  const words = "Hari ini aku belajar menulis cerita tentang kopi, hujan dan kereta pagi yang terlambat lagi.";
  /** How many lines it has, and how many of its letters' heights its line is wide. */
  const shape = (text: Locator) =>
    text.evaluate((text) => {
      const { fontSize, lineHeight, paddingInlineStart, paddingBlockStart, width } = getComputedStyle(text);
      const height = text.scrollHeight - 2 * parseFloat(paddingBlockStart);
      const line = parseFloat(width) - 2 * parseFloat(paddingInlineStart);
      return { lines: Math.round(height / parseFloat(lineHeight)), width: (line / parseFloat(fontSize)).toFixed(1) };
    });

  await sari.begins("New story");
  const draft = sari.page.getByRole("textbox", { name: "Text" });
  await draft.fill(words);
  const written = await shape(draft);
  expect(written.lines, "or nothing is tried").toBeGreaterThan(3);
  await sari.page.getByRole("button", { name: "Post" }).click();
  for (const { page } of [sari, oleh]) {
    await strip(page).getByRole("button", { name: page === sari.page ? "Your story" : "New stories of" }).click();
    const text = viewer(page).locator(".story-text p");
    await expect(text).toBeVisible();
    expect(await shape(text)).toEqual(written);
  }
});

test("on a telephone a finger turns, holds and closes", async ({ person }) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  const [sari, oleh] = [await person("Sari", phone), await person("Oleh")];
  await sari.befriends(oleh);
  await shows(oleh, "satu");
  await shows(oleh, "dua");
  await sari.opens("/chats");
  const { page } = sari;
  await strip(page).getByRole("button", { name: `New stories of ${oleh.nickname}` }).click();
  const text = (words: string) => viewer(page).locator(".story-text").getByText(words, { exact: true });
  await expect(text("satu")).toBeVisible();
  const stage = (await viewer(page).locator(".story-stage").boundingBox())!;
  expect([stage.x, stage.width], "all of the width").toEqual([0, 390]);
  await page.touchscreen.tap(stage.x + stage.width - 40, stage.y + 400);
  await expect(text("dua")).toBeVisible();
  await page.touchscreen.tap(stage.x + 40, stage.y + 400);
  await expect(text("satu")).toBeVisible();
  // Held, it stands still.
  const frame = viewer(page).locator(".story-frame");
  await expect(frame).toHaveClass(/is-running/);
  await page.mouse.move(200, 400);
  await page.mouse.down();
  await expect(frame).not.toHaveClass(/is-running/);
  // And a way down closes.
  await page.mouse.move(205, 600, { steps: 4 });
  await page.mouse.up();
  await expect(viewer(page)).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing about stories, ${colorScheme}`, async ({ person }) => {
    const [sari, oleh] = [await person("Sari", { colorScheme, reducedMotion: "reduce" }), await person("Oleh")];
    const room = await sari.befriends(oleh);
    const story = await shows(oleh, "satu");
    await shows(sari, "punyaku");
    const answer = { story, client_id: crypto.randomUUID(), clientId: crypto.randomUUID(), text: "wah" };
    await sari.calls("reply_to_story", answer);
    await sari.opens(`/chats/${room}`);
    const { page } = sari;
    await expect(page.locator(".story-quote")).toBeVisible();
    await findsNothing(page, "the row and an answer");
    await strip(page).getByRole("button", { name: `New stories of ${oleh.nickname}` }).click();
    await findsNothing(page, "the viewer");
    await viewer(page).getByRole("button", { name: "More about this story" }).press("Enter");
    await expect(page.getByRole("menuitem", { name: "Mute these stories" })).toBeFocused();
    await findsNothing(page, "its menu");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toBeHidden();
    await expect(viewer(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await strip(page).getByRole("button", { name: "Your story" }).click();
    await findsNothing(page, "one's own");
    await viewer(page).getByRole("button", { name: /Seen by/ }).click();
    await findsNothing(page, "those who have seen it");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await sari.begins("New story");
    await findsNothing(page, "the composer");
    await page.getByRole("tab", { name: "Picture or video" }).click();
    await page.getByRole("radio", { name: "All but some" }).check();
    await expect(page.locator(".picker-row")).toBeVisible();
    await findsNothing(page, "the composer for a picture");
  });
}
