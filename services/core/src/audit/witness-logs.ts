import type { Kysely, Transaction } from 'kysely';
import type { CertifiedNote } from '../domain/certified-note.js';
import type { Clock } from '../domain/clock.js';
import type { Account, Fresh } from '../domain/exchange.js';
import { type Head, showingBytes, type Witnessed } from '../domain/head.js';
import { type OfficeId, originOf } from '../domain/office.js';
import { faultOf, type Logger } from '../logger.js';
import { isOpen } from '../storage/alarms.js';
import { writeAlone } from '../storage/dialect.js';
import type { CoreTables } from '../storage/tables.js';
import { putWitnessedLog, type WitnessedLog, witnessedLogOf } from '../storage/witnesses.js';
import { readNote } from '../trust/signed-note.js';
import type { Statements } from '../trust/statements.js';
import type { AuditLog } from './audit-log.js';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { raiseContradiction } from './raise-contradiction.js';
import { judge } from './witness.js';

interface Desk extends Pick<Fresh, 'newId'> {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  statements: Statements;
  clock: Clock;
  logger: Logger;
}

/** A head that is the very office's, and was shown to this one. */
export interface BelievedHead {
  office: OfficeId;
  head: Head;
  checkpoint: Checkpoint;
}

/** What is held of a log, with the checkpoint read. */
type Held = WitnessedLog & { checkpoint: Checkpoint };

/** What this office sees of other offices' logs, and keeps. */
export class WitnessOfLogs {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** Undefined where the office did not sign it, of its own log and for this witness: it is not used, and accuses nobody. */
  async believe(office: OfficeId, head: Head): Promise<BelievedHead | undefined> {
    const { statements, logger, office: witness } = this.desk;
    const origin = originOf(office);
    const { checkpoint: signed, shownAt: at, signature } = head;
    const text = statements.textSignedBy(office, origin, signed) ?? '';
    const checkpoint = readCheckpoint(text);
    const showing = showingBytes({ ...head, witness, text });
    const shownBy = await statements.officeThatSigned(showing, { at, signature, certificate: signed.certificate });
    if (checkpoint?.origin === origin && shownBy === office) return { office, head, checkpoint };
    logger.warn({ log: office }, 'a head is not signed by the office that it came from: it is not used');
    return undefined;
  }

  /**
   * Keeps a head that goes on from what is held; raises an alarm where it contradicts that. Until a supervisor has closed
   * it, none is taken from that office; the next one then counts as a first one. In the caller's transaction.
   */
  async take(
    trx: Transaction<CoreTables>,
    { office, head, checkpoint }: BelievedHead,
    exchange: Pick<Account, 'id' | 'nonce'>,
  ): Promise<Witnessed> {
    await writeAlone(trx);
    const held = await this.held(trx, office);
    if (held?.contradictedBy !== undefined) return this.tell(held);
    const { clock, office: witness } = this.desk;
    const judgement = judge(held?.checkpoint, { ...head, checkpoint });
    const now = clock.now();
    if (held && judgement.is === 'CONTRADICTION') {
      const found = { office, witness, why: judgement.why, kept: signedIn(held), shown: head, foundAt: now };
      const contradictedBy = await raiseContradiction(this.desk, trx, { ...found, exchange: exchange.id }, exchange);
      await putWitnessedLog(trx, { ...held, contradictedBy });
      return this.tell({ ...held, contradictedBy });
    }
    if (held && judgement.is !== 'NEW') return this.tell(held);
    const next = { office, ...head.checkpoint, size: checkpoint.size, witnessedAt: now };
    await putWitnessedLog(trx, next);
    return this.tell(next);
  }

  /** A head that came with an answer, where nothing else is written. Never rejects: the answer counts all the same. */
  async heed(office: OfficeId, head: Head, exchange: Pick<Account, 'id' | 'nonce'>): Promise<void> {
    const { ledger, logger } = this.desk;
    try {
      const believed = await this.believe(office, head);
      if (believed) await ledger.transaction().execute((trx) => this.take(trx, believed, exchange));
    } catch (error) {
      logger.error({ log: office, fault: faultOf(error) }, 'a head could not be looked into');
    }
  }

  /** What is held of an office's log. */
  async seenOf(office: OfficeId): Promise<Witnessed> {
    return this.tell(await this.held(this.desk.ledger, office));
  }

  /** Undefined where there is nothing, or what there was has been contradicted and looked into. */
  private async held(db: Kysely<CoreTables>, office: OfficeId): Promise<Held | undefined> {
    const log = await witnessedLogOf(db, office);
    const checkpoint = log && readCheckpoint(readNote(log.note)?.text ?? '');
    if (!log || !checkpoint) return undefined;
    const isSettled = log.contradictedBy !== undefined && !(await isOpen(db, log.contradictedBy));
    return isSettled ? undefined : { ...log, checkpoint };
  }

  private tell(held: Told | undefined): Witnessed {
    if (!held) return { size: 0 };
    const { size, note, contradictedBy } = held;
    if (contradictedBy !== undefined) return { size, kept: signedIn(held) };
    const { statements, office: witness } = this.desk;
    return { size, countersigned: statements.signNote(readNote(note)?.text ?? '', originOf(witness)) };
  }
}

type Told = Pick<WitnessedLog, 'size' | 'note' | 'certificate' | 'contradictedBy'>;

function signedIn({ note, certificate }: CertifiedNote): CertifiedNote {
  return { note, certificate };
}
