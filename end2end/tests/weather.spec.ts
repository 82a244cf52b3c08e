import { Network } from "./support/network.ts";
import { CUT_CONNECTION, type Person, expect, test } from "./support/test.ts";

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
