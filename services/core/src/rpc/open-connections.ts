import type { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';
import type { Refusal } from '../domain/refusal.js';
import type { Shown } from '../trust/peer-identity.js';

/** What is used of an HTTP/2 connection. */
interface Session extends EventEmitter {
  socket: TLSSocket;
  destroy(): void;
}

/** Tells an open stream why it ends, and ends it. */
type End = (refusal: Refusal) => Promise<void>;

/** So long, whoever asks once more is told why, and answers to what was let in before are let out. */
const GRACE_MS = 1_000;

/** Who is connected to a gRPC server, and which streams they hold: so that nobody is dropped only when they next ask. */
export class OpenConnections {
  private readonly streamsOf = new Map<Session, Set<End>>();
  private readonly shownBy: (certificate: Buffer | undefined) => Shown | undefined;
  private readonly whyNotHeard: (shown: Shown | undefined) => Refusal | undefined;

  constructor(
    shownBy: (certificate: Buffer | undefined) => Shown | undefined,
    whyNotHeard: (shown: Shown | undefined) => Refusal | undefined,
  ) {
    this.shownBy = shownBy;
    this.whyNotHeard = whyNotHeard;
  }

  /** Knows every connection to a listener from now on. */
  watch(listener: EventEmitter): void {
    listener.on('session', (session: Session) => {
      this.streamsOf.set(session, new Set());
      session.once('close', () => this.streamsOf.delete(session));
    });
  }

  /** @param session of the call; a stream on a connection that is not known ends with that connection */
  holds(session: object | undefined, end: End): void {
    this.streamsOf.get(session as Session)?.add(end);
  }

  over(session: object | undefined, end: End): void {
    this.streamsOf.get(session as Session)?.delete(end);
  }

  /** Ends what whoever is not to be heard any more has open: the streams at once, and are told why; then the connection. */
  review(): void {
    for (const [session, streams] of this.streamsOf) {
      const refusal = this.whyNotHeardOn(session);
      if (!refusal) continue;
      for (const end of streams) void end(refusal);
      streams.clear();
      this.hangUpLater(session);
    }
  }

  private hangUpLater(session: Session): void {
    const timer = setTimeout(() => {
      // Whoever was let back in meanwhile stays.
      if (this.whyNotHeardOn(session)) session.destroy();
    }, GRACE_MS);
    session.once('close', () => clearTimeout(timer));
  }

  private whyNotHeardOn({ socket }: Session): Refusal | undefined {
    return this.whyNotHeard(this.shownBy(socket?.getPeerX509Certificate?.()?.raw));
  }
}
