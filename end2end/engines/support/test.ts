import { writeFile } from "node:fs/promises";
import { expect, test as base } from "../../tests/support/test.ts";
import type { Person } from "../../tests/support/person.ts";
import { Engine, type EngineName } from "./engine.ts";
import { Guest } from "./guest.ts";

export { expect };

interface Given {
  /** Opens a person's account in a browser of the engine, signed in; perhaps by another way to the server. */
  guest: (who: Person, origin?: string) => Promise<Guest>;
}

export interface EngineOptions {
  engineName: EngineName;
}

export const test = base.extend<Given, EngineOptions & { engine: Engine }>({
  engineName: ["firefox", { option: true, scope: "worker" }],

  engine: [
    async ({ engineName }, use) => {
      const engine = await Engine.start(engineName);
      await use(engine);
      await engine.end();
    },
    { scope: "worker" },
  ],

  guest: async ({ engine, forgiven }, use, info) => {
    const guests: Guest[] = [];
    await use(async (who, origin = who.origin) => {
      const guest = new Guest(who, origin, await engine.browser());
      guests.push(guest);
      await guest.signsIn();
      return guest;
    });
    const complaints: string[] = [];
    for (const guest of guests) {
      const { who, driver } = guest;
      try {
        if (info.status !== info.expectedStatus) {
          await writeFile(info.outputPath(`${who.username}.png`), await driver.takeScreenshot(), "base64");
        }
        await guest.collects();
        complaints.push(...guest.complaints.filter((complaint) => !forgiven.test(complaint)));
      } finally {
        await driver.quit();
      }
    }
    expect(complaints, "the browser's console").toEqual([]);
  },
});
