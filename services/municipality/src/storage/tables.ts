import type { CoreTables } from '#core/storage/tables.js';
import type { RestrictionKind } from '../domain/protection/restriction.js';
import type { DeletionReason } from '../domain/register/resident-record.js';

/** What a municipality's ledger has, and no other office's. */
export interface MunicipalityTables extends CoreTables {
  resident_record: ResidentRecordTable;
  restriction: RestrictionTable;
  officer_notice: OfficerNoticeTable;
}

interface ResidentRecordTable {
  record_id: string;
  household_id: string;
  name: string;
  name_reading: string;
  common_name: string | null;
  birth_date: string;
  sex: 'MALE' | 'FEMALE';
  relationship: string;
  registered_domicile: string | null;
  first_listed_person: string | null;
  nationality: string | null;
  residence_status: string | null;
  became_resident_on: string;
  address: string;
  moved_within_town_on: string | null;
  notified_on: string;
  previous_address: string | null;
  municipal_items: string;
  resident_record_code: string;
  deleted_on: string | null;
  deletion_reason: DeletionReason | null;
}

interface RestrictionTable {
  record_id: string;
  kind: RestrictionKind;
  valid_from: string;
  valid_until: string;
}

/** What an officer of this municipality has to be told. */
interface OfficerNoticeTable {
  /** This office's own: an asking office chooses the exchange, and could choose one twice to keep a notice back. */
  notice_id: string;
  exchange: string;
  record_id: string;
  at: string;
  asked_by: string;
  kind: RestrictionKind;
}
