import type { CoreTables } from '#core/storage/tables.js';
import type { IdentityDocument } from '../domain/counter/identity-proof.js';
import type { RestrictionKind } from '../domain/protection/restriction.js';
import type { ActKind, ActNotifier } from '../domain/register/act.js';
import type { DeletionReason } from '../domain/register/resident-record.js';
import type { CardTables } from './card-tables.js';
import type { MoveTables } from './move-tables.js';

/** What a municipality's ledger has, and no other office's. */
export interface MunicipalityTables extends CoreTables, CardTables, MoveTables {
  resident_record: ResidentRecordTable;
  record_version: RecordVersionTable;
  act: ActTable;
  draft: DraftTable;
  code_allotment: CodeAllotmentTable;
  allotted_code: AllottedCodeTable;
  superseded_code: SupersededCodeTable;
  restriction: RestrictionTable;
  protective_measure: ProtectiveMeasureTable;
  officer_notice: OfficerNoticeTable;
  move_out_certificate: MoveOutCertificateTable;
  certified_record: CertifiedRecordTable;
  outgoing_notice: OutgoingNoticeTable;
  received_notice: ReceivedNoticeTable;
}

/** Records as they stand. */
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
  destination: string | null;
  change_version: number;
  /** For finding. */
  name_form: string;
  common_name_form: string;
  reading_form: string;
  address_form: string;
}

/** Every record as it ever stood: rows are added, never changed. */
interface RecordVersionTable {
  record_id: string;
  /** From 1, without a gap. */
  ordinal: number;
  /** Null for what was there before the register kept acts. */
  act_id: string | null;
  recorded_on: string;
  /** For finding who headed a household on a day. */
  household_id: string;
  /** The record, whole, as JSON. */
  content: string;
}

interface ActTable {
  act_id: string;
  kind: ActKind;
  cause_on: string;
  accepted_on: string;
  accepted_at: string;
  deadline: string | null;
  notifier_name: string | null;
  notifier_standing: ActNotifier['standing'] | null;
  notifier_document: IdentityDocument | null;
  operator: string;
  checked_by: string | null;
  grounds: string | null;
}

interface DraftTable {
  draft_id: string;
  /** The act, as JSON. */
  content: string;
  grounds: string;
  drafted_by: string;
  drafted_at: string;
  /** Of the records that it touches, which version the drafter saw; as JSON. */
  standing: string;
  state: 'OPEN' | 'APPROVED' | 'WITHDRAWN';
  closed_by: string | null;
  closed_at: string | null;
  act_id: string | null;
}

/** A question to the national centre for codes. It keeps its id until it is answered. */
interface CodeAllotmentTable {
  allotment_id: string;
  amount: number;
  requested_at: string;
  received_at: string | null;
}

interface AllottedCodeTable {
  resident_record_code: string;
  allotment_id: string;
  ordinal: number;
  /** The act that wrote it into a record; null while it is free. */
  written_by: string | null;
}

interface SupersededCodeTable {
  old_code: string;
  new_code: string;
  act_id: string;
}

interface RestrictionTable {
  restriction_id: string;
  record_id: string;
  kind: RestrictionKind;
  valid_from: string;
  valid_until: string;
  /** Where it ended before; it holds on that day no more. */
  ended_on: string | null;
  /** The move-out that ended it, where one did. */
  ended_by: string | null;
  measure_id: string | null;
}

interface ProtectiveMeasureTable {
  measure_id: string;
  applicant_record_id: string;
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

/** What was handed out, so that it can be handed out again. */
interface MoveOutCertificateTable {
  certificate_number: string;
  act_id: string;
  payload: string;
  paper: string;
}

interface CertifiedRecordTable {
  certificate_number: string;
  record_id: string;
  /** Of the deletion that it certifies: a record can be deleted, restored and deleted again. */
  change_version: number;
}

/** Of births and deaths that were reported here, and concern a register elsewhere (Article 9(2)). */
interface OutgoingNoticeTable {
  notice_id: string;
  home: string;
  kind: 'BIRTH' | 'DEATH';
  content: string;
  operator: string;
  written_at: string;
  /** Null while it has to be sent again. */
  answered_at: string | null;
  outcome: string | null;
}

interface ReceivedNoticeTable {
  notice_id: string;
  sender: string;
  content: string;
  act_id: string;
}
