import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** So long, what is under way when an office stops may come to its end. */
export const LAST_MOMENT_MS = 2_000;

/**
 * Every connection to a listener, from before TLS begins on it. A server's own close waits for all of them and can end only
 * those on which its protocol has begun: whoever connects and says nothing would keep an office from stopping.
 */
export class OpenSockets {
  private readonly open = new Set<Socket>();

  watch(listener: EventEmitter): void {
    listener.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  hangUp(): void {
    for (const socket of this.open) socket.destroy();
  }
}
