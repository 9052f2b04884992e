import type { AuditLog } from '../audit/audit-log.js';
import { askerId, callerUri } from '../domain/caller.js';
import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { PROOF_WINDOW_MS, proofBytes, type SignedStatement } from '../domain/proof.js';
import { Refusal } from '../domain/refusal.js';
import type { Statements } from '../trust/statements.js';

interface Desk {
  office: OfficeId;
  clock: Clock;
  statements: Statements;
  audit: Pick<AuditLog, 'knows'>;
}

/** A question of another office or an agency, as it arrived. */
interface Question {
  procedure: string;
  request: Buffer;
  /** As it came along; undefined where none did. */
  proof: SignedStatement | undefined;
  exchange: Exchange;
}

/**
 * Holds questions of other offices and agencies against their proofs: signed by the very one that the connection is with, over
 * these bytes, a moment ago, and for the first time.
 */
export class ProofCheck {
  private readonly desk: Desk;
  /** What the log does not know yet. */
  private readonly underWay = new Set<string>();

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /**
   * From now on until it is said to be over, the question is not let through again.
   *
   * @returns the proof; undefined of an operator, whose certificate and session stand for them
   * @throws Refusal PROOF_NOT_VALID, PROOF_STALE, REPLAYED
   */
  async check({ procedure, request, proof, exchange }: Question): Promise<SignedStatement | undefined> {
    const { office, clock, statements, audit } = this.desk;
    const { caller, id, nonce, operator, purpose, mandate } = exchange;
    if (caller.kind === 'operator') return undefined;
    if (!proof) throw new Refusal('PROOF_NOT_VALID');
    const asking = askerId(caller);
    const statement = { exchange: id, nonce, procedure, asking, answering: office, operator, purpose };
    const bytes = proofBytes({ ...statement, mandate: mandate?.signature, askedAt: new Date(proof.at), request });
    const signer = await statements.whoSigned(bytes, proof);
    if (!signer || askerId(signer) !== asking) throw new Refusal('PROOF_NOT_VALID');
    const now = clock.now();
    if (Math.abs(now.getTime() - proof.at) > PROOF_WINDOW_MS) throw new Refusal('PROOF_STALE', { now });
    const name = nameOf(exchange);
    if (this.underWay.has(name)) throw new Refusal('REPLAYED');
    this.underWay.add(name);
    try {
      if (await audit.knows(caller, id)) throw new Refusal('REPLAYED');
      return proof;
    } catch (error) {
      this.underWay.delete(name);
      throw error;
    }
  }

  /** The log has a question that was let through, and knows it from then on. */
  isLogged(exchange: Exchange): void {
    this.underWay.delete(nameOf(exchange));
  }
}

/** Others may use the same name for theirs. */
function nameOf({ caller, id }: Exchange): string {
  return `${callerUri(caller)} ${id}`;
}
