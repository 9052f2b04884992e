/** The log, the tree over it, and what is known of other offices' logs. Column names are those of the database. */
export interface AuditTables {
  audit_entry: AuditEntryTable;
  audit_tile: AuditTileTable;
  audit_subject: AuditSubjectTable;
  audit_key: AuditKeyTable;
  audit_person_key: AuditPersonKeyTable;
  audit_pruned: AuditPrunedTable;
  audit_last_number: AuditLastNumberTable;
  witnessed_log: WitnessedLogTable;
  log_witness: LogWitnessTable;
  signing_certificate: SigningCertificateTable;
}

/** The log: leaves in their order, without a gap, so that a tree can be laid over them. Its beginning may be pruned. */
interface AuditEntryTable {
  position: number;
  /** Also in the leaf; here for finding the entries of one exchange. */
  exchange: string;
  /** The entry as canonical text. It holds no personal data. */
  leaf: string;
  /** Opens the digests in the leaf; like what follows, it never leaves the office with the log. */
  nonce: string;
  /** Can be an operator's own words. */
  purpose: string;
  /** What was signed of the exchange, as JSON: when, signature, fingerprint of the certificate. */
  proof: string | null;
  receipt: string | null;
  mandate: string | null;
}

/** The tree over the leaves: the lowest rows of its tiles. */
interface AuditTileTable {
  level: number;
  tile: number;
  /** Base64 of up to 256 hashes. */
  hashes: string;
}

/** The newest checkpoint of each log that this office witnesses. */
interface WitnessedLogTable {
  office: string;
  size: number;
  /** A signed note. */
  note: string;
  /** Of whoever signed it: DER, base64. */
  certificate: string;
  witnessed_at: string;
  contradicted_by: string | null;
}

/** The newest checkpoint of this office's own log that each of its witnesses has signed. */
interface LogWitnessTable {
  witness: string;
  size: number;
  note: string;
  certificate: string;
  witnessed_at: string;
}

/** The certificates behind proofs, receipts and mandates, so that these can be held against them for as long as they are kept. */
interface SigningCertificateTable {
  /** SHA-256, hex. */
  fingerprint: string;
  /** Base64. */
  der: string;
  /** The position of the newest entry that needs it; null where none is known to. */
  last_entry: number | null;
}

/** One row: how far the log is pruned. */
interface AuditPrunedTable {
  /** Entries from this position on are kept; of those before it, some may not be gone yet. */
  before: number;
}

/** How often people were named of whom no entry is left, so that no tag comes twice. */
interface AuditLastNumberTable {
  /** Their tag of number 0, which no leaf shows: whose it is, is worked out from a code and the log's key alone. */
  mark: string;
  number: number;
}

/** Whom an entry is about. Never leaves the office with the log. */
interface AuditSubjectTable {
  position: number;
  resident_record_code: string;
  /** From 1, without a gap: how often the log has named them by then. */
  number: number;
  /** Which of the leaf's subjects it is. */
  ordinal: number;
  /** Hides the code in a leaf from before there was a log key; null since then. */
  salt: string | null;
}

/** One row: what the tags in the leaves are made with. */
interface AuditKeyTable {
  /** A scalar of P-256, base64. */
  secret: string;
}

/** What each person is named with, worked out of `audit_key` and kept: a multiplication on the curve each. */
interface AuditPersonKeyTable {
  resident_record_code: string;
  /** 32 bytes, base64. */
  person_key: string;
}
