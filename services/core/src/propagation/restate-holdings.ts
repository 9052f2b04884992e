import type { Kysely, Transaction } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { logRecorded } from '../audit/log-recorded.js';
import { type Clock, today } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import { type Change, codesIn, foldAnew } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { changesWithIds, enterChanges, versionsUnder } from '../storage/changes.js';
import { writeAlone } from '../storage/dialect.js';
import { holdingsUnder, putHoldings } from '../storage/identity-ledger.js';
import { enqueue } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';

/** What became of a holding that a municipality stated anew. */
export interface Restatement {
  residentRecordCode: ResidentRecordCode;
  /** Whether it stands now as stated; otherwise something newer is held. */
  stands: boolean;
}

interface Level {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  clock: Clock;
  /** Where changes go on to; undefined at the national centre. */
  parent: OfficeId | undefined;
}

/**
 * Takes what a municipality has found to differ as it has it itself: the register is where the truth is (HOME). What it
 * says replaces what is held with the same version; something newer stays, another municipality's or what it has lost.
 */
export function restateHoldings(level: Level, changes: Change[], exchange: Exchange): Promise<Restatement[]> {
  const { ledger, clock, parent } = level;
  for (const code of changes.flatMap(codesIn)) exchange.concerns.add(code);
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const held = await holdingsUnder(trx, changes.flatMap(codesIn));
    const before = new Map(held);
    const stands = new Map<ResidentRecordCode, boolean>();
    for (const change of changes.toSorted((a, b) => a.version - b.version))
      stands.set(change.identification.residentRecordCode, foldAnew(held, change) !== 'OLDER');
    // What is put is out of quarantine.
    await putHoldings(
      trx,
      [...held].filter(([code, holding]) => before.get(code) !== holding).map(([, holding]) => holding),
    );
    const missing = await notKept(trx, changes);
    await enterChanges(trx, missing, today(clock));
    // They would be known when their delivery comes, and go no further then.
    if (parent) await enqueue(trx, { destination: parent, kind: 'CHANGE', at: clock.now() }, missing);
    await logRecorded(level, trx, exchange, 'ledger/RESTATEMENT');
    return [...stands].map(([residentRecordCode, stand]) => ({ residentRecordCode, stands: stand }));
  });
}

/** The history that this level does not have. */
async function notKept(trx: Transaction<CoreTables>, changes: Change[]): Promise<Change[]> {
  const ids = await changesWithIds(
    trx,
    changes.map(({ changeId }) => changeId),
  );
  const versions = await versionsUnder(
    trx,
    changes.map(({ identification }) => identification.residentRecordCode),
  );
  return changes.filter(({ changeId, identification: { residentRecordCode: code }, version }) => {
    const taken = versions.get(code) ?? new Set();
    if (ids.has(changeId) || taken.has(version)) return false;
    versions.set(code, taken.add(version));
    return true;
  });
}
