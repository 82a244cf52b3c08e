import type { Browser } from "@playwright/test";
import { call, counted, hearsAndSees, rings, takesPhone } from "./support/calls.ts";
import type { Person } from "./support/person.ts";
import { Relay } from "./support/relay.ts";
import { Server } from "./support/server.ts";
import { expect, test, visitor } from "./support/test.ts";

test("who hides their address is reached by the relay alone", async ({ browser }) => {
  await withRelay(browser, async (_relay, sari, oleh) => {
    await expect.poll(async () => (await counted(sari.page)).ways).toEqual(["relay"]);
    // All that the other was ever told of her.
    const told = await oleh.page.evaluate(() => window.connections.map((one) => one.remoteDescription!.sdp).join());
    expect(told.match(/typ \w+/g)?.every((way) => way === "typ relay")).toBe(true);
    await call(sari.page).getByRole("button", { name: "Hang up" }).click();
    await expect(call(oleh.page)).toBeHidden();
  });
});

test("a call whose way through the network is gone finds another", async ({ browser }) => {
  await withRelay(browser, async (relay, sari, oleh) => {
    // With the relay go the addresses by which the two reach each other; both still reach the server.
    await relay.end();
    await expect(call(sari.page).getByRole("img", { name: /onnecting…$/ })).toBeVisible({ timeout: 40_000 });
    const next = await Relay.start(relay.port);
    try {
      for (const one of [sari, oleh]) await hearsAndSees(one.page);
      // The same connections, by a new way: nobody was put out of the call.
      expect(await sari.page.evaluate(() => window.connections.length)).toBe(1);
      await expect.poll(async () => (await counted(sari.page)).ways).toEqual(["relay"]);
    } finally {
      await next.end();
    }
  });
});

/** Lets `then` see a video call in which Sari hides her address. */
async function withRelay(
  browser: Browser,
  then: (relay: Relay, sari: Person, oleh: Person) => Promise<void>,
): Promise<void> {
  const relay = await Relay.start();
  const server = await Server.start(`--turn-url=${relay.url}`, `--turn-secret=${relay.secret}`);
  try {
    const [sari, oleh] = [await visitor(browser, server, "Sari"), await visitor(browser, server, "Oleh")];
    for (const one of [sari, oleh]) {
      await one.joins();
      await takesPhone(one);
    }
    const room = await sari.befriends(oleh);
    await sari.opens("/settings");
    const hide = sari.page.getByRole("switch", { name: /Hide your network address in calls/ });
    await hide.click();
    await expect(hide).toBeChecked();
    await sari.opens(`/chats/${room}`);
    await oleh.opens("/chats");
    await sari.page.getByRole("button", { name: "Video call" }).click();
    await rings(oleh.page).getByRole("button", { name: "Answer with camera" }).click();
    for (const one of [sari, oleh]) await hearsAndSees(one.page);
    await then(relay, sari, oleh);
    for (const one of [sari, oleh]) await one.context.close();
  } finally {
    await server.end();
    await relay.end();
  }
}
