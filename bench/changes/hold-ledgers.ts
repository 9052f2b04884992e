import { statSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { codeOf } from '#core/domain/office.js';
import { ledgerFile } from '#core/places.js';
import { digestsOf } from '#core/propagation/compare-ranges.js';
import { readEntries } from '#core/storage/audit-entries.js';
import { countOpenDiscrepancies } from '#core/storage/discrepancies.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { LEVELS, type Level, OFFICES } from './level.js';

const TABLES = ['identification_information', 'change_information', 'audit_entry', 'audit_subject'] as const;

/** What a run left in a ledger. */
export interface Kept {
  /** In all tables that changes are written to; those of the queue have come and gone. */
  rows: number;
  megabytes: number;
  /** Deliveries that the office answered. */
  deliveries: number;
}

/**
 * Holds the ledgers of a run against what was to climb: each has all of it, as an active holding and as a change, and
 * the same as the municipality; nothing waits, and nothing was refused. The processes have ended.
 *
 * @throws Error that says where it is otherwise
 */
export async function holdLedgers(data: string, entries: number): Promise<Record<Level, Kept>> {
  const kept: Partial<Record<Level, Kept>> = {};
  const digests: string[] = [];
  for (const level of LEVELS) {
    const url = ledgerFile(data, OFFICES[level]);
    const ledger = await openLedger(url);
    try {
      const [range] = await digestsOf({ ledger, municipality: codeOf(OFFICES.municipality) }, ['']);
      expect(level, 'active holdings', range?.count, entries);
      expect(level, 'changes', await countOf(ledger, 'change_information'), entries);
      expect(level, 'waiting changes', await countOf(ledger, 'outbox'), 0);
      expect(level, 'discrepancies', await countOpenDiscrepancies(ledger), 0);
      digests.push(range?.digest.toString('hex') ?? '');
      const counts = await Promise.all(TABLES.map((table) => countOf(ledger, table)));
      const rows = counts.reduce((sum, count) => sum + count, 0);
      kept[level] = { rows, megabytes: 0, deliveries: await deliveriesIn(ledger) };
    } finally {
      await ledger.destroy();
    }
    // The file is whole once its write-ahead log has been brought into it, as the last connection ends.
    kept[level].megabytes = statSync(url.replace('sqlite:', '')).size / 1e6;
  }
  if (new Set(digests).size !== 1) throw new Error('the three ledgers do not hold the same');
  return kept as Record<Level, Kept>;
}

function expect(level: Level, what: string, seen: number | undefined, expected: number): void {
  if (seen !== expected) throw new Error(`the ledger of the ${level} has ${seen} ${what} instead of ${expected}`);
}

async function countOf(ledger: Kysely<CoreTables>, table: keyof CoreTables): Promise<number> {
  const { rows } = await ledger
    .selectFrom(table)
    .select((row) => row.fn.countAll().as('rows'))
    .executeTakeFirstOrThrow();
  return Number(rows);
}

async function deliveriesIn(ledger: Kysely<CoreTables>): Promise<number> {
  const entries = await readEntries(ledger);
  return entries.filter(({ leaf }) => {
    const { event, procedure } = JSON.parse(leaf) as { event: string; procedure: string };
    return event === 'ANSWERED' && procedure.endsWith('/DeliverChanges');
  }).length;
}
