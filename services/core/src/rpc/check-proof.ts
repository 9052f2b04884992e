import type { Metadata } from '@grpc/grpc-js';
import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { PROOF_WINDOW_MS, proofBytes, type SignedStatement } from '../domain/proof.js';
import { Refusal } from '../domain/refusal.js';
import { SeenOnce } from '../domain/seen-once.js';
import type { Statements } from '../trust/statements.js';
import { readStatement } from '../wire/statement-metadata.js';

interface Desk {
  office: OfficeId;
  clock: Clock;
  statements: Statements;
  audit: Pick<AuditLog, 'knows'>;
}

/** A question of another office, as it arrived. */
interface Question {
  procedure: string;
  request: Buffer;
  metadata: Metadata;
  exchange: Exchange;
}

/**
 * Holds questions of other offices against their proofs: signed by the very office that the connection is with, over
 * these bytes, a moment ago, and for the first time.
 */
export class ProofCheck {
  private readonly desk: Desk;
  private readonly startedAt: Date;
  private readonly seen: SeenOnce;
  private newest: number;

  constructor(desk: Desk) {
    this.desk = desk;
    this.startedAt = desk.clock.now();
    this.newest = this.startedAt.getTime();
    this.seen = new SeenOnce(2 * PROOF_WINDOW_MS, this.startedAt);
  }

  /** Of what came before this node started, or before its clock was set back, only the log knows. */
  private canHaveForgotten(now: Date): boolean {
    this.newest = Math.max(this.newest, now.getTime());
    return now.getTime() < this.newest || now.getTime() - this.startedAt.getTime() < 2 * PROOF_WINDOW_MS;
  }

  /**
   * @returns the proof; undefined of an operator, whose certificate and session stand for them
   * @throws Refusal PROOF_NOT_VALID, PROOF_STALE, REPLAYED
   */
  async check({ procedure, request, metadata, exchange }: Question): Promise<SignedStatement | undefined> {
    const { office, clock, statements, audit } = this.desk;
    const { caller, id, nonce, operator, purpose, mandate } = exchange;
    if (caller.kind !== 'office') return undefined;
    const proof = readStatement('proof', (key) => metadata.get(key)[0]);
    if (!proof) throw new Refusal('PROOF_NOT_VALID');
    const statement = { exchange: id, nonce, procedure, asking: caller.office, answering: office, operator, purpose };
    const bytes = proofBytes({ ...statement, mandate: mandate?.signature, askedAt: new Date(proof.at), request });
    if ((await statements.officeThatSigned(bytes, proof)) !== caller.office) throw new Refusal('PROOF_NOT_VALID');
    const now = clock.now();
    if (Math.abs(now.getTime() - proof.at) > PROOF_WINDOW_MS) throw new Refusal('PROOF_STALE');
    if (!this.seen.isFirst(`${caller.office} ${id}`, now)) throw new Refusal('REPLAYED');
    if (this.canHaveForgotten(now) && (await audit.knows(caller, id))) throw new Refusal('REPLAYED');
    return proof;
  }
}
