import type { Locator } from "@playwright/test";
import { PASSWORD } from "./support/person.ts";
import { Server } from "./support/server.ts";
import { expect, test, visitor } from "./support/test.ts";

test("two strangers make accounts, become friends and chat live", async ({ stranger }) => {
  const [sari, oleh] = [await stranger("Sari"), await stranger("Oleh")];
  for (const person of [sari, oleh]) {
    const { page } = person;
    await person.opens("/");
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.getByRole("link", { name: "Make an account" }).click();
    await page.getByRole("textbox", { name: "Nickname" }).fill(person.nickname);
    await page.getByRole("textbox", { name: "Username" }).fill(person.username);
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("button", { name: "Make an account" }).click();
    await expect(page).toHaveURL(/\/people$/);
    await expect(page.getByText("Say hello to somebody")).toBeVisible();
  }

  await sari.page.getByRole("searchbox", { name: "Search by name" }).fill(oleh.nickname);
  await sari.presses("Add friend", oleh.nickname);
  await expect(sari.card(oleh.nickname)).toContainText("Requested");

  // The badge comes by itself.
  const requests = oleh.page.getByRole("navigation").getByRole("link", { name: /Requests.*1 waiting/ });
  await expect(requests).toBeVisible();
  await requests.click();
  await oleh.presses("Accept", sari.nickname);
  // Who accepts is in the chat.
  await expect(oleh.page.getByRole("heading", { name: sari.nickname, level: 1 })).toBeVisible();
  await expect(oleh.page.getByText(`You and ${sari.nickname} are friends now`)).toBeVisible();
  await expect(sari.card(oleh.nickname)).toContainText("Friends");

  await oleh.opensChat(sari.nickname);
  await sari.opensChat(oleh.nickname);
  await expect(sari.page.getByRole("feed")).toContainText(`You and ${oleh.nickname} became friends`);
  await sari.writes("halo, Oleh! 👋");
  await oleh.sees("halo, Oleh! 👋");
  await oleh.composer().pressSequentially("при");
  await expect(sari.page.locator(".chat-status")).toHaveText("typing…");
  await oleh.writes("привіт!\nhttps://example.org/a?b=1");
  const link = sari.page.getByRole("feed").getByRole("link", { name: "https://example.org/a?b=1" });
  await expect(link).toHaveAttribute("rel", /noopener/);
});

test("on a phone a newcomer has an answer after four presses and three fields", async ({ browser }) => {
  const server = await Server.start();
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  try {
    const [sari, oleh] = [await visitor(browser, server, "Sari", phone), await visitor(browser, server, "Oleh")];
    await oleh.joins();
    await oleh.opens("/chats");
    const { page } = sari;
    let presses = 0;
    const press = async (what: Locator) => {
      presses++;
      await what.tap();
    };
    await sari.opens("/");
    await press(page.getByRole("link", { name: "Make an account" }));
    await page.getByRole("textbox", { name: "Nickname" }).fill(sari.nickname);
    await page.getByRole("textbox", { name: "Username" }).fill(sari.username);
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await press(page.getByRole("button", { name: "Make an account" }));
    await press(sari.card(oleh.nickname).getByRole("button", { name: "Say hello" }));
    await sari.composer().fill("Halo, boleh kenalan?");
    await press(page.getByRole("button", { name: "Send" }));

    await oleh.page.getByRole("region", { name: "Chats" }).getByRole("link", { name: /Requests.*1 message/ }).click();
    await oleh.page.getByRole("main").getByRole("link").filter({ hasText: sari.nickname }).click();
    await oleh.page.getByRole("button", { name: "Accept" }).click();
    await oleh.writes("Boleh, selamat datang!");
    await sari.sees("Boleh, selamat datang!");
    expect(presses).toBeLessThanOrEqual(4);
    await sari.context.close();
    await oleh.context.close();
  } finally {
    await server.end();
  }
});

