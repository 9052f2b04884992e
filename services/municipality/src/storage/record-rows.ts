import type { Selectable } from 'kysely';
import { plainForm } from '#core/domain/personal-name.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { addressForm, readingForm } from '../domain/register/search-forms.js';
import type { MunicipalityTables } from './tables.js';

type Row = Selectable<MunicipalityTables['resident_record']>;

/** A row as the record that it keeps. */
export function recordOf(row: Row): ResidentRecord {
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
    destination: row.destination,
    changeVersion: row.change_version,
  };
}

/** A record as its row, with the forms in which it is found. */
export function rowOf(record: ResidentRecord): Row {
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
    destination: record.destination,
    change_version: record.changeVersion,
    name_form: plainForm(record.name),
    common_name_form: plainForm(record.commonName ?? ''),
    reading_form: readingForm(record.nameReading),
    address_form: addressForm(record.address),
  };
}
