import { setImmediate } from 'node:timers/promises';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Holding } from '../domain/fold-changes.js';
import type { IdentificationInformation } from '../domain/identification-information.js';
import { inGroups } from '../domain/in-groups.js';
import type { LocalGovernmentCode } from '../domain/local-government-code.js';
import { matchKey } from '../domain/match-key.js';
import { Refusal } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { CoreTables } from './tables.js';

const ROWS_AT_ONCE = 500;
const PAGE = 500;
const DIGITS = 11;

type Row = Selectable<CoreTables['identification_information']>;

/**
 * What this office holds under a code, for a unique match only; nothing here lists or searches (NOCENTRAL).
 *
 * @throws Refusal IN_QUARANTINE where it is known to be wrong
 */
export async function findIdentificationInformation(
  db: Kysely<CoreTables>,
  code: ResidentRecordCode,
): Promise<IdentificationInformation | undefined> {
  const row = await db
    .selectFrom('identification_information')
    .selectAll()
    .where('resident_record_code', '=', code)
    .where('standing', '=', 'ACTIVE')
    .executeTakeFirst();
  if (row && row.quarantined_at !== null) throw new Refusal('IN_QUARANTINE');
  return row && holdingOf(row).identification;
}

/** What is held under each of some codes. */
export async function holdingsUnder(
  db: Kysely<CoreTables>,
  codes: ResidentRecordCode[],
): Promise<Map<ResidentRecordCode, Holding>> {
  const held = new Map<ResidentRecordCode, Holding>();
  for (const group of inGroups(codes, ROWS_AT_ONCE)) {
    const rows = await db
      .selectFrom('identification_information')
      .selectAll()
      .where('resident_record_code', 'in', group)
      .execute();
    for (const row of rows) held.set(row.resident_record_code, holdingOf(row));
  }
  return held;
}

/** Keeps holdings in the place of those under the same codes. The caller's transaction decides whether they are kept. */
export async function putHoldings(trx: Transaction<CoreTables>, holdings: Holding[]): Promise<void> {
  for (const group of inGroups(holdings, ROWS_AT_ONCE)) {
    await trx
      .insertInto('identification_information')
      .values(group.map(rowOf))
      .onConflict((conflict) =>
        conflict.column('resident_record_code').doUpdateSet((row) => ({
          name: row.ref('excluded.name'),
          birth_date: row.ref('excluded.birth_date'),
          sex: row.ref('excluded.sex'),
          address: row.ref('excluded.address'),
          standing: row.ref('excluded.standing'),
          version: row.ref('excluded.version'),
          municipality: row.ref('excluded.municipality'),
          successor: row.ref('excluded.successor'),
          quarantined_at: row.ref('excluded.quarantined_at'),
          match_key: row.ref('excluded.match_key'),
        })),
      )
      .execute();
  }
}

/** Whether nobody is in this ledger yet. */
export async function isIdentityLedgerEmpty(db: Kysely<CoreTables>): Promise<boolean> {
  const anyone = await db.selectFrom('identification_information').select('sex').limit(1).executeTakeFirst();
  return anyone === undefined;
}

/** A row as what it holds. */
export function holdingOf(row: Omit<Row, 'match_key'>): Holding {
  return {
    identification: {
      name: row.name,
      birthDate: row.birth_date,
      sex: row.sex,
      address: row.address,
      residentRecordCode: row.resident_record_code,
    },
    ...{ standing: row.standing, version: row.version, municipality: row.municipality, successor: row.successor },
  };
}

function rowOf({ identification, standing, version, municipality, successor }: Holding): Row {
  return {
    resident_record_code: identification.residentRecordCode,
    name: identification.name,
    birth_date: identification.birthDate,
    sex: identification.sex,
    address: identification.address,
    ...{ standing, version, municipality, successor, quarantined_at: null },
    match_key: matchKey(identification),
  };
}

/**
 * The active holdings that a municipality reported, in the order of their codes, as far as those begin with a prefix.
 * Only a page of them is in memory, and others have their turn between pages.
 */
export async function* activeHoldingsOf(
  db: Kysely<CoreTables>,
  municipality: LocalGovernmentCode,
  prefix: string,
): AsyncGenerator<Holding> {
  // Only digits are compared with digits: what comes before or after them is a matter of the database's language.
  const [first, last] = [prefix.padEnd(DIGITS, '0'), prefix.padEnd(DIGITS, '9')];
  for (let after: ResidentRecordCode | undefined; ; ) {
    const rows = await db
      .selectFrom('identification_information')
      .selectAll()
      .where('municipality', '=', municipality)
      .where('standing', '=', 'ACTIVE')
      .where('resident_record_code', '>=', after ?? first)
      .where('resident_record_code', '<=', last)
      .$if(after !== undefined, (query) => query.where('resident_record_code', '!=', after ?? ''))
      .orderBy('resident_record_code')
      .limit(PAGE)
      .execute();
    yield* rows.map(holdingOf);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.resident_record_code;
    await setImmediate();
  }
}

/**
 * Sets holdings of a municipality apart that are known to differ from its own, each in the version that differs: nobody
 * is told them until they are restated, or a newer change comes.
 *
 * @returns how many they are
 */
export async function quarantine(
  db: Kysely<CoreTables>,
  municipality: LocalGovernmentCode,
  holdings: { residentRecordCode: ResidentRecordCode; version: number }[],
  at: Date,
): Promise<number> {
  let quarantined = 0;
  for (const { residentRecordCode, version } of holdings) {
    const { numUpdatedRows } = await db
      .updateTable('identification_information')
      .set({ quarantined_at: at.toISOString() })
      .where('resident_record_code', '=', residentRecordCode)
      .where('municipality', '=', municipality)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    quarantined += Number(numUpdatedRows);
  }
  return quarantined;
}

/** How many active holdings each of some municipalities has reported. */
export async function heldOf(
  db: Kysely<CoreTables>,
  municipalities: LocalGovernmentCode[],
): Promise<Map<LocalGovernmentCode, number>> {
  if (municipalities.length === 0) return new Map();
  const rows = await db
    .selectFrom('identification_information')
    .select((row) => ['municipality', row.fn.countAll().as('held')])
    .where('municipality', 'in', municipalities)
    .where('standing', '=', 'ACTIVE')
    .groupBy('municipality')
    .execute();
  return new Map(rows.map(({ municipality, held }) => [municipality, Number(held)]));
}

/** What a ledger of before versions were kept holds is the municipality's own. */
export async function adoptHoldings(db: Kysely<CoreTables>, municipality: LocalGovernmentCode): Promise<void> {
  await db.updateTable('identification_information').set({ municipality }).where('municipality', '=', '').execute();
  await db.updateTable('change_information').set({ municipality }).where('municipality', '=', '').execute();
}
