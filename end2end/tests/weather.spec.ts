import { SmallDisk } from "./support/disk.ts";
import { Network } from "./support/network.ts";
import { Server } from "./support/server.ts";
import { CUT_CONNECTION, type Person, expect, test, visitor } from "./support/test.ts";

test.use({ forgiven: CUT_CONNECTION });

/** A page comes back within this long once its network is there again, without focus or reload. */
const BACK = 5_000;

async function opensBy(person: Person, network: Network, room: number): Promise<void> {
  await person.page.goto(`${network.origin}/chats/${room}`);
  await expect(person.page.locator("html[data-live]")).toBeAttached();
}

/** For so many seconds new connections fall silent too: none, for what a page tries first, for all that it tries. */
for (const seconds of [0, 4, 15]) {
  test(`back after a silence of ${seconds} s, and what was typed is sent`, async ({ person, server }) => {
    const [sari, oleh, ihor] = [await person("Sari"), await person("Oleh"), await person("Ihor")];
    const room = await sari.befriends(oleh);
    await ihor.opens(`/chats/${await sari.befriends(ihor)}`);
    await ihor.writes("halo");
    const network = await Network.before(server.origin);
    await opensBy(sari, network, room);
    await oleh.opens(`/chats/${room}`);
    await sari.writes("masih tersambung");
    await oleh.sees("masih tersambung");

    network.fallsSilent();
    await sari.writes("di terowongan");
    await oleh.writes("kamu di mana?");
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    network.clears();

    const soon = { timeout: BACK };
    await Promise.all([
      expect(oleh.message("di terowongan")).toBeVisible(soon),
      expect(sari.message("kamu di mana?")).toBeVisible(soon),
      expect(sari.message("di terowongan").locator(".tick")).toHaveText(/Sent|Delivered|Read/, soon),
    ]);
    await expect(sari.page.getByText("You are offline.")).toBeHidden();
    // What else it asks for does not wait on connections that are dead.
    await sari.dialog(ihor.nickname).click();
    await expect(sari.message("halo")).toBeVisible(soon);
    network.close();
  });
}

test("more was missed than one answer tells: it comes in parts, and the page is live", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  let sockets = 0;
  sari.page.on("websocket", () => sockets++);
  await sari.context.setOffline(true);
  await expect(sari.page.getByText("You are offline.")).toBeVisible();
  const long = "ї".repeat(3_990);
  await oleh.opens(`/chats/${room}`);
  await oleh.page.evaluate(
    async ([room, long]) => {
      const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws`);
      await new Promise((resolve) => socket.addEventListener("open", resolve));
      for (let number = 1; number <= 150; number++) {
        const clientId = `0191e7a0-0000-7000-8000-${String(number).padStart(12, "0")}`;
        const send = { roomId: room, clientId, text: `${number} ${long}` };
        socket.send(JSON.stringify({ ref: number, command: { send } }));
      }
      await new Promise<void>((resolve) => {
        socket.addEventListener("message", (event) => JSON.parse(event.data).ref === 150 && resolve());
      });
      socket.close();
    },
    [room, long] as const,
  );
  await sari.context.setOffline(false);
  await expect(sari.page.getByRole("feed").locator(".message").filter({ hasText: /^\s*150 / })).toBeAttached();
  await sari.writes("akhirnya");
  await oleh.sees("akhirnya");
  await sari.seesTick("akhirnya", "Read");
  expect(sockets).toBeLessThan(6);
});

/** The complaint of the banner, which says one thing at a time. */
const banner = (person: Person) => person.page.locator(".banner");
const OFFLINE = /You are offline/;

/** Notes whatever the banner says from here on. */
async function hearsBanner(person: Person): Promise<() => Promise<string[]>> {
  await person.page.evaluate(() => {
    const heard = new Set<string>();
    Object.assign(window, { heard });
    const look = (): void => document.querySelectorAll(".banner").forEach((said) => void heard.add(said.textContent!));
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => person.page.evaluate(() => [...(window as unknown as { heard: Set<string> }).heard]);
}

test("a full disk is named, and what was written goes by itself once there is room", async ({ browser }) => {
  test.slow();
  const disk = await SmallDisk.ofMib(8);
  const server = await Server.startOn(disk);
  const [sari, oleh] = [await visitor(browser, server, "Sari"), await visitor(browser, server, "Oleh")];
  try {
    await sari.joins();
    await oleh.joins();
    const room = await sari.befriends(oleh);
    await sari.opens(`/chats/${room}`);
    await sari.writes("masih ada ruang");
    await sari.seesTick("masih ada ruang", "Sent");
    const heard = await hearsBanner(sari);
    const written = ["masih ada ruang"];
    // The log of the database may have room from before.
    for (let full = false; !full; ) {
      disk.fill();
      written.push(`pesan ${written.length}`);
      await sari.writes(written.at(-1)!);
      // Where there was room it is sent well within this; a full disk leaves it as it is, which no event tells.
      await sari.page.waitForTimeout(1_000);
      full = (await sari.message(written.at(-1)!).locator(".tick").textContent()) === "Sending";
    }
    for (let more = 0; more < 4; more++) {
      written.push(`pesan ${written.length}`);
      await sari.writes(written.at(-1)!);
    }
    await expect(banner(sari)).toHaveText(/^The server's disk is full\. What you write is kept here/);
    // The list says what waits, too.
    await expect(sari.dialog(oleh.nickname)).toContainText(`Sending ${written.at(-1)}`);
    // What waits is tried again every three seconds: the line must be true through several of these.
    await sari.page.waitForTimeout(20_000);
    await expect(banner(sari)).toHaveText(/^The server's disk is full\./);
    expect((await heard()).filter((said) => OFFLINE.test(said))).toEqual([]);
    disk.makeRoom();
    await expect(banner(sari)).toBeHidden({ timeout: 10_000 });
    for (const text of written) await sari.seesTick(text, "Sent");
    expect(await sari.texts()).toEqual(written);
    await oleh.opens(`/chats/${room}`);
    await oleh.sees(written.at(-1)!);
    expect(await oleh.texts()).toEqual(written);
  } finally {
    await sari.context.close();
    await oleh.context.close();
    await server.end();
    await disk.end();
  }
});

test("who sends faster than the server takes is told so, and the rest goes in order", async ({ browser }) => {
  test.slow();
  const server = await Server.start();
  const [sari, oleh] = [await visitor(browser, server, "Sari"), await visitor(browser, server, "Oleh")];
  try {
    await sari.joins();
    await oleh.joins();
    const room = await sari.befriends(oleh);
    // Four at once, and one each second.
    await server.kill();
    server.settings.push("--rate-account", "60");
    await server.restart();
    // The page that was open comes back and asks for what it missed. That counts too: here for the four at once,
    // which are all there again after this.
    await sari.page.waitForTimeout(5_000);
    await sari.opens(`/chats/${room}`);
    const heard = await hearsBanner(sari);
    const written = Array.from({ length: 12 }, (_, index) => `pesan ${index + 1}`);
    await sari.writesAtOnce(written);
    await expect(banner(sari)).toHaveText("You are sending faster than this server takes. The rest goes by itself.");
    for (const text of written) {
      await expect(sari.message(text).locator(".tick")).toHaveText(/Sent|Delivered|Read/, { timeout: 30_000 });
    }
    await expect(banner(sari)).toBeHidden();
    expect((await heard()).filter((said) => OFFLINE.test(said))).toEqual([]);
    expect(await sari.texts()).toEqual(written);
  } finally {
    await sari.context.close();
    await oleh.context.close();
    await server.end();
  }
});
