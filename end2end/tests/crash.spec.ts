import { CUT_CONNECTION, expect, test as base } from "./support/test.ts";
import { Server } from "./support/server.ts";

// A server of its own: others shall not die with it.
const test = base.extend<{}, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.end();
    },
    { scope: "worker" },
  ],
});
test.use({ forgiven: CUT_CONNECTION });

test("killed in the middle of sending and started again: nothing is lost, nothing doubled", async ({
  person,
  server,
}) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  const texts = Array.from({ length: 30 }, (_, number) => `pesan ${number}`);
  for (const [number, text] of texts.entries()) {
    // Not waited for: some are on their way when the server dies, some follow while it is dead.
    await sari.composer().fill(text);
    await sari.composer().press("Enter");
    if (number === 14) await server.kill();
  }
  await expect(sari.page.getByText("You are offline.")).toBeVisible();
  await server.restart();
  await sari.seesTick("pesan 29", "Read");
  for (const person of [sari, oleh]) {
    await person.sees("pesan 29");
    expect(await person.texts()).toEqual(texts);
    await person.reloads();
    await person.sees("pesan 29");
    expect(await person.texts()).toEqual(texts);
  }
});
