import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { SmallDisk } from "./disk.ts";

const binary = process.env["SAPA_BINARY"] ?? resolve(import.meta.dirname, "../../../dist/sapa");

/** The release program, serving a data folder of its own. */
export class Server {
  /** `http://host:port`; the same after a restart. */
  origin = "";
  #process: ChildProcess | undefined;

  private constructor(
    readonly data: string,
    readonly settings: string[],
    private readonly disk?: SmallDisk,
  ) {}

  /** Starts the program on a free port and an empty data folder, perhaps with more settings. */
  static async start(...more: string[]): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), "sapa-end2end-")), more);
    await server.serve("127.0.0.1:0");
    return server;
  }

  /** The same on a disk that can be filled. */
  static async startOn(disk: SmallDisk, ...more: string[]): Promise<Server> {
    const server = new Server(disk.place, ["--file-reserve", "0", ...more], disk);
    await server.serve("127.0.0.1:0");
    return server;
  }

  private async serve(address: string): Promise<void> {
    const words = ["serve", "--addr", address, "--data-dir", this.data, "--registrations-address", "10000", ...this.settings];
    const variables = Object.entries(process.env).filter(([name]) => !name.startsWith("SAPA_"));
    const [program, ...rest] = this.disk ? this.disk.within(binary, ...words) : [binary, ...words];
    const child = spawn(program!, rest, {
      env: Object.fromEntries(variables),
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout! })) {
      const origin = /^Sapa is at (\S+)$/.exec(line)?.[1];
      if (origin) {
        this.origin = origin;
        return;
      }
    }
    throw new Error("the program left without saying where it is");
  }

  /** What the program prints for a command of the host's, run beside it. */
  command(...words: string[]): string {
    return execFileSync(binary, [...words, "--data-dir", this.data], { encoding: "utf8", stdio: "pipe" });
  }

  /** Ends it in the middle of whatever it does (SIGKILL). */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
  }

  /** Serves again, on the same data and port. */
  async restart(): Promise<void> {
    await this.serve(new URL(this.origin).host);
  }

  /** Ends it for good and takes its data away. */
  async end(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }
}
