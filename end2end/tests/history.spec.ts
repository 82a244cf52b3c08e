import type { Page } from "@playwright/test";
import { painted } from "./support/pictures.ts";
import { expect, test } from "./support/test.ts";

/** Texts of one to twelve lines, each with its number in the first. */
function uneven(count: number): string[] {
  return Array.from({ length: count }, (_, number) =>
    [`baris ${number}`, ...Array.from({ length: (number * 7) % 12 }, () => "lagi")].join("\n"),
  );
}

/** Waits until half a second's frames have gone by without the feed moving or growing. */
async function rests(page: Page): Promise<void> {
  await page.getByRole("feed").evaluate(async (feed) => {
    let before = "";
    for (let still = 0; still < 30; ) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const now = `${feed.scrollHeight} ${feed.scrollTop}`;
      still = now === before ? still + 1 : 0;
      before = now;
    }
  });
}

/** Where the message with this id stands in the feed, and how high the feed is. */
async function standing(page: Page, id: string): Promise<{ top: number; height: number }> {
  return page.getByRole("feed").evaluate((feed, id) => {
    const edge = feed.getBoundingClientRect().top;
    const message = feed.querySelector(`[data-message="${id}"]`)!;
    return { top: message.getBoundingClientRect().top - edge, height: feed.clientHeight };
  }, id);
}

test("older pages come while scrolling up, without a jump, and the way down is one press", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  const texts = Array.from({ length: 180 }, (_, number) => `kalimat nomor ${number}`);
  await oleh.opens(`/chats/${room}`);
  for (let at = 0; at < texts.length; at += 60) await oleh.sendsElsewhere(room, ...texts.slice(at, at + 60));
  await oleh.sees("kalimat nomor 179");

  await sari.opens(`/chats/${room}`);
  // It opens at the first unread, which here is the first of all.
  await sari.sees("kalimat nomor 0");
  await expect(sari.page.locator(".feed-unread")).toHaveText("180 new messages");
  const jump = sari.page.getByRole("button", { name: "Jump to the latest" });
  await expect(jump).toBeVisible();
  await jump.click();
  await sari.sees("kalimat nomor 179");
  await expect(sari.message("kalimat nomor 179")).toBeInViewport();
  await expect(sari.page).toHaveTitle(`${oleh.nickname} · Sapa`);

  // Up again, by the wheel: what is looked at keeps its place while a page is put above it.
  const feed = sari.page.getByRole("feed");
  await feed.hover();
  // By less than what is seen of it, so that none is passed over.
  await expect(async () => {
    await sari.page.mouse.wheel(0, -500);
    await expect(sari.message("kalimat nomor 30")).toBeInViewport({ timeout: 300 });
  }).toPass({ intervals: [100] });

  // A message has an address.
  const id = await sari.message("kalimat nomor 90").getAttribute("data-message");
  await sari.opens(`/chats/${room}/${id}`);
  await expect(sari.message("kalimat nomor 90")).toBeInViewport();

  // What comes while one reads above does not pull one down, and is counted.
  await oleh.writes("kabar baru");
  await expect(jump).toContainText("1");
  await expect(sari.message("kalimat nomor 90")).toBeInViewport();
  await jump.click();
  await sari.sees("kabar baru");
});

test("the list of chats goes on beyond its first page", async ({ person }) => {
  const sari = await person("Sari");
  for (let number = 1; number <= 70; number++) {
    await sari.calls("create_group", { group: { name: `grup ${number}`, hue: number, memberIds: [] } });
  }
  await sari.opens("/chats");
  await expect(sari.dialog("grup 70")).toBeVisible();
  await expect(sari.dialog("grup 1")).toBeHidden();
  await sari.dialog("grup 70").hover();
  await expect(async () => {
    await sari.page.mouse.wheel(0, 2_000);
    await expect(sari.dialog("grup 1")).toBeVisible({ timeout: 300 });
  }).toPass();
  // One that is not loaded is found by its name.
  await sari.reloads();
  await sari.page.getByRole("searchbox", { name: "Filter chats" }).fill("grup 3");
  await expect(sari.dialog("grup 3")).toBeVisible();
});

test("what comes while a page is loading is not missed", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  await oleh.writes("sebelum");
  await oleh.seesTick("sebelum", "Sent");

  // The page of history is read, and held up on its way; meanwhile the room goes on.
  await sari.opens("/chats");
  await sari.page.route("**/rpc/history", async (route) => {
    const response = await route.fetch();
    await oleh.writes("selama itu");
    await oleh.seesTick("selama itu", "Delivered");
    await route.fulfill({ response });
  });
  await sari.opensChat(oleh.nickname);
  await sari.sees("sebelum");
  await sari.sees("selama itu");
  await oleh.seesTick("selama itu", "Read");

  // The same after the page has come that brings the chat.
  await sari.page.route("**/sapa.wasm", async (route) => {
    await oleh.writes("sekali lagi");
    await oleh.seesTick("sekali lagi", "Sent");
    await route.continue();
  });
  await sari.reloads();
  await sari.sees("selama itu");
  await sari.sees("sekali lagi");
  await oleh.seesTick("sekali lagi", "Read");
});

