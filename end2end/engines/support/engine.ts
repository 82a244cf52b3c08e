import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Builder, Capabilities, type WebDriver } from "selenium-webdriver";
import { freePort } from "../../tests/support/mail.ts";

/** What pages are drawn by, beside Chromium. */
export type EngineName = "firefox" | "webkit";

/** What a browser of each kind is asked for: microphones and cameras that are none, and no questions about them. */
const WANTED: Record<EngineName, () => object> = {
  firefox: () => ({
    browserName: "firefox",
    "moz:firefoxOptions": {
      binary: "/usr/bin/firefox-esr",
      args: ["-headless", "-width", "1280", "-height", "800"],
      prefs: {
        "intl.accept_languages": "en-GB",
        "media.navigator.permission.disabled": true,
        "media.navigator.streams.fake": true,
        // Ways to reach one another on this machine, where there may be no other network.
        "media.peerconnection.ice.loopback": true,
        "media.peerconnection.ice.obfuscate_host_addresses": false,
        "media.autoplay.default": 0,
      },
    },
  }),
  webkit: () => ({
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": {
      args: ["--automation", "--enable-media-stream=true", "--enable-mock-capture-devices=true"],
    },
  }),
};

/** The program that drives a browser of one kind (W3C WebDriver), and what its windows stand on. */
export class Engine {
  private readonly processes: ChildProcess[] = [];
  private readonly variables: NodeJS.ProcessEnv;
  private missing: Error | undefined;

  private constructor(
    readonly name: EngineName,
    private readonly port: number,
    private readonly folder: string,
  ) {
    this.variables = {
      ...process.env,
      LC_ALL: "C.UTF-8",
      TZ: "Asia/Jakarta",
      PULSE_SERVER: `unix:${join(folder, "sound")}`,
      PULSE_RUNTIME_PATH: folder,
      PULSE_STATE_PATH: folder,
      PULSE_COOKIE: join(folder, "cookie"),
    };
  }

  static async start(name: EngineName): Promise<Engine> {
    const engine = new Engine(name, await freePort(), await mkdtemp(join(tmpdir(), "sapa-engine-")));
    try {
      engine.loudspeaker();
      if (name === "firefox") {
        engine.run("geckodriver", ["--port", `${engine.port}`]);
      } else {
        await engine.screen();
        engine.run("WebKitWebDriver", [`--port=${engine.port}`]);
      }
      await engine.answers();
      return engine;
    } catch (problem) {
      await engine.end();
      throw problem;
    }
  }

  private run(program: string, words: string[], stdio: StdioOptions = "ignore"): ChildProcess {
    const child = spawn(program, words, { env: this.variables, stdio });
    child.on("error", (problem) => (this.missing = problem));
    this.processes.push(child);
    return child;
  }

  /** One that nobody hears: without any nothing is played at all. */
  private loudspeaker(): void {
    const socket = `module-native-protocol-unix auth-anonymous=1 socket=${join(this.folder, "sound")}`;
    const quiet = ["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"];
    this.run("pulseaudio", [...quiet, "-L", "module-null-sink", "-L", socket]);
  }

  /** One that nobody sees, and what gives a window all of it, and the focus. */
  private async screen(): Promise<void> {
    const words = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
    const { stdio } = this.run("Xvfb", words, ["ignore", "ignore", "ignore", "pipe"]);
    const lines = createInterface({ input: stdio[3] as Readable });
    for await (const display of lines) {
      Object.assign(this.variables, { DISPLAY: `:${display}`, NO_AT_BRIDGE: "1" });
      break;
    }
    this.run("matchbox-window-manager", ["-use_titlebar", "no"]);
  }

  private async answers(): Promise<void> {
    for (let tries = 0; !(await fetch(`${this.address}/status`).catch(() => undefined))?.ok; tries++) {
      if (this.missing) throw this.missing;
      if (tries > 200) throw new Error(`the driver of ${this.name} does not start`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A browser that has seen nothing yet. */
  async browser(): Promise<WebDriver> {
    const wanted = new Capabilities(WANTED[this.name]());
    return new Builder().usingServer(this.address).withCapabilities(wanted).build();
  }

  async end(): Promise<void> {
    for (const child of this.processes.reverse()) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, "exit");
      child.kill();
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
