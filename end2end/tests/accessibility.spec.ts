import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";

// One of the pages is not there, and one of the links has expired.
test.use({ forgiven: /status of (404|410)/ });

async function findsNothing(page: Page, what: string): Promise<void> {
  // Once it stands still: a colour in transition is no colour to judge.
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  expect(found, what).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any page, ${colorScheme}`, async ({ person, stranger }) => {
    const nobody = await stranger("Nobody", { colorScheme });
    for (const path of ["/sign-in", "/register", "/forgot", "/reset/0", "/verify/0"]) {
      await nobody.opens(path);
      await expect(nobody.page.locator(".skeleton")).toHaveCount(0);
      await findsNothing(nobody.page, path);
    }

    const [sari, oleh, rina] = [await person("Sari", { colorScheme }), await person("Oleh"), await person("Rina")];
    const { page } = sari;
    await sari.opens("/chats");
    await findsNothing(page, "empty");
    const room = await sari.befriends(oleh);
    await rina.calls("ask", { user: await sari.id() });
    await oleh.opens(`/chats/${room}`);
    await oleh.writes("halo https://example.org 🌿");
    await oleh.writes("🎉");
    await sari.opens(`/chats/${room}`);
    await sari.writes("apa kabar?");
    await sari.seesTick("apa kabar?", "Read");
    await oleh.chooses("Correct", "apa kabar?");
    await oleh.writes("Apa kabar?");
    const session = { clientId: crypto.randomUUID(), topic: "Kopi", startsAt: Date.now() + 7_200_000, minutes: 30 };
    await oleh.calls("propose_session", { room, session });
    await expect(page.locator(".session")).toBeVisible();
    await expect(page.locator(".corrections")).toBeVisible();
    await findsNothing(page, "a chat");
    await sari.chooses("Report", "🎉");
    await findsNothing(page, "a report");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Propose a session" }).click();
    await findsNothing(page, "a session to propose");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Details" }).click();
    await findsNothing(page, "details");
    await page.getByRole("button", { name: "Chat menu" }).click();
    await findsNothing(page, "a menu");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await findsNothing(page, "the switcher");
    await page.keyboard.press("Escape");
    for (const path of ["/people", `/people/${await oleh.id()}`, "/settings/profile", "/requests", "/blocked", "/settings", "/groups/new", "/nowhere"]) {
      await sari.opens(path);
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await findsNothing(page, path);
    }
    await sari.opens("/settings/profile");
    await page.getByRole("button", { name: "Change picture" }).click();
    await findsNothing(page, "a picture to choose");
  });

  test(`axe finds nothing on channels, comments and reactions, ${colorScheme}`, async ({ person }) => {
    const sari = await person("Sari", { colorScheme });
    const { page } = sari;
    const handle = `kopi-${sari.username}`;
    const settings = { name: "Kopi", handle, description: "Biji", comments: true };
    const { room } = await sari.calls<{ room: { id: number } }>("create_channel", { settings });
    for (const path of ["/channels", "/channels/new", `/channels/${handle}`]) {
      await sari.opens(path);
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await findsNothing(page, path);
    }
    await sari.opens(`/chats/${room.id}`);
    await sari.writes("Selamat pagi");
    await sari.message("Selamat pagi").hover();
    await page.getByRole("button", { name: "React" }).click();
    await findsNothing(page, "reactions to choose");
    await page.getByRole("dialog", { name: "React" }).getByRole("button", { name: "👍" }).click();
    await expect(page.locator(".reaction")).toBeVisible();
    await findsNothing(page, "a post with a reaction");
    await page.getByRole("button", { name: "Comment" }).click();
    await page.getByRole("textbox", { name: "Your comment" }).fill("Pagi!");
    await page.getByRole("textbox", { name: "Your comment" }).press("Enter");
    await expect(page.getByRole("list", { name: "Comments" })).toContainText("Pagi!");
    await findsNothing(page, "comments");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Details" }).click();
    await findsNothing(page, "details of a channel");
    await page.getByRole("button", { name: "Set up" }).click();
    await findsNothing(page, "a channel to set up");
  });
}
