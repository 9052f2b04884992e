import type { CardKind, CardState, InvalidityCause } from '#core/domain/card-status.js';

/** Of a municipality's ledger, what it knows of cards. */
export interface CardTables {
  card: CardTable;
  card_event: CardEventTable;
}

/** Cards as they stand: those that are kept here, and those that were. */
interface CardTable {
  card_number: string;
  kind: CardKind;
  record_id: string;
  resident_record_code: string;
  issued_on: string;
  expires_on: string;
  state: CardState;
  invalid_by: InvalidityCause | null;
  lapses_after: string | null;
  lapses_by: InvalidityCause | null;
  public_key: string;
  management_key: string;
  version: number;
  answers: number;
  /** The municipality that it has gone to with its holder. */
  moved_to: string | null;
}

/** What became of cards: rows are added, never changed. */
interface CardEventTable {
  card_number: string;
  /** From 1, without a gap. */
  ordinal: number;
  state: CardState;
  invalid_by: InvalidityCause | null;
  noted_on: string;
  /** Null for what came by itself. */
  operator: string | null;
}
