import { createHash } from 'node:crypto';
import type { Clock } from '../domain/clock.js';
import { mayDo, type OperatorRole } from '../domain/operator-role.js';
import { Refusal } from '../domain/refusal.js';

export const IDLE_MINUTES = 5;
const IDLE_MS = IDLE_MINUTES * 60_000;
const LONGEST_MS = 8 * 3_600_000;
const TOKEN_BYTES = 32;

/** An operator of this office who has shown their card and said their password. */
export interface SignedIn {
  name: string;
  role: OperatorRole;
  /** The fingerprint of the card that they signed in with. */
  card: string;
}

/** What an operator is given when they sign in. */
export interface BegunSession {
  /** Base64url. Whoever has it and the card is the operator, until it ends. */
  token: string;
  role: OperatorRole;
  beganAt: Date;
  endsAt: Date;
}

interface Session extends SignedIn {
  endsAt: number;
  lastUsedAt: number;
}

/**
 * Who is signed in at an office. A session is kept by the hash of its token and in memory alone: it ends with the
 * process, and a ledger that is stolen has none. Another office knows nothing of it.
 */
export class Sessions {
  private readonly byHash = new Map<string, Session>();
  private readonly clock: Clock;
  private readonly randomBytes: (size: number) => Buffer;

  constructor(clock: Clock, randomBytes: (size: number) => Buffer) {
    this.clock = clock;
    this.randomBytes = randomBytes;
  }

  /** Begins a session of an operator who proved to be one. */
  begin({ name, role, card }: SignedIn): BegunSession {
    this.dropEnded();
    const now = this.clock.now().getTime();
    const token = this.randomBytes(TOKEN_BYTES).toString('base64url');
    const endsAt = now + LONGEST_MS;
    this.byHash.set(hashOf(token), { name, role, card, endsAt, lastUsedAt: now });
    return { token, role, beganAt: new Date(now), endsAt: new Date(endsAt) };
  }

  /**
   * The operator who asks for a method with this token over a connection with this card. The session goes on from now.
   *
   * @throws Refusal SIGN_IN_REQUIRED, the same for a token that never was, that ended, and that is another card's;
   * ROLE_NOT_ALLOWED where the operator's role has no place for the method
   */
  check(token: string, card: string, method: string): SignedIn {
    const session = this.byHash.get(hashOf(token));
    const now = this.clock.now().getTime();
    if (!session || session.card !== card || hasEnded(session, now)) throw new Refusal('SIGN_IN_REQUIRED');
    session.lastUsedAt = now;
    if (!mayDo(session.role, method)) throw new Refusal('ROLE_NOT_ALLOWED');
    return { name: session.name, role: session.role, card };
  }

  /** Ends a session; with another card than its own, nothing happens. */
  end(token: string, card: string): void {
    const hash = hashOf(token);
    if (this.byHash.get(hash)?.card === card) this.byHash.delete(hash);
  }

  /** Ends whatever sessions an operator has. */
  endAllOf(name: string): void {
    for (const [hash, session] of this.byHash) if (session.name === name) this.byHash.delete(hash);
  }

  /** At each sign-in, which takes longer than this: so what is kept stays as small as what can be begun in five minutes. */
  private dropEnded(): void {
    const now = this.clock.now().getTime();
    for (const [hash, session] of this.byHash) if (hasEnded(session, now)) this.byHash.delete(hash);
  }
}

function hasEnded({ endsAt, lastUsedAt }: Session, now: number): boolean {
  return now >= endsAt || now >= lastUsedAt + IDLE_MS;
}

/** Looked up by its hash: how long a look-up takes tells nothing of a token. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
