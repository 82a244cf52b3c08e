import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real mail server (aiosmtpd, from Debian), which puts what it takes into a Maildir. */
export class MailServer {
  private constructor(
    readonly url: string,
    readonly folder: string,
    readonly process: ChildProcess,
  ) {}

  static async start(): Promise<MailServer> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), "sapa-mail-"));
    const listen = `127.0.0.1:${port}`;
    const handler = ["-c", "aiosmtpd.handlers.Mailbox", join(folder, "box")];
    // Debian's own Python, which has the package, whatever another one is first.
    const child = spawn("/usr/bin/python3", ["-m", "aiosmtpd", "-n", "-l", listen, ...handler], { stdio: "inherit" });
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 100 || child.exitCode !== null) throw new Error("the mail server does not start");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return new MailServer(`smtp://${listen}`, folder, child);
  }

  /** The letters to an address, oldest first, each as its text. */
  async letters(address: string): Promise<string[]> {
    const box = join(this.folder, "box", "new");
    const files = await readdir(box).catch(() => []);
    const letters = await Promise.all(files.sort().map((file) => readFile(join(box, file), "utf8")));
    return letters.filter((letter) => new RegExp(`^To: .*${address}`, "im").test(letter)).map(text);
  }

  /** Waits for the letter that follows those that have been read, and gives the link in it. */
  async link(address: string, after: number): Promise<string> {
    for (let tries = 0; tries < 150; tries++) {
      const letter = (await this.letters(address))[after];
      const link = letter && /https?:\/\/\S+/.exec(letter)?.[0];
      if (link) return link;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no letter to ${address}`);
  }

  async end(): Promise<void> {
    const gone = once(this.process, "exit");
    this.process.kill();
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The body of a letter, out of the two encodings that letters come in. */
function text(letter: string): string {
  const [head, ...rest] = letter.split(/\r?\n\r?\n/);
  const body = rest.join("\n\n");
  if (/base64/i.test(head!)) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return /quoted-printable/i.test(head!) ? Buffer.from(bytes, "latin1").toString("utf8") : body;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const answered = await Promise.race([
    once(socket, "data").then(() => true),
    once(socket, "error").then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answered;
}
