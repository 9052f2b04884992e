import type { Kysely } from 'kysely';
import { type Clock, today } from '../domain/clock.js';
import { type Change, type Holding, holdingAfter } from '../domain/fold-changes.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { enterChanges, versionsUnder } from '../storage/changes.js';
import { writeAlone } from '../storage/dialect.js';
import { holdingsUnder, putHoldings, quarantine } from '../storage/identity-ledger.js';
import type { CoreTables } from '../storage/tables.js';

/** What became of a holding that a municipality stated anew. */
export interface Restatement {
  residentRecordCode: ResidentRecordCode;
  /** Whether it stands now as stated; something newer is held otherwise, and stays quarantined if it is of that municipality. */
  stands: boolean;
}

/**
 * Replaces what a municipality has found to differ by what it has itself: the register is where the truth is (HOME).
 * Something newer stays: another municipality's, or the municipality's own that it has lost.
 */
export function restateHoldings(
  { ledger, clock }: { ledger: Kysely<CoreTables>; clock: Clock },
  changes: Change[],
): Promise<Restatement[]> {
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const codes = changes.map(({ identification }) => identification.residentRecordCode);
    const held = await holdingsUnder(trx, codes);
    await quarantine(
      trx,
      changes.filter((change) => isTheirs(held, change)).map(({ identification }) => identification.residentRecordCode),
      clock.now(),
    );
    const stated = changes.filter((change) => !isNewer(held, change));
    // What is put in its place is out of quarantine.
    await putHoldings(trx, stated.map(holdingAfter));
    const kept = await versionsUnder(trx, codes);
    const isKept = ({ identification, version }: Change) =>
      kept.get(identification.residentRecordCode)?.has(version) ?? false;
    await enterChanges(
      trx,
      stated.filter((change) => !isKept(change)),
      today(clock),
    );
    return changes.map((change) => ({
      residentRecordCode: change.identification.residentRecordCode,
      stands: stated.includes(change),
    }));
  });
}

function isNewer(held: Map<ResidentRecordCode, Holding>, { identification, version }: Change): boolean {
  return (held.get(identification.residentRecordCode)?.version ?? -1) > version;
}

function isTheirs(held: Map<ResidentRecordCode, Holding>, { identification, municipality }: Change): boolean {
  return held.get(identification.residentRecordCode)?.municipality === municipality;
}
