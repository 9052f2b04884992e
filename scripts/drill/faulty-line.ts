import { EventEmitter } from 'node:events';
import { type handleUnaryCall, Metadata, type ServerUnaryCall, type ServiceError, status } from '@grpc/grpc-js';
import { isAllowed } from '#core/domain/access-policy.js';
import { callerRoleAt, callerUri } from '#core/domain/caller.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Peers } from '#core/peers/peers.js';
import { CALLER } from '#core/rpc/exchange-of-call.js';
import type { Random } from '../seed/random.js';
import type { Fate } from './schedule.js';
import type { VirtualTime } from './virtual-time.js';

/** How long an asking office waits. */
const PATIENCE_MS = 20_000;
const MOST_STEPS = 2_000;
const MINUTE = 60_000;

type Reply = (error: ServiceError | null, answer?: Buffer, trailer?: Metadata) => void;

interface Letter {
  from: OfficeId;
  to: OfficeId;
  path: string;
  question: Buffer;
  metadata: Metadata;
}

interface Surroundings {
  time: VirtualTime;
  random: Random;
  fates: (readonly [weight: number, fate: Fate])[];
  /** How an office answers a procedure; undefined while it is down. */
  answerOf: (office: OfficeId, path: string) => handleUnaryCall<Buffer, Buffer> | undefined;
  /** Ends an office after so many steps. */
  crash: (office: OfficeId, steps: number) => void;
}

/**
 * The line between offices of one process, in the place of grpc-js and TLS: bytes go in and out, and on the way they are
 * lost, doubled, late, or kept and delivered again long after. What it does is drawn from a seed.
 */
export class FaultyLine {
  private readonly surroundings: Surroundings;
  private readonly cut = new Map<OfficeId, 'SILENT' | 'REFUSING'>();
  private readonly fates: Fate[];
  private isHealed = false;
  /** How often each fate was met. */
  readonly seen = new Map<Fate, number>();

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
    this.fates = surroundings.fates.flatMap(([weight, fate]) => Array.from({ length: weight }, () => fate));
  }

  /** Cuts an office off: its questions and answers vanish, or connections are refused. */
  partition(office: OfficeId, how: 'SILENT' | 'REFUSING'): void {
    if (!this.isHealed) this.cut.set(office, how);
  }

  join(office: OfficeId): void {
    this.cut.delete(office);
  }

  /** From now on all arrives; what is on its way, old copies included, stays on its way. */
  heal(): void {
    this.isHealed = true;
    this.cut.clear();
  }

  /** The connections of an office, as far as `send` uses them: nothing reaches an office that has ended since. */
  peersOf(from: OfficeId, isAlive: () => boolean): Peers {
    const client = (to: OfficeId) => ({
      makeUnaryRequest: (
        path: string,
        _serialize: unknown,
        _deserialize: unknown,
        question: Buffer,
        metadata: Metadata,
        _options: unknown,
        reply: Reply,
      ) => {
        const call = new EventEmitter();
        this.ask({ from, to, path, question, metadata }, (error, answer, trailer = new Metadata()) => {
          if (!isAlive()) return;
          reply(error, answer);
          call.emit('status', { metadata: trailer });
        });
        return call;
      },
    });
    return { client, close: () => {} } as unknown as Peers;
  }

  private ask(letter: Letter, reply: Reply): void {
    const { time, random, crash } = this.surroundings;
    const giveUp = time.later(() => answered(unavailable()), PATIENCE_MS);
    let isAnswered = false;
    const answered: Reply = (error, answer, trailer) => {
      giveUp();
      if (!isAnswered) reply(error, answer, trailer);
      isAnswered = true;
    };
    const cut = this.cut.get(letter.from) ?? this.cut.get(letter.to);
    if (cut === 'REFUSING') time.later(() => answered(unavailable()), 1);
    if (cut) return;
    const arrive = (ms: number, to: Reply) => time.later(() => this.arrives(letter, to), ms);
    const soon = random.between(1, 60);
    switch (this.drawFate()) {
      case 'QUESTION_LOST':
        return;
      case 'ANSWER_LOST':
        arrive(soon, lost);
        return;
      case 'TWICE':
        arrive(soon, answered);
        arrive(random.between(1, 200), answered);
        return;
      case 'AGAIN_MUCH_LATER':
        arrive(soon, answered);
        arrive(random.between(1, 3 * 24 * 60) * MINUTE, lost);
        return;
      case 'LATE':
        arrive(random.between(1_000, 5 * MINUTE), answered);
        return;
      case 'ANSWERING_OFFICE_CRASHES':
        time.later(() => {
          this.arrives(letter, answered);
          crash(letter.to, random.integer(MOST_STEPS));
        }, soon);
        return;
      case 'ASKING_OFFICE_CRASHES':
        arrive(soon, (error, answer, trailer) => {
          answered(error, answer, trailer);
          crash(letter.from, random.integer(MOST_STEPS));
        });
        return;
      case 'ARRIVES':
        arrive(soon, answered);
    }
  }

  private drawFate(): Fate {
    const fate = this.isHealed ? 'ARRIVES' : this.surroundings.random.pick(this.fates);
    this.seen.set(fate, (this.seen.get(fate) ?? 0) + 1);
    return fate;
  }

  /** As the server does it: the certificate names the caller, the access policy lets it through, the answer goes back. */
  private arrives({ from, to, path, question, metadata: sent }: Letter, reply: Reply): void {
    const { time, random, answerOf } = this.surroundings;
    const answer = answerOf(to, path);
    if (!answer) {
      reply(unavailable());
      return;
    }
    const caller = { kind: 'office' as const, office: from };
    if (!isAllowed(path, callerRoleAt(to, caller))) throw new Error(`${from} may not call ${path} at ${to}`);
    const metadata = sent.clone();
    metadata.set(CALLER, callerUri(caller));
    const call = { request: Buffer.from(question), metadata } as ServerUnaryCall<Buffer, Buffer>;
    answer(call, (error, bytes, trailer) => {
      // Of an office that has ended meanwhile, or has begun anew, nothing comes back.
      if (answerOf(to, path) !== answer) return;
      const ms = random.between(1, 60);
      if (error) time.later(() => reply(error as ServiceError, undefined, error.metadata as Metadata), ms);
      else time.later(() => reply(null, Buffer.from(bytes ?? []), trailer ?? undefined), ms);
    });
  }
}

function lost(): void {}

function unavailable(): ServiceError {
  const error = new Error('the line is down');
  return Object.assign(error, { code: status.UNAVAILABLE, details: error.message, metadata: new Metadata() });
}
