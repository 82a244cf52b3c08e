import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "./mail.ts";

/** A real TURN server (coturn, from Debian) on this machine alone. */
export class Relay {
  private constructor(
    readonly port: number,
    readonly secret: string,
    readonly folder: string,
    readonly process: ChildProcess,
  ) {}

  /** On a free port, or on that of one that is gone. */
  static async start(at?: number): Promise<Relay> {
    const folder = await mkdtemp(join(tmpdir(), "sapa-relay-"));
    const [port, secret] = [at ?? (await freePort()), "rahasia-relai"];
    const settings = [
      "-n",
      "--listening-ip=127.0.0.1",
      "--relay-ip=127.0.0.1",
      `--listening-port=${port}`,
      "--use-auth-secret",
      `--static-auth-secret=${secret}`,
      "--realm=sapa.test",
      "--allow-loopback-peers",
      "--no-tls",
      "--no-dtls",
      "--no-cli",
      "--log-file=stdout",
      `--pidfile=${join(folder, "pid")}`,
      `--userdb=${join(folder, "users")}`,
    ];
    const child = spawn("turnserver", settings, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout! });
    for await (const line of lines) {
      if (/Total General servers/.test(line)) {
        // What it says later must not fill the pipe.
        child.stdout!.resume();
        return new Relay(port, secret, folder, child);
      }
    }
    throw new Error("coturn left without listening");
  }

  get url(): string {
    return `turn:127.0.0.1:${this.port}`;
  }

  async end(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = once(this.process, "exit");
      this.process.kill();
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