test("a link to a message lands, and steps are as long as they were made", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens("/chats");
  const texts = uneven(220);
  for (let at = 0; at < texts.length; at += 60) await oleh.sendsElsewhere(room, ...texts.slice(at, at + 60));
  type History = { messages: { id: number; body: { text?: { text: string } } }[] };
  const { page } = sari;

  const { messages } = await sari.calls<History>("history", { room, from: "latest" });
  const newest = messages.at(-1)!.id;
  for (const back of [200, 149, 101, 60, 20]) {
    const id = `${newest - back}`;
    await sari.opens(`/chats/${room}/${id}`);
    await expect(page.locator(`[data-message="${id}"]`)).toBeInViewport();
    // What is drawn late would have moved it by then.
    await rests(page);
    const { top, height } = await standing(page, id);
    expect(Math.abs(top - height / 3), `${back} before the newest`).toBeLessThan(2);
  }

  for (const step of [-500, 500]) {
    const errors = await page.getByRole("feed").evaluate(async (feed, step) => {
      const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
      const edge = feed.getBoundingClientRect().top;
      const errors: number[] = [];
      for (let count = 0; count < 20; count++) {
        const rows = [...feed.querySelectorAll("[data-message]")];
        const row = rows.find((row) => row.getBoundingClientRect().top >= edge + Math.max(0, step))!;
        const [top, from] = [row.getBoundingClientRect().top, feed.scrollTop];
        feed.scrollBy(0, step);
        const wanted = feed.scrollTop - from;
        for (let frames = 0; frames < 6; frames++) await frame();
        if (Math.abs(wanted) < Math.abs(step)) break;
        const now = document.querySelector(`[data-message="${row.getAttribute("data-message")}"]`)!;
        errors.push(Math.abs(top - now.getBoundingClientRect().top - wanted));
      }
      return errors;
    }, step);
    expect(errors.length, `steps of ${step}`).toBeGreaterThan(5);
    expect(Math.max(...errors), `steps of ${step}`).toBeLessThan(1.01);
  }
});

test("the line that is read stays while lines and a picture come below", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  await oleh.sendsElsewhere(room, ...uneven(60));
  await oleh.sees("baris 55\nlagi");
  await sari.opensRoomWith(oleh);
  await sari.opens(`/chats/${room}`);
  await sari.page.getByRole("button", { name: "Jump to the latest" }).click();
  const feed = sari.page.getByRole("feed");
  // Near the end, but not at it.
  await feed.evaluate((feed) => feed.scrollBy(0, -60));
  await expect(sari.page.getByRole("button", { name: "Jump to the latest" })).toBeVisible();
  const moved = await feed.evaluateHandle((feed) => {
    const edge = feed.getBoundingClientRect().top;
    const row = [...feed.querySelectorAll("[data-message]")].find((row) => row.getBoundingClientRect().top >= edge)!;
    const top = row.getBoundingClientRect().top;
    const moved = { most: 0, looks: 0 };
    // Asked after the page itself has been, and before anything is seen.
    new ResizeObserver(() => {
      moved.most = Math.max(moved.most, Math.abs(row.getBoundingClientRect().top - top));
      moved.looks++;
    }).observe(feed.firstElementChild!);
    return moved;
  });

  for (const lines of [1, 5, 30]) {
    await oleh.sendsElsewhere(room, Array.from({ length: lines }, (_, line) => `${lines}: ${line}`).join("\n"));
    await expect(feed.getByText(`${lines}: 0`)).toBeAttached();
  }
  await oleh.page.locator("input[type=file]").setInputFiles(await painted(oleh.page, "pantai.png", "image/png", 600, 900));
  await oleh.page.getByRole("button", { name: "Send" }).click();
  await expect(sari.page.getByRole("img", { name: "pantai.png" })).toBeAttached();
  await rests(sari.page);
  const { most, looks } = (await moved.jsonValue()) as { most: number; looks: number };
  expect(looks).toBeGreaterThan(3);
  expect(most).toBeLessThan(1.01);
});

test("a chat can be read before the program is there, and nothing moves when it comes", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens("/chats");
  await oleh.sendsElsewhere(room, ...uneven(40));
  await sari.opens(`/chats/${room}`);
  await sari.page.getByRole("button", { name: "Jump to the latest" }).click();

  // Once more, read to the end: the program is held up on its way.
  const { page } = sari;
  await expect(sari.dialog(oleh.nickname)).not.toContainText("unread");
  await sari.context.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) shifts.push((shift as PerformanceEntry & { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/sapa.wasm", async (route) => {
    await held;
    await route.continue();
  });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload({ waitUntil: "commit" });
  const last = page.getByText("baris 39", { exact: false }).last();
  await expect(last).toBeInViewport();
  release();
  await expect(page.locator("html[data-live]")).toBeAttached();
  await expect(page.getByRole("feed")).toHaveAttribute("aria-busy", "false");
  await expect(last).toBeInViewport();
  await rests(page);
  expect(asked, "the page brings them").not.toContain("/rpc/history");
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, shift) => sum + shift, 0), shifts.join(" ")).toBeLessThan(0.01);
});
