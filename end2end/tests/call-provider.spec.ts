import { Server } from "./support/server.ts";
import { expect, test, visitor } from "./support/test.ts";

test("where calls are for programs with a provider's SDK, nobody is offered one or rung", async ({ browser }) => {
  const secret = "a secret of thirty-two bytes or more";
  const server = await Server.start(
    "--call-provider=livekit",
    "--livekit-url=wss://live.example.org",
    "--livekit-key=APIsapa",
    `--livekit-secret=${secret}`,
  );
  try {
    const [sari, oleh] = [await visitor(browser, server, "Sari"), await visitor(browser, server, "Oleh")];
    for (const one of [sari, oleh]) await one.joins();
    const room = await sari.befriends(oleh);
    await sari.opens(`/chats/${room}`);
    await oleh.opens("/people");
    await expect(sari.composer()).toBeVisible();
    await expect(sari.page.getByRole("button", { name: "Voice call" })).toBeHidden();
    // A program calls her.
    const begun = await oleh.context.request.post(`${server.origin}/api/v1/groups/${room}/call`, {
      data: { media: "audio" },
      headers: { Origin: server.origin },
    });
    expect(begun.status(), await begun.text()).toBe(201);
    // What is told after it has come, so the call would have too.
    await oleh.sendsElsewhere(room, "halo");
    await sari.sees("halo");
    await expect(sari.page.getByRole("alertdialog")).toBeHidden();
    for (const one of [sari, oleh]) await one.context.close();
  } finally {
    await server.end();
  }
});
