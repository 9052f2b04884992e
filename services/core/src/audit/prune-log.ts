import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { callerUri } from '../domain/caller.js';
import { type Clock, dayOf, today } from '../domain/clock.js';
import { type Fresh, newNonce } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { logEntryRetainedUntil } from '../domain/retention.js';
import { readLogSecret } from '../storage/audit-entries.js';
import { writeAlone } from '../storage/dialect.js';
import {
  deleteCertificatesBefore,
  deleteEntriesBefore,
  namedOnlyBefore,
  oldestEntries,
  putPrunedBefore,
  readPrunedBefore,
} from '../storage/prune-entries.js';
import type { CoreTables } from '../storage/tables.js';
import type { AuditLog } from './audit-log.js';
import type { Leaf } from './entry.js';
import { LogKey } from './log-key.js';

/** So many entries go in one transaction: appends wait for no longer than that takes. */
const ENTRIES_AT_ONCE = 200;
const READ_AT_ONCE = 500;
/** A person's key takes some tenths of a millisecond: others have their turn after so many. */
const KEYS_A_TURN = 10;

/** Whose log is pruned. */
export interface PrunedOffice extends Fresh {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  clock: Clock;
}

/**
 * Deletes the entries at the beginning of a log that need not be kept any more. The tree stays, and every proof of what
 * remains with it. First the log itself says how far: `audit/PRUNED/123` where 123 is the first position that is kept. So
 * whoever reads the log knows that what is missing before it was to go, also where this is cut off and goes on next time.
 *
 * Of somebody of whom no entry remains, what is kept is how often they were named, so that no tag comes twice and the
 * first number that they are shown says what is missing; under a mark that is not found without the log's key.
 *
 * @param isOver - ends it before its time; the rest is for the next time
 * @returns how many entries are gone
 */
export async function pruneLog(pruned: PrunedOffice, isOver: () => boolean = () => false): Promise<number> {
  const { ledger } = pruned;
  const before = await endOfPrunable(pruned);
  if (before > (await readPrunedBefore(ledger))) await sayPruned(pruned, before);
  const key = new LogKey(await readLogSecret(ledger));
  let gone = 0;
  let [first] = await oldestEntries(ledger, { from: 0, most: 1 });
  while (first && first.position < before && !isOver()) {
    gone += await pruneUntil(ledger, key, Math.min(first.position + ENTRIES_AT_ONCE, before));
    [first] = await oldestEntries(ledger, { from: 0, most: 1 });
  }
  if (gone > 0) await deleteCertificatesBefore(ledger, before);
  return gone;
}

/** The position of the first entry that is to be kept; the newest is, since the next position follows from it. */
async function endOfPrunable({ ledger, clock }: PrunedOffice): Promise<number> {
  const now = today(clock);
  const isKept = (leaf: string) => logEntryRetainedUntil(dayOf(new Date(atOf(leaf)))) >= now;
  for (let newest = -1; ; ) {
    const entries = await oldestEntries(ledger, { from: newest + 1, most: READ_AT_ONCE });
    const kept = entries.find(({ leaf }) => isKept(leaf));
    newest = entries.at(-1)?.position ?? newest;
    if (kept || entries.length < READ_AT_ONCE) return kept?.position ?? newest;
  }
}

function atOf(leaf: string): string {
  return (JSON.parse(leaf) as Leaf).at;
}

function sayPruned({ office, ledger, audit, ...fresh }: PrunedOffice, before: number): Promise<void> {
  const self = { caller: callerUri({ kind: 'office' as const, office }), answering: office, operator: null };
  return ledger.transaction().execute(async (trx) => {
    await audit.appendWith(trx, {
      ...{ ...self, event: 'RECORDED', procedure: `audit/PRUNED/${before}`, purpose: 'RETENTION', outcome: 'OK' },
      ...{ exchange: fresh.newId(), nonce: newNonce(fresh), request: null, answer: null, concerns: [] },
    });
    await putPrunedBefore(trx, before);
  });
}

async function pruneUntil(ledger: Kysely<CoreTables>, key: LogKey, before: number): Promise<number> {
  const marks = new Map<ResidentRecordCode, string>();
  for (const { code } of await namedOnlyBefore(ledger, before)) {
    marks.set(code, key.tag(code, 0));
    if (marks.size % KEYS_A_TURN === 0) await turn();
  }
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    return deleteEntriesBefore(trx, before, (code) => marks.get(code) ?? key.tag(code, 0));
  });
}
