import type { Kysely, Selectable, Transaction } from 'kysely';
import type { CalendarDate } from '../domain/calendar-date.js';
import type { KeptChange } from '../domain/change-history.js';
import { CHANGE_REASONS } from '../domain/change-information.js';
import type { Change } from '../domain/fold-changes.js';
import { inGroups } from '../domain/in-groups.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { CoreTables } from './tables.js';

const ROWS_AT_ONCE = 500;

type Row = Selectable<CoreTables['change_information']>;

/** Those of some changes that are kept already, by their ids. */
export async function changesWithIds(db: Kysely<CoreTables>, ids: string[]): Promise<Map<string, KeptChange>> {
  const kept = new Map<string, KeptChange>();
  for (const group of inGroups(ids, ROWS_AT_ONCE)) {
    const rows = await db.selectFrom('change_information').selectAll().where('change_id', 'in', group).execute();
    for (const row of rows) kept.set(row.change_id, changeOf(row));
  }
  return kept;
}

/** Keeps changes as history. In the caller's transaction. */
export async function enterChanges(
  trx: Transaction<CoreTables>,
  changes: Change[],
  recordedOn: CalendarDate,
): Promise<void> {
  for (const group of inGroups(changes, ROWS_AT_ONCE)) {
    const rows = group.map((change) => rowOf(change, recordedOn));
    await trx.insertInto('change_information').values(rows).execute();
  }
}

/** The versions that are kept under each of some codes. */
export async function versionsUnder(
  db: Kysely<CoreTables>,
  codes: ResidentRecordCode[],
): Promise<Map<ResidentRecordCode, Set<number>>> {
  const kept = new Map<ResidentRecordCode, Set<number>>();
  for (const some of inGroups(codes, ROWS_AT_ONCE)) {
    const rows = await db
      .selectFrom('change_information')
      .select(['resident_record_code', 'version'])
      .where('resident_record_code', 'in', some)
      .execute();
    for (const { resident_record_code: code, version } of rows)
      kept.set(code, (kept.get(code) ?? new Set()).add(version));
  }
  return kept;
}

/** What was recorded under a code, the oldest first. */
export async function changesOf(db: Kysely<CoreTables>, code: ResidentRecordCode): Promise<KeptChange[]> {
  const rows = await db
    .selectFrom('change_information')
    .selectAll()
    .where('resident_record_code', '=', code)
    .orderBy('version')
    .execute();
  return rows.map(changeOf);
}

/** What was recorded under each of some codes. */
export async function changesUnder(
  db: Kysely<CoreTables>,
  codes: ResidentRecordCode[],
): Promise<Map<ResidentRecordCode, KeptChange[]>> {
  const kept = new Map<ResidentRecordCode, KeptChange[]>();
  for (const group of inGroups(codes, ROWS_AT_ONCE)) {
    const rows = await db
      .selectFrom('change_information')
      .selectAll()
      .where('resident_record_code', 'in', group)
      .execute();
    for (const row of rows) {
      const changes = kept.get(row.resident_record_code) ?? [];
      kept.set(row.resident_record_code, changes);
      changes.push(changeOf(row));
    }
  }
  return kept;
}

/** What was recorded of the person of a code, under whatever codes they had, the oldest first. */
export async function historyOf(db: Kysely<CoreTables>, code: ResidentRecordCode): Promise<KeptChange[]> {
  const history: KeptChange[] = [];
  const [seen, codes] = [new Set([code]), [code]];
  for (const one of codes) {
    const changes = await changesOf(db, one);
    history.push(...changes);
    const neighbours = [...changes.map(({ previousCode }) => previousCode), ...(await codesThatFollowed(db, one))];
    for (const next of neighbours) {
      if (next === null || seen.has(next)) continue;
      seen.add(next);
      codes.push(next);
    }
  }
  return history.toSorted((a, b) => a.version - b.version);
}

async function codesThatFollowed(db: Kysely<CoreTables>, code: ResidentRecordCode): Promise<ResidentRecordCode[]> {
  const rows = await db
    .selectFrom('change_information')
    .select('resident_record_code')
    .where('previous_code', '=', code)
    .execute();
  return rows.map((row) => row.resident_record_code);
}

function rowOf(change: Change, recordedOn: CalendarDate): Row {
  const { identification } = change;
  return {
    resident_record_code: identification.residentRecordCode,
    version: change.version,
    kind: change.kind,
    reason: change.reason,
    cause_on: change.causeOn,
    previous_code: change.previousCode,
    name: identification.name,
    birth_date: identification.birthDate,
    sex: identification.sex,
    address: identification.address,
    recorded_on: recordedOn,
    change_id: change.changeId,
    municipality: change.municipality,
  };
}

function changeOf(row: Row): KeptChange {
  return {
    ...{ changeId: row.change_id, municipality: row.municipality },
    ...{ kind: CHANGE_REASONS[row.reason], reason: row.reason, causeOn: row.cause_on, version: row.version },
    ...{ previousCode: row.previous_code, recordedOn: row.recorded_on },
    identification: {
      name: row.name,
      birthDate: row.birth_date,
      sex: row.sex,
      address: row.address,
      residentRecordCode: row.resident_record_code,
    },
  };
}
