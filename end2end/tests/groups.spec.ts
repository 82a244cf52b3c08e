import { PASSWORD } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

test("three people make a group, bring a fourth by a link, and all see each change", async ({ person }) => {
  const [sari, oleh, rina, budi] = [
    await person("Sari"),
    await person("Oleh"),
    await person("Rina"),
    await person("Budi"),
  ];
  await sari.befriends(oleh);
  await sari.befriends(rina);
  await oleh.opens("/chats");
  await rina.opens("/chats");

  await sari.opens("/chats");
  await sari.begins("New chat or group");
  await sari.page.getByRole("textbox", { name: "Name of the group" }).fill("Ukulele & kopi");
  await sari.page.getByRole("radio", { name: "Colour 3" }).check();
  await sari.page.getByRole("checkbox", { name: oleh.nickname }).check();
  await sari.page.getByRole("button", { name: "Create the group" }).click();
  await expect(sari.page.getByRole("heading", { name: "Ukulele & kopi", level: 1 })).toBeVisible();

  await oleh.opensChat("Ukulele & kopi");
  await expect(oleh.page.getByRole("feed")).toContainText(`${sari.nickname} created the group “Ukulele & kopi”`);
  await expect(rina.dialog("Ukulele & kopi")).toBeHidden();

  // The owner invites a friend while the others watch.
  await sari.page.getByRole("button", { name: "Details" }).click();
  const details = sari.page.getByRole("complementary", { name: "Details" });
  await details.getByRole("button", { name: "Add people" }).click();
  const adding = sari.page.getByRole("dialog", { name: "Add people" });
  await expect(adding.getByRole("checkbox", { name: oleh.nickname })).toBeHidden();
  await adding.getByRole("checkbox", { name: rina.nickname }).check();
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  await expect(oleh.page.getByRole("feed")).toContainText(`${sari.nickname} added ${rina.nickname}`);
  await rina.opensChat("Ukulele & kopi");
  await expect(rina.page.getByRole("feed")).toContainText(`${sari.nickname} added you`);

  await rina.writes("halo semua");
  await oleh.sees("halo semua");
  await sari.sees("halo semua");
  await expect(oleh.message("halo semua")).toContainText(rina.nickname);
  await rina.seesTick("halo semua", "Read");

  // A link brings somebody who is nobody's friend; revoked, it brings no one.
  await details.getByRole("button", { name: "Invite links" }).click();
  const links = sari.page.getByRole("dialog", { name: "Invite links" });
  await links.getByRole("button", { name: "Make a link" }).click();
  const link = await links.getByRole("textbox", { name: "Invite links" }).inputValue();
  await budi.opens(new URL(link).pathname);
  await expect(budi.page.getByRole("heading", { name: "Ukulele & kopi" })).toBeVisible();
  await budi.page.getByRole("button", { name: "Join" }).click();
  await expect(budi.page.getByRole("heading", { name: "Ukulele & kopi", level: 1 })).toBeVisible();
  await expect(sari.page.getByRole("feed")).toContainText(`${budi.nickname} joined by an invite link`);
  await links.getByRole("button", { name: "Revoke" }).click();
  await expect(links.getByRole("button", { name: "Revoke" })).toBeHidden();
  await links.getByRole("button", { name: "Close" }).click();

  // Roles: an admin, a removal, the handing over, leaving.
  const act = async (who: string, what: string) => {
    await details.getByRole("button", { name: `More about ${who}` }).click();
    await sari.page.getByRole("menuitem", { name: what }).click();
  };
  await act(oleh.nickname, "Make admin");
  await expect(oleh.page.getByRole("feed")).toContainText("You are now an admin");
  await act(budi.nickname, "Remove from the group");
  await sari.page.getByRole("dialog").getByRole("button", { name: "Remove from the group" }).click();
  await expect(budi.page.getByRole("heading", { name: "This chat is not here" })).toBeVisible();
  await expect(budi.dialog("Ukulele & kopi")).toBeHidden();

  await details.getByRole("button", { name: "Rename" }).click();
  const renaming = sari.page.getByRole("dialog", { name: /Rename/ });
  await renaming.getByRole("textbox", { name: "Name of the group" }).fill("Ukulele");
  await renaming.getByRole("button", { name: "Save" }).click();
  await expect(rina.page.getByRole("heading", { name: "Ukulele", level: 1 })).toBeVisible();

  await act(rina.nickname, "Hand the group over");
  await sari.page.getByRole("dialog").getByRole("button", { name: "Hand the group over" }).click();
  await expect(rina.page.getByRole("feed")).toContainText("The group now belongs to you");
  await details.getByRole("button", { name: "Leave the group" }).click();
  await sari.page.getByRole("dialog").getByRole("button", { name: "Leave the group" }).click();
  await expect(sari.page).toHaveURL(/\/chats$/);
  await expect(sari.dialog("Ukulele")).toBeHidden();
  await expect(oleh.page.getByRole("feed")).toContainText(`${sari.nickname} left`);
});

test("a stranger who is invited sees to what, and is in the group with their account", async ({ person, stranger }) => {
  const [sari, baru, oleh] = [await person("Sari"), await stranger("Baru"), await person("Oleh")];
  const group = { name: "Ukulele & kopi", hue: 40, memberIds: [] };
  const founded = await sari.calls<{ room: { id: number } }>("create_group", { group });
  const room = founded.room.id;
  const { token } = await sari.calls<{ token: string }>("create_invite", { room, hours: 24 });

  const { page } = baru;
  await baru.opens(`/join/${token}`);
  await expect(page).toHaveURL(/\/register\?next=/);
  await expect(page.getByText("You are invited to a group")).toBeVisible();
  await expect(page.getByText("Ukulele & kopi")).toBeVisible();
  await expect(page.getByText(`1 member · ${sari.nickname} invites you`)).toBeVisible();
  await page.getByRole("textbox", { name: "Nickname" }).fill(baru.nickname);
  await page.getByRole("textbox", { name: "Username" }).fill(baru.username);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Make an account" }).click();
  await expect(page).toHaveURL(new RegExp(`/chats/${room}$`));
  await expect(page.getByRole("heading", { name: "Ukulele & kopi", level: 1 })).toBeVisible();

  // Who has an account already signs in from there.
  await oleh.calls("sign_out");
  await oleh.opens(`/join/${token}`);
  await oleh.page.getByRole("link", { name: "Sign in" }).click();
  await expect(oleh.page.getByText(`2 members · ${sari.nickname} invites you`)).toBeVisible();
  await oleh.page.getByRole("textbox", { name: "Username or e-mail" }).fill(oleh.username);
  await oleh.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await oleh.page.getByRole("button", { name: "Sign in" }).click();
  await expect(oleh.page).toHaveURL(new RegExp(`/chats/${room}$`));
});

test.describe(() => {
  test.use({ forgiven: /status of 410/ });

  test("a stranger with a link that has ended is told so", async ({ stranger }) => {
    const baru = await stranger("Baru");
    await baru.opens("/join/not-a-real-token");
    await expect(baru.page.getByText("This link no longer works.")).toBeVisible();
  });

  test("a link that was made up leads to nothing", async ({ person }) => {
    const sari = await person("Sari");
    await sari.opens("/join/not-a-real-token");
    await expect(sari.page.getByText("This link no longer works")).toBeVisible();
  });
});
