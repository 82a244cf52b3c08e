import { type Browser, type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import { Person } from "./person.ts";
import { Server } from "./server.ts";

export { expect } from "@playwright/test";
export type { Person } from "./person.ts";

/** Brings people into a test; each name is its own within the server. */
type Cast = (name: string, options?: BrowserContextOptions) => Promise<Person>;

interface Given {
  /** A person who has no account yet, with a browser that shows nothing yet. */
  stranger: Cast;
  /** A person with an account, signed in. */
  person: Cast;
  /** Complaints of the browser that a test brings about on purpose. */
  forgiven: RegExp;
}

/** Somebody on another server than the tests' common one. Whoever calls it closes the context. */
export async function visitor(
  browser: Browser,
  server: Server,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Person> {
  return (await enter(browser, server, name, options, [])).person;
}

/** What belongs to the connection that a test cuts. */
export const CUT_CONNECTION = /Failed to load resource: net::ERR_|Failed to fetch|WebSocket connection to .* failed/;

let made = 0;

export const test = base.extend<Given, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.end();
    },
    { scope: "worker" },
  ],

  forgiven: [/^$/, { option: true }],

  stranger: async ({ browser, server, forgiven }, use) => {
    const complaints: string[] = [];
    const ends: (() => Promise<void>)[] = [];
    await use(async (name, options = {}) => {
      const { person, end } = await enter(browser, server, name, options, complaints);
      ends.push(end);
      return person;
    });
    for (const end of ends) await end();
    const unforgiven = complaints.filter((complaint) => !forgiven.test(complaint));
    expect(unforgiven, "the browser's console").toEqual([]);
  },

  person: async ({ stranger }, use) => {
    await use(async (name, options) => {
      const person = await stranger(name, options);
      await person.joins();
      return person;
    });
  },
});

async function enter(
  browser: Browser,
  server: Server,
  name: string,
  options: BrowserContextOptions,
  complaints: string[],
) {
  const context = await browser.newContext(options);
  context.on("page", (page) => listen(page, complaints));
  const page = await context.newPage();
  const username = `${name.toLowerCase()}-${process.pid}-${++made}`;
  const person = new Person(username, `${name} ${made}`, server.origin, context, page);
  return { person, end: () => context.close() };
}

/** Warnings, errors and breaches of the content security policy all come to the console. */
function listen(page: Page, complaints: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complaints.push(`${message.type()} at ${page.url()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`exception at ${page.url()}: ${error.message}`));
}
