import { expect, test } from "./support/test.ts";
import { PASSWORD, Person } from "./support/person.ts";

// A browser reports the refused password.
test.use({ forgiven: /status of 403/ });

test("another device is signed out at once, from the list or with a new password", async ({ person, browser }) => {
  const sari = await person("Sari");
  const context = await browser.newContext();
  const phone = new Person(sari.username, sari.nickname, sari.origin, context, await context.newPage());
  await phone.signsIn();
  await phone.opens("/chats");
  await sari.opens("/settings");

  const devices = sari.page.getByRole("list", { name: "Signed-in devices" });
  await expect(devices.getByRole("listitem")).toHaveCount(2);
  await expect(devices.getByRole("listitem").filter({ hasText: "This device" })).toHaveCount(1);
  await devices.getByRole("button", { name: "Sign out" }).click();
  await expect(phone.page).toHaveURL(/\/sign-in/);
  await expect(phone.page.getByText("You have been signed out, in another tab")).toBeVisible();
  await expect(devices.getByRole("listitem")).toHaveCount(1);

  await phone.signsIn();
  await phone.opens("/chats");
  await sari.page.getByLabel("New password").fill("kunci yang baru");
  await sari.page.getByLabel("Current password").fill("bukan ini");
  await sari.page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(sari.page.getByText("This is not your password.")).toBeVisible();
  await expect(phone.page).toHaveURL(/\/chats/);
  await sari.page.getByLabel("Current password").fill(PASSWORD);
  await sari.page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(sari.page.getByText("Saved")).toBeVisible();
  await expect(devices.getByRole("listitem")).toHaveCount(1);
  await expect(phone.page).toHaveURL(/\/sign-in/);

  await phone.page.getByLabel("Username or e-mail").fill(sari.username);
  await phone.page.getByLabel("Password", { exact: true }).fill("kunci yang baru");
  await phone.page.getByRole("button", { name: "Sign in" }).click();
  await expect(phone.page).toHaveURL(/\/chats/);
  await context.close();
});
