import { expect, test } from "./support/test.ts";

test("a request can be taken back, declined and accepted, live on both sides", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await sari.opens("/people");
  await oleh.opens("/requests");
  await sari.page.getByRole("searchbox", { name: "Search by name" }).fill(oleh.nickname);

  await sari.presses("Add friend", oleh.nickname);
  await expect(oleh.card(sari.nickname)).toBeVisible();
  await sari.takesBack(oleh.nickname);
  await expect(oleh.card(sari.nickname)).toBeHidden();
  await expect(oleh.page.getByText("No one is waiting")).toBeVisible();

  await sari.presses("Add friend", oleh.nickname);
  await oleh.presses("Decline", sari.nickname);
  await expect(oleh.card(sari.nickname)).toBeHidden();

  // They ask each other: that makes friends at once.
  await oleh.opens("/people");
  await oleh.page.getByRole("searchbox", { name: "Search by name" }).fill(sari.nickname);
  await oleh.presses("Add friend", sari.nickname);
  await expect(sari.card(oleh.nickname).getByRole("button", { name: /Accept/ })).toBeVisible();
  await sari.presses("Accept", oleh.nickname);
  await expect(sari.page.getByRole("heading", { name: oleh.nickname, level: 1 })).toBeVisible();
  await expect(oleh.card(sari.nickname)).toContainText("Friends");
  for (const [one, other] of [[sari, oleh], [oleh, sari]] as const) {
    await expect(one.dialog(other.nickname)).toContainText(`You and ${other.nickname} became friends`);
  }
});

test("a button that takes the place of another does what it says", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await sari.opens("/people");
  const found = sari.page.waitForResponse(/\/rpc\/explore$/);
  await sari.page.getByRole("searchbox", { name: "Search by name" }).fill(oleh.nickname);
  await found;
  const cards = sari.page.getByRole("list", { name: "Find people" }).getByRole("listitem");
  await expect(cards).toHaveCount(1);
  for (let times = 0; times < 2; times++) {
    const asked = sari.page.waitForResponse(/\/rpc\/ask$/);
    await sari.presses("Add friend", oleh.nickname);
    await asked;
    const takenBack = sari.page.waitForResponse(/\/rpc\/take_back$/);
    await sari.takesBack(oleh.nickname);
    await takenBack;
  }
  await expect(sari.page).toHaveURL(/\/people/);
  await expect(sari.card(oleh.nickname).getByRole("button", { name: "Add friend" })).toBeVisible();
});

test("the button for friendship says how one stands, in the words of seed 000", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", { locale: "id-ID" }), await person("Oleh")];
  await sari.opens(`/people?q=${encodeURIComponent(oleh.nickname)}`);
  const card = sari.card(oleh.nickname);
  await card.getByRole("button", { name: "Tambah teman" }).click();
  await expect(card.getByRole("button", { name: "Sedang diminta", exact: true })).toBeVisible();
  await oleh.calls("accept", { user: await sari.id() });
  await expect(card.getByRole("button", { name: "Teman", exact: true })).toBeVisible();
});

test("what is chosen while a page still starts stays chosen", async ({ person }) => {
  const sari = await person("Sari");
  const { page } = sari;
  let release = (): void => {};
  const chosen = new Promise<void>((resolve) => (release = resolve));
  const asked = page.waitForRequest("**/rpc/bootstrap");
  await page.route("**/rpc/bootstrap", async (route) => {
    const response = await route.fetch();
    await chosen;
    await route.fulfill({ response });
  });
  await sari.opens("/settings");
  await asked;
  const found = page.getByRole("switch", { name: /People can find you/ });
  await found.click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const answered = page.waitForResponse("**/rpc/bootstrap");
  release();
  await (await answered).finished();
  // A chat that is new tells that the answer has been taken in.
  await sari.calls("create_group", { group: { name: "Kopi", hue: 30, memberIds: [] } });
  await expect(sari.dialog("Kopi")).toBeVisible();
  await expect(found).not.toBeChecked();
});

test("an answer that breaks off is no mistake of whoever asked, and is asked for again", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const { page } = sari;
  await page.route("**/rpc/explore", (route) => route.fulfill({ contentType: "application/json", body: '{"people":[' }));
  await sari.opens(`/people?q=${encodeURIComponent(oleh.nickname)}`);
  await expect(page.getByText("The server does not answer. Please try again.")).toBeVisible();
  await page.unroute("**/rpc/explore");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(sari.card(oleh.nickname)).toBeVisible();
});

