import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { KnownBy } from '../domain/issuance/copy-data-request.js';
import { HOUSEHOLDER, type ResidentRecord } from '../domain/register/resident-record.js';
import type { MunicipalityTables } from './tables.js';

const ROWS_AT_ONCE = 200;

type Db = Kysely<MunicipalityTables>;
type Row = Selectable<MunicipalityTables['resident_record']>;

/** Active and deleted records that answer to a code, or to a birth date and sex. */
export async function findRecords(db: Db, knownBy: KnownBy): Promise<ResidentRecord[]> {
  const all = db.selectFrom('resident_record').selectAll();
  const found =
    'residentRecordCode' in knownBy
      ? all.where('resident_record_code', '=', knownBy.residentRecordCode)
      : all.where('birth_date', '=', knownBy.birthDate).where('sex', '=', knownBy.sex);
  return (await found.orderBy('record_id').execute()).map(recordOf);
}

export async function findActiveRecord(db: Db, code: ResidentRecordCode): Promise<ResidentRecord | undefined> {
  const found = await findRecords(db, { residentRecordCode: code });
  return found.find((record) => record.deletedOn === null);
}

/** The active members of a household, the householder first. */
export async function membersOf(db: Db, householdId: string): Promise<ResidentRecord[]> {
  const rows = await db
    .selectFrom('resident_record')
    .selectAll()
    .where('household_id', '=', householdId)
    .where('deleted_on', 'is', null)
    .orderBy('record_id')
    .execute();
  const isHouseholder = (record: ResidentRecord) => record.relationship === HOUSEHOLDER;
  return rows.map(recordOf).sort((a, b) => Number(isHouseholder(b)) - Number(isHouseholder(a)));
}

/** Enters records that are not yet in the register. The caller's transaction decides whether they are kept. */
export async function enterRecords(trx: Transaction<MunicipalityTables>, records: ResidentRecord[]): Promise<void> {
  for (let i = 0; i < records.length; i += ROWS_AT_ONCE) {
    const rows = records.slice(i, i + ROWS_AT_ONCE).map(rowOf);
    await trx.insertInto('resident_record').values(rows).execute();
  }
}

function recordOf(row: Row): ResidentRecord {
  return {
    recordId: row.record_id,
    householdId: row.household_id,
    name: row.name,
    nameReading: row.name_reading,
    commonName: row.common_name,
    birthDate: row.birth_date,
    sex: row.sex,
    relationship: row.relationship,
    registeredDomicile: row.registered_domicile,
    firstListedPerson: row.first_listed_person,
    nationality: row.nationality,
    residenceStatus: row.residence_status,
    becameResidentOn: row.became_resident_on,
    address: row.address,
    movedWithinTownOn: row.moved_within_town_on,
    notifiedOn: row.notified_on,
    previousAddress: row.previous_address,
    municipalItems: row.municipal_items,
    residentRecordCode: row.resident_record_code,
    deletedOn: row.deleted_on,
    deletionReason: row.deletion_reason,
  };
}

function rowOf(record: ResidentRecord): Row {
  return {
    record_id: record.recordId,
    household_id: record.householdId,
    name: record.name,
    name_reading: record.nameReading,
    common_name: record.commonName,
    birth_date: record.birthDate,
    sex: record.sex,
    relationship: record.relationship,
    registered_domicile: record.registeredDomicile,
    first_listed_person: record.firstListedPerson,
    nationality: record.nationality,
    residence_status: record.residenceStatus,
    became_resident_on: record.becameResidentOn,
    address: record.address,
    moved_within_town_on: record.movedWithinTownOn,
    notified_on: record.notifiedOn,
    previous_address: record.previousAddress,
    municipal_items: record.municipalItems,
    resident_record_code: record.residentRecordCode,
    deleted_on: record.deletedOn,
    deletion_reason: record.deletionReason,
  };
}
