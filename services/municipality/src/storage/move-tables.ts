import type { Reason } from '#core/domain/refusal.js';
import type { ArrivalState } from '../domain/moves/arrival.js';
import type { Channel, DepartingState } from '../domain/moves/departure.js';

/** Of a municipality's ledger, what it knows of people who move with a card. */
export interface MoveTables {
  departure: DepartureTable;
  departing_record: DepartingRecordTable;
  claim: ClaimTable;
  arrival: ArrivalTable;
}

/** At the origin: move-outs with a card. */
interface DepartureTable {
  departure_id: string;
  act_id: string;
  planned_on: string;
  destination_municipality: string;
  destination: string;
  channel: Channel;
  notified_at: string;
}

/** The people of a departure, each for themselves. */
interface DepartingRecordTable {
  departure_id: string;
  record_id: string;
  householder_name: string;
  state: DepartingState;
  next_version: number;
  claim_id: string | null;
  changed_at: string;
}

/** At the origin: what destinations have claimed, and how that was answered. Rows are never removed. */
interface ClaimTable {
  claim_id: string;
  claimed_by: string;
  /** As JSON; null where it was given back before it arrived. */
  content: string | null;
  outcome: string;
  departure_id: string | null;
  claimed_at: string;
}

/** At the destination: special move-ins that were begun. */
interface ArrivalTable {
  arrival_id: string;
  origin: string;
  card_number: string;
  resident_record_code: string;
  moved_in_on: string;
  notified_on: string;
  state: ArrivalState;
  /** The certificate information, as JSON, until nobody can be entered upon it any more. */
  certificate: string | null;
  problem: Reason | null;
  changed_at: string;
}
