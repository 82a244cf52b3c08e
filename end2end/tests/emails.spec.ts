import type { Browser, Page } from "@playwright/test";
import { expect, test, visitor } from "./support/test.ts";
import { MailServer } from "./support/mail.ts";
import { PASSWORD, type Person } from "./support/person.ts";
import { Server } from "./support/server.ts";

let mail: MailServer;

test.beforeAll(async () => {
  mail = await MailServer.start();
});
test.afterAll(() => mail.end());

/** Does something with a person on a server of its own that sends its letters to the mail server. */
async function withServer(
  browser: Browser,
  settings: string[],
  act: (person: Person, page: Page) => Promise<void>,
): Promise<void> {
  const server = await Server.start("--smtp-url", mail.url, "--mail-from", "Sapa <sapa@example.org>", ...settings);
  const person = await visitor(browser, server, "Sari");
  await act(person, person.page);
  await person.context.close();
  await server.end();
}

test("a new account is kept out until the link in its letter is followed", async ({ browser }) => {
  await withServer(browser, ["--require-verified-email", "--name", "Kelas & Bahasa"], async (sari, page) => {
    await sari.opens("/register");
    await expect(page).toHaveTitle("Make an account · Kelas & Bahasa");
    await expect(page.getByRole("main").getByText("Kelas & Bahasa", { exact: true })).toBeVisible();
    await page.getByLabel("Nickname").fill("Sari");
    await page.getByLabel("Username").fill("sari");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Make an account" }).click();
    // It is asked for where it was left out.
    await expect(page.getByText("Please fill this in.")).toBeVisible();
    await page.getByLabel("E-mail").fill("sari@example.org");
    await page.getByRole("button", { name: "Make an account" }).click();
    await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
    await expect(page.getByText("There is a letter for you at sari@example.org.")).toBeVisible();
    const link = await mail.link("sari@example.org", 0);

    await page.getByRole("link", { name: "Sign in" }).click();
    await expect(page).toHaveTitle("Sign in · Kelas & Bahasa");
    const enter = async () => {
      await page.getByLabel("Username or e-mail").fill("sari@example.org");
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
    };
    await page.getByLabel("Username or e-mail").fill("sari");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("Please confirm your e-mail address first")).toBeVisible();
    await page.getByRole("button", { name: "Send the letter again" }).click();
    await expect(page.getByText("A letter was sent not long ago")).toBeVisible();

    await page.goto(link);
    await expect(page.getByText("sari@example.org is confirmed.")).toBeVisible();
    await page.reload();
    await expect(page.getByText("This link has expired or was used already.")).toBeVisible();
    await page.getByRole("button", { name: "Send the letter again" }).click();
    await expect(page).toHaveURL(/\/sign-in\?next=\/settings/);
    await enter();
    await expect(page).toHaveURL(/\/settings/);
    await expect(page).toHaveTitle("Settings · Kelas & Bahasa");
    await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  });
});

test("an address is given later, and a forgotten password set anew by it", async ({ browser }) => {
  await withServer(browser, [], async (sari, page) => {
    await sari.joins();
    await sari.opens("/settings");
    await page.getByLabel("New address").fill("dewi@example.org");
    await page.getByLabel("Password", { exact: true }).fill("bukan ini");
    await page.getByRole("button", { name: "Change the address" }).click();
    await expect(page.getByText("This is not your password.")).toBeVisible();
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Change the address" }).click();
    await expect(page.getByText("Waits to be confirmed")).toBeVisible();

    // Confirmed in another tab: this one hears of it.
    const tab = await sari.context.newPage();
    await tab.goto(await mail.link("dewi@example.org", 0));
    await expect(tab.getByText("dewi@example.org is confirmed.")).toBeVisible();
    await tab.close();
    await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();

    await sari.context.clearCookies();
    await sari.opens("/sign-in");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    for (const address of ["nobody@example.org", "dewi@example.org"]) {
      await page.goto(`${sari.origin}/forgot`);
      await page.getByLabel("E-mail").fill(address);
      await page.getByRole("button", { name: "Send the link" }).click();
      await expect(page.getByText("If an account has this address")).toBeVisible();
    }
    const reset = await mail.link("dewi@example.org", 1);
    await page.goto(reset);
    await page.getByLabel("New password").fill("pendek");
    await page.getByRole("button", { name: "Set the password" }).click();
    await expect(page.getByText("At least 8 characters, please.")).toBeVisible();
    await page.getByLabel("New password").fill("kunci yang baru");
    await page.getByRole("button", { name: "Set the password" }).click();
    await expect(page.getByText("Your new password is set.")).toBeVisible();
    await page.goto(reset);
    await expect(page.getByText("This link has expired or was used already.")).toBeVisible();
    await expect(page.getByLabel("New password")).toBeHidden();
    await page.getByRole("link", { name: "Ask for another link" }).click();
    await expect(page).toHaveURL(/\/forgot$/);
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Username or e-mail").fill("dewi@example.org");
    await page.getByLabel("Password", { exact: true }).fill("kunci yang baru");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/chats/);
    expect(await mail.letters("nobody@example.org")).toEqual([]);

    // Letters are in the language that is chosen here.
    const before = (await mail.letters("dewi@example.org")).length;
    await sari.opens("/settings");
    await page.getByRole("radio", { name: "Українська" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await expect(page.locator("html[data-live]")).toBeAttached();
    await page.getByLabel("Нова адреса").fill("rina@example.org");
    await page.getByLabel("Пароль", { exact: true }).fill("kunci yang baru");
    await page.getByRole("button", { name: "Змінити адресу" }).click();
    await expect.poll(async () => (await mail.letters("dewi@example.org")).length).toBe(before + 1);
    expect((await mail.letters("dewi@example.org"))[before]).toContain("Адресу е-пошти вашого облікового запису змінюють");
  });
});
