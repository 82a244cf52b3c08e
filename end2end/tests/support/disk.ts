import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const isRoot = process.getuid?.() === 0;

/** A disk so small that it can be filled: a file system in memory, in a namespace of its own, gone with its holder. */
export class SmallDisk {
  private constructor(
    private readonly holder: ChildProcess,
    /** The data folder, as those see it who live there. */
    readonly place: string,
  ) {}

  static async ofMib(size: number): Promise<SmallDisk> {
    const place = await mkdtemp(join(tmpdir(), "sapa-disk-"));
    const mount = `mount -t tmpfs -o size=${size}m sapa "$0" && echo mounted && exec sleep 600`;
    const user = isRoot ? [] : ["--map-root-user"];
    const holder = spawn("unshare", ["--mount", ...user, "bash", "-c", mount, place], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(createInterface({ input: holder.stdout! }), "line")) as [string];
    if (said !== "mounted") throw new Error(`a file system in memory: ${said}`);
    return new SmallDisk(holder, place);
  }

  /** How a program is run that sees this disk. */
  within(...words: string[]): string[] {
    const user = isRoot ? [] : ["--user", "--preserve-credentials"];
    return ["nsenter", "--mount", "--target", String(this.holder.pid), ...user, ...words];
  }

  /** Takes all the room that is left. */
  fill(): void {
    try {
      for (;;) appendFileSync(this.filler, Buffer.alloc(4096));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }

  /** Gives it back. */
  makeRoom(): void {
    rmSync(this.filler);
  }

  private get filler(): string {
    return join(`/proc/${this.holder.pid}/root`, this.place, "filler");
  }

  async end(): Promise<void> {
    const gone = once(this.holder, "exit");
    this.holder.kill("SIGKILL");
    await gone;
    await rm(this.place, { recursive: true, force: true });
  }
}
