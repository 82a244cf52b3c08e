import { resolve } from "node:path";
import { Key } from "selenium-webdriver";
import { painted } from "../tests/support/pictures.ts";
import { CUT_CONNECTION } from "../tests/support/test.ts";
import { Network } from "../tests/support/network.ts";
import { expect, test } from "./support/test.ts";

// And what else these engines say of a connection that was cut.
test.use({ forgiven: new RegExp(`${CUT_CONNECTION.source}|AbortError`) });

const ICON = resolve(import.meta.dirname, "../../public/icon-192.png");

test("one signs in, writes, hears, mends, takes back and reacts", async ({ person, guest }) => {
  const [account, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await account.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  const sari = await guest(account);
  await sari.opensChat(oleh.nickname);

  await sari.writes("saya pergi ke pasr");
  await oleh.sees("saya pergi ke pasr");
  await oleh.writes("beli apa?");
  await sari.sees("beli apa?");

  await sari.chooses("Edit", "saya pergi ke pasr");
  await sari.composer().holds("saya pergi ke pasr");
  await sari.composer().types(Key.BACK_SPACE, "ar");
  await sari.composer().types(Key.ENTER);
  await oleh.sees("saya pergi ke pasar");

  await sari.reaches("React", "beli apa?");
  await sari.page('//*[@role="dialog" and @aria-label="React"]').button("👍").press();
  await expect(oleh.message("beli apa?").getByRole("button", { name: "👍 1" })).toBeVisible();

  await sari.writes("salah kirim");
  await oleh.sees("salah kirim");
  await sari.chooses("Delete", "salah kirim");
  await sari.button("Delete for everyone").appears();
  await sari.pressesAt(20, 20);
  await sari.button("Delete for everyone").vanishes();
  await sari.sees("salah kirim");
  await sari.chooses("Delete", "salah kirim");
  await sari.button("Delete for everyone").press();
  await expect(oleh.page.getByRole("feed")).toContainText("This message was deleted");
  await sari.words("This message was deleted").appears();
});

test("a picture goes out and comes in, and is seen large", async ({ person, guest }) => {
  const [account, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await account.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  const sari = await guest(account);
  await sari.opensChat(oleh.nickname);

  await sari.attaches(ICON);
  await sari.writes("dari saya");
  await expect(oleh.message("dari saya").getByRole("img", { name: "icon-192.png" })).toBeVisible();
  await oleh.page.locator("input[type=file]").setInputFiles(await painted(oleh.page, "pasar.png", "image/png"));
  await oleh.writes("dari pasar");
  const picture = sari.message("dari pasar").within('//img[@alt="pasar.png"]');
  await picture.appears();
  await picture.press();
  const large = sari.page('//dialog[@open]//img[@alt="pasar.png"]');
  await large.appears();
  await sari.page("/body").types(Key.ESCAPE);
  await large.vanishes();
});

test("a voice message is heard, and another one recorded", async ({ person, guest }) => {
  const [account, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await account.befriends(oleh);
  await oleh.context.grantPermissions(["microphone"]);
  await oleh.opens(`/chats/${room}`);
  const sari = await guest(account);
  await sari.opensChat(oleh.nickname);

  const recording = oleh.page.getByRole("group", { name: "Recording" });
  await oleh.page.getByRole("button", { name: "Record a voice message" }).click();
  await expect(recording.getByRole("timer")).toHaveText(/^0:0[2-9]$/);
  await recording.getByRole("button", { name: "Send" }).click();
  const heard = sari.page('//*[@role="group" and @aria-label="Voice message"]');
  await heard.button("Play").press();
  await sari.hasHeard();
  await heard.button("Play").appears();

  await sari.button("Record a voice message").press();
  const bar = sari.page('//*[@role="group" and @aria-label="Recording"]');
  await bar.says(/0:0[2-9]/);
  await bar.button("Send").press();
  const voices = oleh.page.getByRole("group", { name: "Voice message" });
  await expect(voices).toHaveCount(2);
  await voices.last().getByRole("button", { name: "Play" }).click();
  // However short it is: the browser may have been slow to take its microphone.
  const parts = () => voices.last().locator("audio").evaluate((audio: HTMLAudioElement) => audio.played.length);
  await expect.poll(parts).toBeGreaterThan(0);
});

test("older pages come while scrolling up; a message has an address; Back and Forward lead there", async ({
  person,
  guest,
}) => {
  const [account, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await account.befriends(oleh);
  await oleh.opens("/chats");
  const texts = Array.from({ length: 180 }, (_, number) => `kalimat nomor ${number}`);
  for (let at = 0; at < texts.length; at += 60) await oleh.sendsElsewhere(room, ...texts.slice(at, at + 60));
  const sari = await guest(account);
  await sari.opensChat(oleh.nickname);
  await sari.message("kalimat nomor 0").comesIntoView();
  await sari.button("Jump to the latest").press();
  await sari.message("kalimat nomor 179").comesIntoView();
  await sari.scrollsTo("kalimat nomor 0", -500);

  const id = await sari.message("kalimat nomor 90").ask((message) => message.dataset["message"]!);
  await sari.opens(`/chats/${room}/${id}`);
  await sari.message("kalimat nomor 90").comesIntoView();
  await sari.page('//nav[@aria-label="Main"]').button("Settings").press();
  await sari.page('//h1[.="Settings"]').appears();
  await sari.driver.navigate().back();
  await sari.isAt(`/chats/${room}/${id}`);
  await sari.message("kalimat nomor 90").comesIntoView();
  await sari.driver.navigate().forward();
  await sari.page('//h1[.="Settings"]').appears();
});

test("after an outage one is back, and what was written goes out", async ({ person, guest, server }) => {
  const [account, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await account.befriends(oleh);
  const network = await Network.before(server.origin);
  await oleh.opens(`/chats/${room}`);
  const sari = await guest(account, network.origin);
  await sari.opensChat(oleh.nickname);
  await sari.writes("masih tersambung");
  await oleh.sees("masih tersambung");

  network.fallsSilent();
  await sari.writes("di terowongan");
  await oleh.writes("kamu di mana?");
  await sari.banner().appears();
  network.clears();
  await oleh.sees("di terowongan");
  await sari.sees("kamu di mana?");
  await sari.banner().vanishes();
  await oleh.writes("sudah keluar?");
  await sari.sees("sudah keluar?");
  network.close();
});
