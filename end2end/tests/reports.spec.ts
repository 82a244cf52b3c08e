import type { Browser } from "@playwright/test";
import { expect, test, visitor } from "./support/test.ts";
import { Server } from "./support/server.ts";

/** Two people on a server of their own, whose host reads what they report. */
async function twoWithHost(browser: Browser) {
  const server = await Server.start();
  const sari = await visitor(browser, server, "Sari");
  const oleh = await visitor(browser, server, "Oleh");
  await sari.joins();
  await oleh.joins();
  return { server, sari, oleh };
}

test("a message is reported and its author blocked; the host reads it and bans the account", async ({ browser }) => {
  const { server, sari, oleh } = await twoWithHost(browser);
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  await sari.writes("halo");
  await oleh.sees("halo");
  await oleh.writes("kata yang kasar");
  await sari.chooses("Report", "kata yang kasar");
  const form = sari.page.getByRole("dialog");
  await expect(form.getByRole("heading")).toHaveText(`Report ${oleh.nickname} to the host`);
  await form.getByRole("radio", { name: "Insults or threats" }).check({ force: true });
  await form.getByLabel("In your words (optional)").fill("Dia tidak berhenti.");
  await form.getByRole("switch", { name: "Block this person too" }).click();
  await form.getByRole("button", { name: "Send the report" }).click();
  await expect(sari.page.getByText("Thank you. The host can read it now.")).toBeVisible();
  await expect(sari.page.getByText(`You blocked ${oleh.nickname}`)).toBeVisible();

  const reports = server.command("reports");
  expect(reports).toContain(`@${sari.username} reports @${oleh.username}: abuse`);
  expect(reports).toContain("Dia tidak berhenti.");
  expect(reports).toMatch(/> .*kata yang kasar/);
  expect(server.command("reports", "--close", "1")).toContain("closed");
  expect(server.command("reports")).toContain("no open reports");

  expect(server.command("user", "ban", oleh.username)).toContain("is banned");
  await expect(oleh.page).toHaveURL(/\/sign-in/, { timeout: 2_000 });
  await expect(oleh.page.getByText("The host has closed this account.")).toBeVisible();
  await oleh.page.getByLabel("Username or e-mail").fill(oleh.username);
  await oleh.page.getByLabel("Password", { exact: true }).fill("kunci rahasia");
  await oleh.page.getByRole("button", { name: "Sign in" }).click();
  await expect(oleh.page.locator("form").getByText("The host has closed this account.")).toBeVisible();
  expect(() => server.command("user", "ban", "nobody")).toThrow(/no such account/);
  server.command("user", "unban", oleh.username);
  await oleh.page.getByRole("button", { name: "Sign in" }).click();
  await expect(oleh.page).toHaveURL(/\/chats/);
  await sari.context.close();
  await oleh.context.close();
  await server.end();
});

test("a story and a comment are reported from where they are read", async ({ browser }) => {
  const { server, sari, oleh } = await twoWithHost(browser);
  await sari.befriends(oleh);
  const story = { clientId: crypto.randomUUID(), content: { text: { text: "cerita kasar", hue: 20 } } };
  await oleh.calls("post_story", { story });
  const settings = { name: "Kopi", handle: "kopi", comments: true };
  const channel = await sari.calls<{ room: { id: number } }>("create_channel", { settings });
  await oleh.calls("follow_channel", { room: channel.room.id });
  const { page } = sari;
  const form = page.getByRole("dialog", { name: `Report ${oleh.nickname} to the host` });

  await sari.opens(`/chats/${channel.room.id}`);
  await sari.writes("resep baru");
  await oleh.opens(`/chats/${channel.room.id}`);
  await oleh.message("resep baru").getByRole("button", { name: "Comment" }).click();
  const olehs = oleh.page.getByRole("dialog", { name: "Comments" });
  await olehs.getByRole("textbox", { name: "Your comment" }).fill("komentar kasar");
  await olehs.getByRole("textbox", { name: "Your comment" }).press("Enter");
  await sari.message("resep baru").getByRole("button", { name: "1 comment" }).click();
  await page.getByRole("listitem").filter({ hasText: "komentar kasar" }).getByRole("button", { name: "Report" }).click();
  await expect(form).toContainText("A copy of it goes with the report");
  await form.getByRole("button", { name: "Send the report" }).click();
  await expect(form).toBeHidden();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: `New stories of ${oleh.nickname}` }).first().click();
  const viewer = page.getByRole("dialog", { name: "Stories" });
  await viewer.getByRole("button", { name: "More about this story" }).click();
  await page.getByRole("menuitem", { name: "Report" }).click();
  await expect(viewer).toBeHidden();
  await form.getByRole("button", { name: "Send the report" }).click();
  await expect(form).toBeHidden();

  const reports = server.command("reports");
  expect(reports).toMatch(/> .*komentar kasar/);
  expect(reports).toMatch(/> .*cerita kasar/);
  await sari.context.close();
  await oleh.context.close();
  await server.end();
});