test("the explorer shows fifteen a page and finds by name while typing", async ({ person }) => {
  const sari = await person("Sari");
  for (let number = 0; number < 17; number++) await person("Rumah");
  await sari.opens("/people");
  const cards = sari.page.getByRole("list", { name: "Find people" }).getByRole("listitem");
  await expect(cards).toHaveCount(15);
  await sari.page.getByRole("searchbox", { name: "Search by name" }).pressSequentially("rumah");
  await expect(sari.page.getByText(/1 – 15 of 17/)).toBeVisible();
  await sari.page.getByRole("button", { name: "Next" }).click();
  await expect(cards).toHaveCount(2);
  await sari.page.getByRole("button", { name: "Previous" }).click();
  await expect(cards).toHaveCount(15);
  await sari.page.getByRole("searchbox", { name: "Search by name" }).fill("nobody like this");
  await expect(sari.page.getByText("Nobody called “nobody like this”")).toBeVisible();
  await sari.page.getByRole("button", { name: "Show everyone" }).click();
  await expect(cards).toHaveCount(15);
});

test("a stranger's first message waits as a request until it is answered", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await oleh.opens("/chats");
  await sari.opens("/people");
  await sari.page.getByRole("searchbox", { name: "Search by name" }).fill(oleh.nickname);
  await sari.presses("Say hello", oleh.nickname);
  await sari.writes("boleh kenalan?");
  await sari.seesTick("boleh kenalan?", "Sent");

  // It is told at once, in one place, whatever else there is.
  await expect(oleh.page).toHaveTitle("(1) Sapa");
  const navigation = oleh.page.getByRole("navigation", { name: "Main" });
  await expect(navigation.getByRole("link", { name: /Requests.*1 waiting/ })).toBeVisible();
  await expect(oleh.page.getByText("Say hello to somebody")).toBeHidden();
  await oleh.page.getByRole("region", { name: "Chats" }).getByRole("link", { name: /Requests.*1 message/ }).click();
  await expect(oleh.page).toHaveTitle("(1) Requests · Sapa");
  const waiting = oleh.page.getByRole("main").getByRole("link").filter({ hasText: sari.nickname });
  await expect(waiting).toContainText("boleh kenalan?");
  await waiting.click();
  await oleh.sees("boleh kenalan?");
  await expect(oleh.composer()).toBeHidden();
  // Looking at it tells nothing.
  await sari.seesTick("boleh kenalan?", "Sent");
  await oleh.page.getByRole("button", { name: "Accept" }).click();
  // Here one is in the chat, and a call needs a friend.
  await oleh.writes("boleh!");
  await sari.sees("boleh!");
  await expect(oleh.page.getByRole("region", { name: "Chats" }).getByRole("link", { name: /Requests/ })).toBeHidden();
  await sari.page.getByRole("button", { name: "Add friend" }).click();
  await oleh.page.getByRole("main").getByRole("button", { name: "Accept" }).click();
  await expect(sari.page.getByRole("button", { name: "Video call" })).toBeVisible();
  await sari.seesTick("boleh kenalan?", "Read");
});

test.describe(() => {
  test.use({ forgiven: /status of 403/ });

  test("whoever takes messages from friends only is not reached by strangers", async ({ person }) => {
    const [sari, oleh] = [await person("Sari"), await person("Oleh")];
    await oleh.opens("/settings");
    await oleh.page
      .getByRole("group", { name: "Who may write to you" })
      .getByRole("radio", { name: "Friends only" })
      // Its state is not looked at here: the list that is loaded once the line stands may still tell the one before.
      .click({ force: true });
    await expect(oleh.page.getByText("Saved")).toBeVisible();
    await sari.opens("/people");
    await sari.page.getByRole("searchbox", { name: "Search by name" }).fill(oleh.nickname);
    await sari.presses("Say hello", oleh.nickname);
    await expect(sari.page.getByText("This person takes messages from friends only.")).toBeVisible();
    await expect(sari.page).toHaveURL(/\/people\?q=/);
  });
});
