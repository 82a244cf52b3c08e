import { findsNothing } from "./support/axe.ts";
import { painted } from "./support/pictures.ts";
import { expect, test } from "./support/test.ts";

// One of the pages is not there, and one of the links has expired.
test.use({ forgiven: /status of (404|410)/ });

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the pages of strangers, ${colorScheme}`, async ({ stranger }) => {
    const nobody = await stranger("Nobody", { colorScheme });
    for (const path of ["/sign-in", "/register", "/forgot", "/reset/0", "/verify/0"]) {
      await nobody.opens(path);
      await expect(nobody.page.locator(".skeleton")).toHaveCount(0);
      await findsNothing(nobody.page, path);
    }
  });

  test(`axe finds nothing on a chat and what stands beside it, ${colorScheme}`, async ({ person }) => {
    const [sari, oleh] = [await person("Sari", { colorScheme }), await person("Oleh")];
    const { page } = sari;
    await sari.opens("/chats");
    await findsNothing(page, "empty");
    const room = await sari.befriends(oleh);
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
  });

  test(`axe finds nothing on any other page, ${colorScheme}`, async ({ person }) => {
    const [sari, oleh, rina] = [await person("Sari", { colorScheme }), await person("Oleh"), await person("Rina")];
    const { page } = sari;
    await sari.befriends(oleh);
    await rina.calls("ask", { user: await sari.id() });
    for (const path of ["/people", `/people/${await oleh.id()}`, "/settings/profile", "/requests", "/blocked", "/settings", "/groups/new", "/nowhere"]) {
      await sari.opens(path);
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await findsNothing(page, path);
    }
    await sari.opens("/settings/profile");
    await page.getByRole("button", { name: "Change picture" }).click();
    await findsNothing(page, "a picture to choose");
  });

  test(`axe finds nothing on what lies above the page, ${colorScheme}`, async ({ person, stranger }) => {
    const [sari, oleh] = [await person("Sari", { colorScheme }), await person("Oleh")];
    const baru = await stranger("Baru", { colorScheme, viewport: { width: 390, height: 844 } });
    const { page } = sari;
    await sari.befriends(oleh);
    const room = await sari.founds("Kopi", []);
    const { token } = await sari.calls<{ token: string }>("create_invite", { room, hours: 24 });
    await baru.opens(`/join/${token}`);
    await expect(baru.page.getByText("You are invited to a group")).toBeVisible();
    await findsNothing(baru.page, "an invitation");

    await sari.opens(`/chats/${room}`);
    await page.getByRole("button", { name: "New", exact: true }).click();
    await findsNothing(page, "what can be begun");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+/");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await findsNothing(page, "the keys");
    await page.keyboard.press("Escape");

    await page.locator("input[type=file]").setInputFiles([await painted(page, "pasar.png", "image/png")]);
    await expect(page.getByRole("list", { name: "Files to send" })).toBeVisible();
    await findsNothing(page, "a picture to send");
    await sari.writes("liburan");
    await sari.seesTick("liburan", "Sent");
    await page.getByRole("button", { name: "Open the picture pasar.png" }).click();
    await expect(page.getByRole("dialog", { name: "Pictures of this chat" })).toBeVisible();
    await findsNothing(page, "a picture, large");
    await page.keyboard.press("Escape");
    await sari.chooses("Delete", "liburan");
    await expect(page.getByRole("button", { name: "Delete for everyone" })).toBeVisible();
    await findsNothing(page, "a message to delete");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Details" }).click();
    for (const modal of ["Add people", "Invite links", "Rename", "Leave the group"]) {
      await page.getByRole("complementary", { name: "Details" }).getByRole("button", { name: modal }).click();
      await expect(page.getByRole("dialog").and(page.locator(":modal"))).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await findsNothing(page, modal);
      await page.keyboard.press("Escape");
    }
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
