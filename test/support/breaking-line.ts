import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A line to an office that somebody can cut: TLS passes through it, and nobody on it reads anything. */
export class BreakingLine {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private counting: { left: number; act: () => void } | undefined;

  private constructor(to: () => string) {
    this.server = createServer((near) => {
      const [host = '', port = ''] = to().split(':');
      const far = connect(Number(port), host);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => {});
        socket.once('close', () => this.sockets.delete(socket));
      }
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
      near.pipe(far);
      far.on('data', (chunk) => {
        near.write(chunk);
        this.count(chunk.length);
      });
    });
  }

  /** @param to where the office is: `host:port` */
  static async open(to: () => string): Promise<BreakingLine> {
    const line = new BreakingLine(to);
    line.server.listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    return line;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Does something once so many bytes more have come from the office; what was to be done before is not any more. */
  after(bytes: number, act: () => void): void {
    this.counting = { left: bytes, act };
  }

  /** Whoever is on the line finds it broken; who calls anew gets through. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private count(bytes: number): void {
    const { counting } = this;
    if (!counting) return;
    counting.left -= bytes;
    if (counting.left > 0) return;
    this.counting = undefined;
    counting.act();
  }
}
