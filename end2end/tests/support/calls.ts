import { type Page, expect } from "@playwright/test";
import type { Person } from "./person.ts";

declare global {
  interface Window {
    /** Every connection that the page has made. */
    connections: RTCPeerConnection[];
  }
}

/** What the browser has counted of a page's calls. */
interface Counted {
  /** Pictures that were decoded, of all others together. */
  pictures: number;
  /** Packets of sound that have come. */
  sound: number;
  /** Connections that stand. */
  connected: number;
  /** What kind of address the connections in use go out by. */
  ways: string[];
}

/** Lets somebody's browser use its (fake) microphone and camera, and keeps what it connects. */
export async function takesPhone(person: Person): Promise<void> {
  await person.context.grantPermissions(["microphone", "camera"]);
  await person.context.addInitScript(() => {
    window.connections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.connections.push(this);
      }
    };
  });
}

export async function counted(page: Page): Promise<Counted> {
  return page.evaluate(async () => {
    const counted: Counted = { pictures: 0, sound: 0, connected: 0, ways: [] };
    for (const connection of window.connections) {
      if (connection.connectionState !== "connected") continue;
      counted.connected++;
      const report = await connection.getStats();
      for (const entry of report.values()) {
        if (entry.type === "inbound-rtp" && entry.kind === "video") counted.pictures += entry.framesDecoded ?? 0;
        if (entry.type === "inbound-rtp" && entry.kind === "audio") counted.sound += entry.packetsReceived ?? 0;
        if (entry.type === "transport" && entry.selectedCandidatePairId) {
          const used = report.get(entry.selectedCandidatePairId);
          counted.ways.push(report.get(used.localCandidateId)?.candidateType);
        }
      }
    }
    return counted;
  });
}

/** Waits until so many connections stand. */
export async function reaches(page: Page, others: number): Promise<void> {
  await expect.poll(async () => (await counted(page)).connected, { timeout: 30_000 }).toBe(others);
}

/** Waits until pictures and sound of others go on coming. */
export async function hearsAndSees(page: Page): Promise<void> {
  await expect.poll(async () => (await counted(page)).connected, { timeout: 30_000 }).toBeGreaterThan(0);
  const before = await counted(page);
  await expect
    .poll(async () => (await counted(page)).pictures, { timeout: 30_000 })
    .toBeGreaterThan(before.pictures + 3);
  await expect.poll(async () => (await counted(page)).sound).toBeGreaterThan(before.sound);
}

/** The call that a page is in. */
export function call(page: Page) {
  return page.getByRole("region", { name: /^Call with/ });
}

/** What rings. */
export function rings(page: Page) {
  return page.getByRole("alertdialog", { name: "Incoming call" });
}
