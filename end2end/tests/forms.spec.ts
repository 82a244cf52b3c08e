import { PASSWORD } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

test.use({ forgiven: /status of 4\d\d/ });

test("registering tells each mistake beside its field", async ({ stranger, person }) => {
  const taken = await person("Sari");
  const sari = await stranger("Sari");
  const { page } = sari;
  await sari.opens("/register");
  const button = page.getByRole("button", { name: "Make an account" });
  const field = (name: string) => page.getByRole("textbox", { name });
  const complaint = (name: string) => page.locator(`#note-${name}`);

  await button.click();
  for (const name of ["nickname", "username", "password"]) {
    await expect(complaint(name)).toHaveText("Please fill this in.");
  }
  await expect(field("Nickname")).toBeFocused();

  for (const [name, value, words] of [
    ["Nickname", "x".repeat(100), /^At most \d+ characters/],
    ["Nickname", "​", /Please fill this in|cannot be shown/],
    ["Username", "ab", "At least 3 characters, please."],
    ["Username", "раса", /^Letters a to z/],
    ["Username", "two words", /^Letters a to z/],
    ["Username", "-dash", /^Letters a to z/],
    ["Password", "short", "At least 8 characters, please."],
    ["Password", "password1", /^This password is too easy to guess\./],
  ] as const) {
    await field("Nickname").fill(sari.nickname);
    await field("Username").fill(sari.username);
    await field("Password").fill(PASSWORD);
    await field(name).fill(value);
    await button.click();
    await expect(complaint(name.toLowerCase()), value).toHaveText(words);
    await expect(field(name)).toHaveAttribute("aria-invalid", "true");
  }

  await field("Password").fill(PASSWORD);
  await field("Username").fill(taken.username.toUpperCase());
  await button.click();
  await expect(complaint("username")).toHaveText("Somebody already has this username.");

  await page.getByText("More about you (optional)").click();
  await field("Username").fill(sari.username);
  await field("E-mail").fill("not an address");
  await page.getByLabel("Birthday").fill("2999-01-01");
  await button.click();
  await expect(complaint("email")).toHaveText("This does not look like an e-mail address.");
  await field("E-mail").fill(`${sari.username}@example.org`);
  await button.click();
  await expect(complaint("birthday")).toHaveText("Please choose a day in the past.");

  await page.getByLabel("Birthday").fill("2001-02-03");
  await page.getByLabel("Country").selectOption("ID");
  await button.click();
  await expect(page).toHaveURL(/\/people$/);
});

test("signing in does not say which of the two is wrong", async ({ person, stranger }) => {
  const sari = await person("Sari");
  const { page } = await stranger("Maling");
  await page.goto(`${sari.origin}/sign-in`);
  await expect(page.locator("html[data-live]")).toBeAttached();
  for (const login of [sari.username, "nobody-at-all", "x\0y"]) {
    await page.getByRole("textbox", { name: "Username or e-mail" }).fill(login);
    await page.getByRole("textbox", { name: "Password" }).fill("wrong password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.locator("#note-password")).toHaveText("That name and password do not match.");
  }
});

test("a message of 4,000 characters is sent, one more is not", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  const counter = sari.page.locator("#composer-count");
  await sari.composer().fill("ї".repeat(4_001));
  await expect(counter).toHaveText(/^Too long by 1 character\./);
  await sari.composer().press("Enter");
  await expect(sari.composer()).toHaveValue(/./);
  await sari.composer().fill("ї".repeat(3_990));
  await expect(counter).toHaveText("10 characters left");
  await sari.writes("ї".repeat(4_000));
  await sari.seesTick("ї".repeat(4_000), "Sent");
  await sari.composer().fill(" \n ");
  await sari.composer().press("Enter");
  expect(await sari.texts()).toHaveLength(1);
});

test("a group without a name is not made", async ({ person }) => {
  const sari = await person("Sari");
  await sari.opens("/groups/new");
  await sari.page.getByRole("button", { name: "Create the group" }).click();
  await expect(sari.page.locator("#note-name")).toHaveText("Please fill this in.");
  await expect(sari.page).toHaveURL(/\/groups\/new$/);
});
