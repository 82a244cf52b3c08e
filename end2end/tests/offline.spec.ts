import { CUT_CONNECTION, expect, test } from "./support/test.ts";

test.use({ forgiven: CUT_CONNECTION });

test("written offline, kept through a reload, sent once the connection is back", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  await sari.writes("masih tersambung");
  await oleh.sees("masih tersambung");

  await sari.context.setOffline(true);
  await expect(sari.page.getByText("You are offline.")).toBeVisible();
  await sari.writes("satu dari kereta");
  await sari.writes("dua dari kereta");
  await sari.seesTick("satu dari kereta", "Sending");
  await oleh.writes("ada yang baru");
  await oleh.seesTick("ada yang baru", "Sent");

  await sari.context.setOffline(false);
  await expect(sari.page.getByText("You are offline.")).toBeHidden();
  await oleh.sees("dua dari kereta");
  await sari.sees("ada yang baru");
  await sari.seesTick("dua dari kereta", "Read");
  const inOrder = ["masih tersambung", "ada yang baru", "satu dari kereta", "dua dari kereta"];
  for (const person of [sari, oleh]) expect(await person.texts()).toEqual(inOrder);
});

test("what waits to be sent survives a reload", async ({ person, server }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  // The connection stands, and nothing is heard on it: a tunnel.
  await sari.context.setOffline(true);
  await expect(sari.page.getByText("You are offline.")).toBeVisible();
  await sari.writes("dari terowongan");
  await sari.seesTick("dari terowongan", "Sending");
  await sari.page.close();

  await sari.context.setOffline(false);
  const page = await sari.opensTab(`/chats/${room}`);
  await sari.seesTick("dari terowongan", "Sent", page);
  await oleh.opens(`/chats/${room}`);
  await oleh.sees("dari terowongan");
  expect(await oleh.texts()).toEqual(["dari terowongan"]);
  expect(server.origin).toBe(sari.origin);
});

test("a send that the server refuses stays, says why, and can be tried again", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await sari.context.setOffline(true);
  await sari.writes("masih boleh?");
  await sari.calls("block", { user: await oleh.id() });
  await sari.context.setOffline(false);
  const failed = sari.message("masih boleh?");
  await expect(failed).toContainText("Not sent. You have blocked this person. Unblock first.");
  await sari.reloads();
  await expect(failed).toContainText("Not sent.");
  await sari.page.getByRole("button", { name: "Unblock" }).click();
  await failed.getByRole("button", { name: "Try again" }).click();
  await sari.seesTick("masih boleh?", "Sent");
  await oleh.opens(`/chats/${room}`);
  await oleh.sees("masih boleh?");
});

test("what was refused stays where it was written, says so once, and in the list", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await sari.writes("pertama");
  await sari.seesTick("pertama", "Sent");
  await sari.context.setOffline(true);
  await expect(sari.page.getByText("You are offline.")).toBeVisible();
  await sari.writes("masih boleh?");
  await expect(sari.dialog(oleh.nickname)).toContainText("Sending masih boleh?");
  const user = await oleh.id();
  await sari.calls("block", { user });
  await sari.context.setOffline(false);
  const failed = sari.message("masih boleh?");
  await expect(failed).toContainText("Not sent.");
  expect((await failed.innerText()).match(/Not sent/g)).toHaveLength(1);
  await expect(sari.dialog(oleh.nickname)).toContainText("Not sent: masih boleh?");

  await sari.calls("unblock", { user });
  await sari.writes("sekarang boleh");
  await sari.seesTick("sekarang boleh", "Sent");
  await oleh.opens(`/chats/${room}`);
  await oleh.writes("selalu");
  await sari.sees("selalu");
  expect(await sari.texts()).toEqual(["pertama", "masih boleh?", "sekarang boleh", "selalu"]);
  await expect(sari.dialog(oleh.nickname)).toContainText("Not sent: selalu");
  await sari.reloads();
  await sari.sees("selalu");
  expect(await sari.texts()).toEqual(["pertama", "masih boleh?", "sekarang boleh", "selalu"]);

  await failed.getByRole("button", { name: "Try again" }).click();
  await sari.seesTick("masih boleh?", "Read");
  expect(await sari.texts()).toEqual(["pertama", "sekarang boleh", "selalu", "masih boleh?"]);
  await expect(sari.dialog(oleh.nickname)).not.toContainText("Not sent");
});

test("who is offline does not go on seeing others online", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens("/chats");
  await sari.opens(`/chats/${room}`);
  const status = sari.page.locator(".chat-status");
  await expect(status).toHaveText("online");
  await expect(sari.dialog(oleh.nickname)).toContainText("online");
  await sari.context.setOffline(true);
  await expect(status).toHaveText(/^last seen/);
  await expect(sari.dialog(oleh.nickname)).not.toContainText("online");
  await sari.context.setOffline(false);
  await expect(status).toHaveText("online");
});