test("signing out ends the session, and a stranger is led back to where they wanted to go", async ({
  person,
}) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens("/settings");
  await sari.page.getByRole("button", { name: "Sign out" }).click();
  await expect(sari.page).toHaveURL(/\/sign-in$/);

  await sari.opens(`/chats/${room}`);
  await expect(sari.page).toHaveURL(new RegExp(`/sign-in\\?next=/chats/${room}$`));
  await sari.page.getByRole("textbox", { name: "Username or e-mail" }).fill(sari.username.toUpperCase());
  await sari.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await sari.page.getByRole("button", { name: "Sign in" }).click();
  await expect(sari.page).toHaveURL(new RegExp(`/chats/${room}$`));
  await expect(sari.page.getByRole("heading", { name: oleh.nickname, level: 1 })).toBeVisible();
});

test("signing out in one tab ends the other tabs of that browser", async ({ person }) => {
  const sari = await person("Sari");
  await sari.opens("/chats");
  const other = await sari.opensTab("/settings");
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/\/sign-in$/);
  await expect(sari.page).toHaveURL(/\/sign-in/);
  await expect(sari.page.getByText("You have been signed out, in another tab")).toBeVisible();
});

test("a page under another address than the public one says where to go", async ({ browser }) => {
  const server = await Server.start("--public-url=http://chat.example.org:3000");
  try {
    const sari = await visitor(browser, server, "Sari");
    await sari.opens("/sign-in");
    const line = sari.page.getByRole("alert").filter({ hasText: "Nothing works at this address" });
    await expect(line.getByRole("link")).toHaveAttribute("href", "http://chat.example.org:3000");
    await sari.context.close();
  } finally {
    await server.end();
  }
});

test("the interface speaks Indonesian and Ukrainian too", async ({ stranger }) => {
  const sari = await stranger("Sari", { locale: "id-ID" });
  await sari.opens("/sign-in");
  await expect(sari.page.getByRole("heading", { level: 1 })).toHaveText("Masuk");
  await sari.page.getByRole("button", { name: "Українська" }).click();
  await expect(sari.page.getByRole("heading", { level: 1 })).toHaveText("Увійти");
  await expect(sari.page.locator("html")).toHaveAttribute("lang", "uk");
  await sari.joins();
  await sari.opens("/chats");
  await expect(sari.page.getByRole("heading", { name: "Привітайтеся з кимось" })).toBeVisible();
});

test("a closed house offers no account", async ({ browser }) => {
  const server = await Server.start("--registration=closed");
  try {
    const sari = await visitor(browser, server, "Sari");
    const { page } = sari;
    await sari.opens("/sign-in");
    await expect(page.getByRole("link", { name: "Make an account" })).toBeHidden();
    await sari.opens("/register");
    await expect(page.getByText("The host of this server takes no new accounts.")).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await sari.context.close();
  } finally {
    await server.end();
  }
});

test("an invitation lets one in, and says when it is over before anything is typed", async ({ browser }) => {
  const server = await Server.start("--registration=invite");
  try {
    const sari = await visitor(browser, server, "Sari");
    const { page } = sari;
    await sari.opens("/sign-in");
    await expect(page.getByText("An account can be made by invitation only.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Make an account" })).toBeHidden();
    const invitation = server.command("invite").trim();
    await sari.opens(invitation);
    await page.getByRole("textbox", { name: "Nickname" }).fill("Sari");
    await page.getByRole("textbox", { name: "Username" }).fill("sari");
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("button", { name: "Make an account" }).click();
    await expect(page).toHaveURL(/\/people$/);

    const oleh = await visitor(browser, server, "Oleh");
    await oleh.opens(invitation);
    await expect(oleh.page.getByText("This invitation has been used already.")).toBeVisible();
    await oleh.opens(invitation.slice(0, -1));
    await expect(oleh.page.getByText("This invitation is not good")).toBeVisible();
    await expect(oleh.page.getByRole("textbox")).toHaveCount(0);
    await sari.context.close();
    await oleh.context.close();
  } finally {
    await server.end();
  }
});
