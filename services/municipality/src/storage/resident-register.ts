import type { Kysely, Transaction } from 'kysely';
import { inGroups } from '#core/domain/in-groups.js';
import { plainForm } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { KnownBy } from '../domain/issuance/copy-data-request.js';
import { type Household, inOrder } from '../domain/register/household.js';
import { isHouseholder } from '../domain/register/person.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import type { SearchCriteria } from '../domain/register/search.js';
import { addressForm, readingForm } from '../domain/register/search-forms.js';
import { currentCode } from './codes.js';
import { recordOf, rowOf } from './record-rows.js';
import { appendVersions, householderNameAsOf } from './record-versions.js';
import type { MunicipalityTables } from './tables.js';

const ROWS_AT_ONCE = 200;
/** After every day. */
const ALWAYS = '9999-12-31';

type Db = Kysely<MunicipalityTables>;

/** Active and deleted records that answer to a code, or to a birth date and sex. */
export async function findRecords(db: Db, knownBy: KnownBy): Promise<ResidentRecord[]> {
  const all = db.selectFrom('resident_record').selectAll();
  const found =
    'residentRecordCode' in knownBy
      ? all.where('resident_record_code', '=', knownBy.residentRecordCode)
      : all.where('birth_date', '=', knownBy.birthDate).where('sex', '=', knownBy.sex);
  return (await found.orderBy('record_id').execute()).map(recordOf);
}

export async function recordsWithIds(db: Db, ids: string[]): Promise<ResidentRecord[]> {
  if (ids.length === 0) return [];
  return (await db.selectFrom('resident_record').selectAll().where('record_id', 'in', ids).execute()).map(recordOf);
}

/** Records, active first, that answer to all criteria; each has to be met whole. At most `most`. */
export async function searchRecords(db: Db, criteria: SearchCriteria, most: number): Promise<ResidentRecord[]> {
  const { residentRecordCode, name, nameReading, birthDate, address } = criteria;
  // What has no plain form is nobody's name; empty forms stand for names that are not there.
  if (name !== undefined && plainForm(name) === '') return [];
  const code = residentRecordCode && (await currentCode(db, residentRecordCode));
  const rows = await db
    .selectFrom('resident_record')
    .selectAll()
    .$if(code !== undefined, (query) => query.where('resident_record_code', '=', code ?? ''))
    .$if(name !== undefined, (query) =>
      query.where((row) => {
        const form = plainForm(name ?? '');
        return row.or([row('name_form', '=', form), row('common_name_form', '=', form)]);
      }),
    )
    .$if(nameReading !== undefined, (query) => query.where('reading_form', '=', readingForm(nameReading ?? '')))
    .$if(birthDate !== undefined, (query) => query.where('birth_date', '=', birthDate ?? ''))
    .$if(address !== undefined, (query) => query.where('address_form', '=', addressForm(address ?? '')))
    .orderBy((row) => row.fn.coalesce('deleted_on', row.val('')))
    .orderBy('record_id')
    .limit(most)
    .execute();
  return rows.map(recordOf);
}

/** The active record that a code leads to, if it is an old one of theirs. */
export async function findActiveRecord(db: Db, code: ResidentRecordCode): Promise<ResidentRecord | undefined> {
  const found = await findRecords(db, { residentRecordCode: await currentCode(db, code) });
  return found.find((record) => record.deletedOn === null);
}

/**
 * The active record that a code leads to.
 *
 * @throws Refusal NOT_FOUND, or RECORD_DELETED where only a deleted one answers
 */
export async function activeRecord(db: Db, code: ResidentRecordCode): Promise<ResidentRecord> {
  const found = await findRecords(db, { residentRecordCode: await currentCode(db, code) });
  const active = found.find((record) => record.deletedOn === null);
  if (!active) throw new Refusal(found.length > 0 ? 'RECORD_DELETED' : 'NOT_FOUND');
  return active;
}

/** The active members of a household, in the order of a copy. */
export async function membersOf(db: Db, householdId: string): Promise<ResidentRecord[]> {
  const rows = await db
    .selectFrom('resident_record')
    .selectAll()
    .where('household_id', '=', householdId)
    .where('deleted_on', 'is', null)
    .orderBy('record_id')
    .execute();
  return inOrder(rows.map(recordOf));
}

export async function householdOf(db: Db, { householdId }: ResidentRecord): Promise<Household> {
  const members = await membersOf(db, householdId);
  // Of a household whose householder died, until it notifies who follows: the last one's.
  const householderName = members.find(isHouseholder)?.name ?? (await householderNameAsOf(db, householdId, ALWAYS));
  return { householdId, members, householderName };
}

/** Writes records as they are to stand from now on, and keeps each as a version. */
export async function writeRecords(
  trx: Transaction<MunicipalityTables>,
  records: ResidentRecord[],
  written: { actId: string; on: string },
): Promise<void> {
  // ONE is held row by row, while a code can pass from one record to another: all of them give theirs up first.
  await trx
    .updateTable('resident_record')
    .set((row) => ({ resident_record_code: row.ref('record_id') }))
    .where(
      'record_id',
      'in',
      records.map(({ recordId }) => recordId),
    )
    .execute();
  for (const record of records) {
    const { record_id, ...items } = rowOf(record);
    await trx
      .insertInto('resident_record')
      .values({ record_id, ...items })
      .onConflict((conflict) => conflict.column('record_id').doUpdateSet(items))
      .execute();
    await appendVersions(trx, [{ record, actId: written.actId, recordedOn: written.on }]);
  }
}

/**
 * Enters records that a register begins with, without acts; a deleted one with the version of before its deletion. The
 * caller's transaction decides whether they are kept.
 */
export async function enterRecords(trx: Transaction<MunicipalityTables>, records: ResidentRecord[]): Promise<void> {
  for (const group of inGroups(records, ROWS_AT_ONCE)) {
    await trx.insertInto('resident_record').values(group.map(rowOf)).execute();
    await appendVersions(trx, group.flatMap(versionsOfBeginning));
  }
}

function versionsOfBeginning(record: ResidentRecord) {
  const { deletedOn, changeVersion } = record;
  const active = { ...record, deletedOn: null, deletionReason: null, destination: null };
  if (deletedOn === null) return [{ record, actId: null, recordedOn: record.notifiedOn, ordinal: 1 }];
  return [
    { record: { ...active, changeVersion: changeVersion - 1 }, actId: null, recordedOn: record.notifiedOn, ordinal: 1 },
    { record, actId: null, recordedOn: deletedOn, ordinal: 2 },
  ];
}
