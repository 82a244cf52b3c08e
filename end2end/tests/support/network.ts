import { once } from "node:events";
import { type Socket, connect, createServer } from "node:net";

/** A network between a browser and a server that can fall silent: nothing passes, and nobody is told. */
export class Network {
  private constructor(
    readonly origin: string,
    private readonly end: () => void,
    private readonly state: { silent: boolean; lines: Set<{ dead: boolean }> },
  ) {}

  static async before(origin: string): Promise<Network> {
    const { hostname, port } = new URL(origin);
    const state = { silent: false, lines: new Set<{ dead: boolean }>() };
    const sockets = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true }, (near) => {
      const line = { dead: state.silent };
      state.lines.add(line);
      const far = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
      for (const [from, to] of [[near, far], [far, near]] as const) {
        sockets.add(from);
        from.on("data", (bytes) => line.dead || to.write(bytes));
        from.on("end", () => line.dead || to.end());
        from.on("error", () => line.dead || to.destroy());
        from.on("close", () => sockets.delete(from));
      }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const end = () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    return new Network(`http://127.0.0.1:${(server.address() as { port: number }).port}`, end, state);
  }

  /** Every connection that there is says nothing any more, for ever; new ones neither until the weather clears. */
  fallsSilent(): void {
    this.state.silent = true;
    for (const line of this.state.lines) line.dead = true;
  }

  /** New connections pass. */
  clears(): void {
    this.state.silent = false;
  }

  close(): void {
    this.end();
  }
}
