import type { CardKind, CardState, InvalidityCause } from '../domain/card-status.js';
import type { ChangeKind, ChangeReason } from '../domain/change-information.js';
import type { DisclosureKind } from '../domain/disclosure-request.js';
import type { Finding } from '../domain/discrepancy.js';
import type { Pattern } from '../domain/misuse.js';
import type { OperatorRole } from '../domain/operator-role.js';
import type { AuditTables } from './audit-tables.js';

/**
 * What goes to other offices by itself: changes, card statuses and move-out confirmations upwards, reports of
 * discrepancies downwards; between municipalities move-in notices, and claims that are given back.
 */
export type QueueKind = 'CHANGE' | 'REPORT' | 'CARD_STATUS' | 'MOVE_OUT_CONFIRMATION' | 'MOVE_IN_NOTICE' | 'RELEASE';

/** What every office's ledger has. Column names are those of the database. */
export interface CoreTables extends AuditTables {
  disclosure_request: DisclosureRequestTable;
  directory: DirectoryTable;
  own_line: OwnLineTable;
  alarm: AlarmTable;
  identification_information: IdentificationInformationTable;
  change_information: ChangeInformationTable;
  card_status: CardStatusTable;
  outbox: OutboxTable;
  discrepancy: DiscrepancyTable;
  consistency_check: ConsistencyCheckTable;
  operator: OperatorTable;
  sign_in_tries: SignInTriesTable;
}

/** What people ask for in writing, until and after it is answered. */
interface DisclosureRequestTable {
  request_id: string;
  kind: DisclosureKind;
  resident_record_code: string;
  /** What is said to be wrong; empty but for a correction. */
  statement: string;
  received_on: string;
  received_by: string;
  due_on: string;
  /** Signed notes, as they were handed out. */
  extension: string | null;
  answer: string | null;
  answered_on: string | null;
  answered_by: string | null;
  /** The document that goes with the answer, as JSON. */
  document: string | null;
}

/** The identity ledger. */
interface IdentificationInformationTable {
  resident_record_code: string;
  name: string;
  birth_date: string;
  sex: 'MALE' | 'FEMALE';
  address: string;
  standing: 'ACTIVE' | 'DELETED' | 'SUPERSEDED';
  version: number;
  /** The local government code of the municipality that reported it. */
  municipality: string;
  /** The code that a superseded one has become. */
  successor: string | null;
  /** Set while it is known to differ from the municipality's own. */
  quarantined_at: string | null;
  /** What somebody is found by who is asked for by name, birth date, sex and address. */
  match_key: string;
}

/** History: rows are added, never changed. */
interface ChangeInformationTable {
  resident_record_code: string;
  version: number;
  kind: ChangeKind;
  reason: ChangeReason;
  cause_on: string;
  previous_code: string | null;
  name: string;
  birth_date: string;
  sex: 'MALE' | 'FEMALE';
  address: string;
  recorded_on: string;
  change_id: string;
  municipality: string;
}

/** How cards stand, as the municipalities below have reported it. */
interface CardStatusTable {
  card_number: string;
  kind: CardKind;
  resident_record_code: string;
  municipality: string;
  state: CardState;
  invalid_by: InvalidityCause | null;
  expires_on: string;
  lapses_after: string | null;
  lapses_by: InvalidityCause | null;
  public_key: string;
  version: number;
  /** How often the chip has answered, as far as this office has seen. */
  answers: number;
  /** When it did so the last time. */
  answered_at: string | null;
}

/** What is to go on to other offices: the oldest first, and gone once it is answered. */
interface OutboxTable {
  position: number;
  destination: string;
  kind: QueueKind;
  /** Whom it is about. */
  resident_record_code: string;
  /** As JSON. */
  content: string;
  queued_at: string;
}

/** What was found wrong, until an officer closes it. */
interface DiscrepancyTable {
  discrepancy_id: string;
  municipality: string;
  resident_record_code: string;
  change_id: string | null;
  what: Finding;
  found_by: string;
  found_at: string;
  closed_by: string | null;
  closed_at: string | null;
  /** What the officer found out. */
  finding: string | null;
}

/** The directories that this office has held, the newest of which it follows. */
interface DirectoryTable {
  number: number;
  /** Base64, as it was signed. */
  content: string;
  /** Milliseconds since 1970. */
  issued_at: string;
  signature: string;
  certificate: string;
  received_at: string;
}

/** When an office has cut its own line, and restored it. */
interface OwnLineTable {
  cut_at: string;
  cut_by: string;
  grounds: string;
  restored_at: string | null;
  restored_by: string | null;
  finding: string | null;
}

/** What looked like misuse, until a supervisor closes it. */
interface AlarmTable {
  alarm_id: string;
  pattern: Pattern;
  operator: string;
  resident_record_code: string | null;
  /** What it can be shown with to others, as JSON. */
  evidence: string | null;
  raised_at: string;
  closed_by: string | null;
  closed_at: string | null;
  finding: string | null;
}

interface ConsistencyCheckTable {
  position: number;
  above: string;
  checked_at: string;
  differing: number;
  repaired: number;
  recovered: number;
}

/** Who may sign in at this office. */
interface OperatorTable {
  name: string;
  role: OperatorRole;
  /** Argon2id, with its salt and parameters. */
  password_hash: string;
  /** SHA-256 of the certificate on the operator's card, hex. */
  card: string;
  /** Their name and address as a resident, where the office knows them. */
  own_name: string | null;
  own_address: string | null;
}

/** By the name on a card, whether somebody has it here or not. */
interface SignInTriesTable {
  name: string;
  failures: number;
  locked_at: string | null;
}
