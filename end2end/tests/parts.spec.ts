import type { Page } from "@playwright/test";
import { CUT_CONNECTION, expect, test } from "./support/test.ts";
import type { Person } from "./support/person.ts";

test.use({ forgiven: CUT_CONNECTION });

/** What the first page may load before it is alive, in kB as they come over the network. */
const FIRST_LOAD_KB = 500;

/** Has somebody's browser say that each byte counts: nothing is loaded ahead. */
async function savesData(person: Person): Promise<void> {
  await person.context.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: { saveData: true } });
  });
}

/** The parts of the interface that a page asks for from here on. */
function asked(page: Page): Set<string> {
  const parts = new Set<string>();
  page.on("request", (request) => {
    const part = /\/split_([a-z]+)\.wasm$/.exec(request.url())?.[1];
    if (part) parts.add(part);
  });
  return parts;
}

test("a part is loaded when it is wanted, not before", async ({ person }) => {
  const sari = await person("Sari");
  await savesData(sari);
  const parts = asked(sari.page);
  await sari.opens("/chats");
  await sari.page.waitForLoadState("networkidle");
  expect([...parts]).toEqual([]);

  await sari.begins("New story");
  await expect(sari.page.getByRole("textbox", { name: "Text" })).toBeVisible();
  expect([...parts]).toEqual(["stories"]);
  await sari.page.keyboard.press("Escape");

  await sari.page.getByRole("link", { name: "Settings" }).click();
  await expect(sari.page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  expect([...parts]).toEqual(["stories", "panes"]);
});

test("a page that is a part is loaded with its part, and seen meanwhile", async ({ stranger, person }) => {
  const guest = await stranger("Guest");
  const ofGuest = asked(guest.page);
  await guest.opens("/sign-in");
  await expect(guest.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect([...ofGuest]).toEqual(["account"]);

  const sari = await person("Sari");
  await savesData(sari);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await sari.page.route("**/split_panes.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await sari.page.goto(`${sari.origin}/settings`, { waitUntil: "commit" });
  await expect(sari.page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await expect(sari.page.locator("html[data-live]")).toBeHidden();
  release();
  await expect(sari.page.locator("html[data-live]")).toBeAttached();
  await expect(sari.page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
});

test("an idle page loads all that may be wanted, which then opens offline", async ({ person }) => {
  const sari = await person("Sari");
  const parts = asked(sari.page);
  const last = sari.page.waitForResponse("**/split_calls.wasm");
  await sari.opens("/chats");
  await (await last).finished();
  expect([...parts]).toEqual(["panes", "stories", "calls"]);

  await sari.context.setOffline(true);
  await sari.page.keyboard.press("Control+k");
  await expect(sari.page.getByRole("combobox")).toBeFocused();
  await sari.page.keyboard.press("Escape");
  await sari.begins("New story");
  await expect(sari.page.getByRole("textbox", { name: "Text" })).toBeVisible();
  await sari.page.keyboard.press("Escape");
  await sari.page.getByRole("link", { name: "Settings" }).click();
  await expect(sari.page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
});

test("a part that cannot be had is said so, and can be tried again", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await savesData(sari);
  await sari.context.route(/split_/, (route) => route.abort());
  await sari.opens(`/chats/${room}`);
  const failed = "This could not be loaded.";

  // In a modal, and on a page.
  await sari.begins("New story");
  const composer = sari.page.getByRole("dialog", { name: "New story" });
  await expect(composer.getByRole("alert")).toContainText(failed);
  await sari.page.keyboard.press("Escape");
  await sari.page.getByRole("link", { name: "Settings" }).click();
  await expect(sari.page.getByRole("main").getByRole("alert")).toContainText(failed);

  // Over the page; which goes on.
  await sari.opensChat(oleh.nickname);
  await sari.writes("halo");
  await sari.chooses("Delete", "halo");
  await expect(sari.page.getByText(failed)).toBeVisible();
  await sari.page.getByRole("button", { name: "Voice call" }).click();
  await expect(sari.page.getByText(failed).nth(1)).toBeVisible();
  await sari.seesTick("halo", "Sent");

  await sari.context.unroute(/split_/);
  await sari.deletes("halo", "Delete for me");
  await expect(sari.message("halo")).toBeHidden();
  await sari.begins("New story");
  await expect(composer.getByRole("textbox", { name: "Text" })).toBeVisible();
});

test("a part that was wanted offline comes by itself once the server is reached", async ({ person }) => {
  const sari = await person("Sari");
  await savesData(sari);
  const uncaught: string[] = [];
  sari.page.on("pageerror", (error) => uncaught.push(error.message));
  await sari.opens("/chats");
  await sari.context.setOffline(true);
  await expect(sari.page.getByText("You are offline.")).toBeVisible();
  await sari.page.getByRole("link", { name: "Settings" }).click();
  await expect(sari.page.getByRole("main").getByRole("alert")).toContainText("This could not be loaded.");
  await sari.page.getByRole("button", { name: "Try again" }).click();
  await expect(sari.page.getByRole("main").getByRole("alert")).toContainText("This could not be loaded.");
  await sari.context.setOffline(false);
  await expect(sari.page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  expect(uncaught).toEqual([]);
});

test("the first page stays small", async ({ person }) => {
  const sari = await person("Sari");
  await savesData(sari);
  let bytes = 0;
  const sizes: Promise<void>[] = [];
  sari.page.on("requestfinished", (request) => {
    if (!request.url().includes("/pkg/")) return;
    sizes.push(request.sizes().then((size) => void (bytes += size.responseBodySize)));
  });
  await sari.opens("/chats");
  await sari.page.waitForLoadState("networkidle");
  await Promise.all(sizes);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes / 1_000).toBeLessThan(FIRST_LOAD_KB);
});
