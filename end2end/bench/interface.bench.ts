import type { Page } from "@playwright/test";
import { Server } from "../tests/support/server.ts";
import { expect, test, visitor } from "../tests/support/test.ts";

/** How much slower than this machine the measured one is. */
const SLOWER = 4;
const MESSAGES = 10_000;

/** Prints one line of the table. */
function tells(what: string, figure: string): void {
  console.log(`| ${what} | ${figure} |`);
}

/** Bytes over the network from now on, of a browser that has kept nothing. */
async function weighs(page: Page): Promise<() => number> {
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  return () => bytes;
}

/** Notes how long each frame takes until it is asked for them, in milliseconds. */
async function frames(page: Page, meanwhile: () => Promise<void>): Promise<{ p95: number; longest: number }> {
  await page.evaluate(() => {
    const noted: number[] = [];
    let [before, runs] = [performance.now(), true];
    const next = (now: number) => {
      noted.push(now - before);
      before = now;
      if (runs) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(window, { framesNoted: () => ((runs = false), noted.slice(1)) });
  });
  await meanwhile();
  const noted = await page.evaluate(() => (window as unknown as { framesNoted: () => number[] }).framesNoted());
  noted.sort((one, other) => one - other);
  return { p95: noted[Math.floor(noted.length * 0.95)]!, longest: noted.at(-1)! };
}

/** Messages of one to a dozen lines, each with its number. */
function texts(from: number, to: number): string[] {
  const lines = (number: number): string[] => Array.from({ length: (number * 7) % 12 }, () => "satu baris lagi");
  return Array.from({ length: to - from }, (_, at) => [`baris ${from + at}`, ...lines(from + at)].join("\n"));
}

const ms = (figure: number): string => `${Math.round(figure)} ms`;
const kb = (figure: number): string => `${Math.round(figure / 1000)} kB`;

test("the interface", async ({ browser }) => {
  const server = await Server.start("--rate-account", "6000000");
  try {
    const [sari, oleh] = [await visitor(browser, server, "Sari"), await visitor(browser, server, "Oleh")];
    const { page } = sari;
    await sari.joins();
    await oleh.joins();
    const room = await sari.befriends(oleh);
    await oleh.context.close();
    await sari.opens("/chats");
    for (let at = 0; at < MESSAGES; at += 500) await sari.sendsElsewhere(room, ...texts(at, at + 500));
    await page.goto("about:blank");

    const weight = await weighs(page);
    await sari.opens(`/chats/${room}`);
    const live = weight();
    await page.waitForLoadState("networkidle");
    tells("transferred until a room is live", kb(live));
    tells("and while idle after that", kb(weight() - live));

    const throttle = await page.context().newCDPSession(page);
    await sari.opens("/chats");
    await page.waitForLoadState("networkidle");
    await throttle.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    for (const time of ["first", "again"]) {
      await page.goto(`${server.origin}/chats`);
      await expect(page.locator("html[data-live]")).toBeAttached();
      await page.waitForLoadState("networkidle");
      const opened = await page.evaluate(async (name) => {
        const link = [...document.querySelectorAll<HTMLElement>(".dialogs a")].find((link) => link.textContent.includes(name))!;
        const start = performance.now();
        link.click();
        while (!document.querySelector('[role="feed"] .message')) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return performance.now() - start;
      }, oleh.nickname);
      tells(`a chat of ${MESSAGES} messages opens, ${time}`, ms(opened));
    }

    await sari.composer().click();
    const typing = await frames(page, async () => {
      await page.keyboard.type("sebuah kalimat yang cukup panjang untuk diukur, huruf demi huruf", { delay: 60 });
    });
    tells("frames while typing: p95, longest", `${ms(typing.p95)}, ${ms(typing.longest)}`);
    await sari.composer().fill("");

    await page.getByRole("feed").hover();
    const scrolling = await frames(page, async () => {
      for (let step = 0; step < 120; step++) {
        await page.mouse.wheel(0, -400);
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
    });
    tells("frames while scrolling back: p95, longest", `${ms(scrolling.p95)}, ${ms(scrolling.longest)}`);
    await sari.context.close();
  } finally {
    await server.end();
  }
});
