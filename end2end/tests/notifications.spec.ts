import type { Page } from "@playwright/test";
import { devices } from "@playwright/test";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

interface Shown {
  title: string;
  body: string;
  tag: string;
  closed: boolean;
  press(): void;
}

/** Writes down which notifications a page shows. */
async function notes(person: Person): Promise<void> {
  await person.context.addInitScript(() => {
    const shown: Shown[] = [];
    const Whole = window.Notification;
    class Noted extends Whole {
      constructor(title: string, options: NotificationOptions = {}) {
        super(title, options);
        const noted = { title, body: options.body ?? "", tag: options.tag ?? "", closed: false, press: () => this.onclick?.(new Event("click")) };
        shown.push(noted);
        const close = this.close.bind(this);
        this.close = () => {
          noted.closed = true;
          close();
        };
      }
    }
    Object.assign(window, { Notification: Noted, shown });
  });
}

/** The notifications of a page, as title and text. */
async function shown(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = (window as unknown as { shown: Shown[] }).shown;
    return all.map(({ title, body, closed }) => `${title}: ${body}${closed ? " (closed)" : ""}`);
  });
}

/** Looks away from a page, or back to it. */
async function looksAway(page: Page, away: boolean): Promise<void> {
  await page.evaluate((away) => {
    document.hasFocus = () => !away;
    window.dispatchEvent(new Event(away ? "blur" : "focus"));
  }, away);
}

test("who looks elsewhere is told, once they want to be, and by kind", async ({ person }) => {
  const [sari, oleh, maya] = [await person("Sari"), await person("Oleh"), await person("Maya")];
  const room = await sari.befriends(oleh);
  await sari.context.grantPermissions(["notifications"]);
  await notes(sari);
  const { page } = sari;
  await oleh.opens(`/chats/${room}`);
  await sari.opens("/settings");
  const turn = page.getByRole("switch", { name: "Notify me on this device" });
  await expect(turn).toHaveAttribute("aria-checked", "false");
  await turn.click();
  await expect(turn).toHaveAttribute("aria-checked", "true");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Chats" }).click();

  // Looking at the page: nothing but a voice for those who listen.
  await oleh.writes("satu");
  await expect(page.getByRole("log")).toHaveText(`${oleh.nickname}: satu`);
  expect(await shown(page)).toEqual([]);
  await looksAway(page, true);
  await oleh.writes("dua");
  await expect.poll(() => shown(page)).toEqual([`${oleh.nickname}: dua`]);
  // One for each chat: the newest.
  await oleh.writes("tiga");
  await expect.poll(() => shown(page)).toEqual([`${oleh.nickname}: dua (closed)`, `${oleh.nickname}: tiga`]);
  // Pressed, it leads there; read, it is gone.
  await page.evaluate(() => (window as unknown as { shown: Shown[] }).shown.at(-1)!.press());
  await expect(page).toHaveURL(new RegExp(`/chats/${room}$`));
  await looksAway(page, false);
  await expect.poll(async () => (await shown(page)).at(-1)).toBe(`${oleh.nickname}: tiga (closed)`);

  // Kinds, and muted chats.
  await looksAway(page, true);
  await maya.calls("ask", { user: await sari.id() });
  await expect.poll(async () => (await shown(page)).at(-1)).toBe(`${maya.nickname}: Wants to be your friend`);
  await sari.calls("set_muted", { room, muted: true });
  await oleh.writes("empat");
  await sari.sees("empat");
  await sari.calls("set_muted", { room, muted: false });
  await looksAway(page, false);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Messages", exact: true }).click();
  await looksAway(page, true);
  await oleh.writes("lima");
  await expect(page).toHaveTitle(/^\(2\)/);
  expect((await shown(page)).filter((note) => /empat|lima/.test(note))).toEqual([]);
});

test("it is offered when somebody wrote meanwhile, once", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", devices["Pixel 7"]!), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  // Until it is asked for, a browser says that nobody has decided.
  await sari.context.addInitScript(() => {
    let permission: NotificationPermission = "default";
    Object.defineProperty(Notification, "permission", { get: () => permission });
    Notification.requestPermission = async () => (permission = "granted");
  });
  const { page } = sari;
  await sari.opens("/chats");
  const offer = page.getByRole("region", { name: "Notifications" });
  await oleh.writes("satu");
  await expect(page).toHaveTitle(/^\(1\)/);
  await expect(offer).toBeHidden();
  await looksAway(page, true);
  await oleh.writes("dua");
  await expect(offer).toBeVisible();
  await looksAway(page, false);
  await offer.getByRole("button", { name: "Turn on notifications" }).click();
  await expect(offer).toBeHidden();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("switch", { name: "Notify me on this device" })).toHaveAttribute("aria-checked", "true");
});
