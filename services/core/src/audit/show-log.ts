import type { Kysely } from 'kysely';
import type { CertifiedNote } from '../domain/certified-note.js';
import type { Clock } from '../domain/clock.js';
import type { Account, Fresh } from '../domain/exchange.js';
import { type Head, showingBytes, type Witnessed } from '../domain/head.js';
import { type OfficeId, originOf } from '../domain/office.js';
import { faultOf, type Logger } from '../logger.js';
import { evidenceAbout } from '../storage/alarms.js';
import { writeAlone } from '../storage/dialect.js';
import type { CoreTables } from '../storage/tables.js';
import { logWitnessBy, putLogWitness } from '../storage/witnesses.js';
import { readNote } from '../trust/signed-note.js';
import type { Statements } from '../trust/statements.js';
import type { AuditLog } from './audit-log.js';
import { type Checkpoint, checkpointText, readCheckpoint } from './checkpoint.js';
import { readContradiction } from './contradiction.js';
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

/** This office's own log, as it is shown to its witnesses, and what they say that they have seen of it. */
export class ShownLog {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** As headFor; undefined where the log is broken. */
  headIfAny(witness: OfficeId, fromSize?: number): Promise<Head | undefined> {
    return this.headFor(witness, fromSize).catch((error) => {
      this.desk.logger.error({ fault: faultOf(error) }, 'the log of this office can not be shown');
      return undefined;
    });
  }

  /** @param fromSize how many entries the witness has seen; by default as many as it last said */
  async headFor(witness: OfficeId, fromSize?: number): Promise<Head> {
    const { office, ledger, audit, statements, clock } = this.desk;
    const from = fromSize ?? (await logWitnessBy(ledger, witness))?.size ?? 0;
    const checkpoint = await audit.checkpoint(office);
    // Where the log has become shorter nothing can be shown; the witness has to see that, too.
    const proof = from <= checkpoint.size ? await audit.proveConsistency(from, checkpoint.size) : [];
    const [text, now] = [checkpointText(checkpoint), clock.now()];
    const showing = { witness, text, fromSize: from, proof, shownAt: now.getTime() };
    // Both begin in one turn, so that they are made with one key.
    const signed = statements.signNote(text, originOf(office));
    const { signature } = await statements.sign(showingBytes(showing), now);
    return { checkpoint: signed, fromSize: from, proof, shownAt: showing.shownAt, signature };
  }

  /**
   * Keeps what a witness has countersigned, or raises an alarm where this log contradicts what it once showed. Never
   * rejects: what came with it counts all the same.
   *
   * @returns how many entries the log has to be shown from once more; undefined where it need not
   */
  async heed(
    witness: OfficeId,
    { size, countersigned, kept }: Witnessed,
    { head, exchange }: { head?: Head; exchange: Pick<Account, 'id' | 'nonce'> },
  ): Promise<number | undefined> {
    try {
      if (kept) await this.lookInto(witness, kept, exchange);
      else if (countersigned) await this.keep(witness, countersigned);
    } catch (error) {
      this.desk.logger.error({ witness, fault: faultOf(error) }, 'what a witness says could not be looked into');
    }
    const isSeen = kept || !head || size === head.fromSize || size === checkpointIn(head)?.size;
    return isSeen ? undefined : size;
  }

  private async keep(witness: OfficeId, countersigned: CertifiedNote): Promise<void> {
    const { ledger, statements, clock, logger } = this.desk;
    const text = statements.textSignedBy(witness, originOf(witness), countersigned);
    const seen = readCheckpoint(text ?? '');
    if (seen && text === (await this.textAt(seen.size)))
      await putLogWitness(ledger, { witness, ...countersigned, size: seen.size, witnessedAt: clock.now() });
    else logger.warn({ witness }, 'what a witness says that it has seen is not in this log');
  }

  /** Of this log's checkpoint at a size; undefined where it has never been that long. */
  private async textAt(size: number): Promise<string | undefined> {
    const { office, audit } = this.desk;
    const now = await audit.checkpoint(office);
    return size > now.size ? undefined : checkpointText({ ...now, size, root: await audit.root(size) });
  }

  private async lookInto(
    witness: OfficeId,
    kept: CertifiedNote,
    exchange: Pick<Account, 'id' | 'nonce'>,
  ): Promise<void> {
    const { office, ledger, statements, clock, logger } = this.desk;
    const held = readCheckpoint(statements.textSignedBy(office, originOf(office), kept) ?? '');
    const shown = await this.headFor(witness, held?.size);
    const checkpoint = checkpointIn(shown);
    const isOwn = held?.origin === originOf(office);
    const judgement = isOwn && checkpoint ? judge(held, { ...shown, checkpoint }) : undefined;
    if (judgement?.is !== 'CONTRADICTION') {
      logger.warn({ witness }, 'a witness accuses this office of another log, and does not show that it had one');
      return;
    }
    const found = { office, witness, why: judgement.why, kept, shown, exchange: exchange.id, foundAt: clock.now() };
    await ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      const known = await evidenceAbout(trx, { pattern: 'LOG_CONTRADICTED', operator: office });
      const isKnown = known
        .map(readContradiction)
        .some((one) => one.witness === witness && one.kept.note === kept.note);
      if (!isKnown) await raiseContradiction(this.desk, trx, found, exchange);
    });
  }
}

function checkpointIn({ checkpoint }: Head): Checkpoint | undefined {
  return readCheckpoint(readNote(checkpoint.note)?.text ?? '');
}
