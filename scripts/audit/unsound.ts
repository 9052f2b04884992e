import type { Disagreement } from '#core/audit/compare-logs.js';
import type { OfficeId } from '#core/domain/office.js';

/** What can be wrong with logs, and how it is told. */
const WRONG = {
  MALFORMED: 'the export is malformed',
  PRUNED_NOT_WHOLE: 'the hashes of what is pruned do not cover it',
  CHECKPOINT_NOT_SIGNED: 'the checkpoint is not signed by the office, or is of another log',
  CHECKPOINT_OF_ANOTHER_SIZE: 'the checkpoint is of another size',
  ENTRY_MALFORMED: 'the entry is not written as entries are',
  ENTRY_ALTERED: 'the entry is not the one that the tree was made of',
  ENTRY_OF_ANOTHER_OFFICE: "the entry is not one of this office's",
  ENTRY_OF_BEFORE: 'the entry has the form of a time before the one in front of it',
  TAG_TWICE: 'a tag occurs a second time: an entry about somebody can be hidden behind it',
  ROOT_DIFFERS: 'the entries are not those of the checkpoint',
  EVIDENCE_NOT_DUE: 'there is a signature beside the entry that does not belong to it',
  PROOF_MISSING: 'the proof is missing',
  PROOF_ALTERED: 'the proof is not the one that the entry names',
  PROOF_NOT_VALID: 'the proof is not signed by the asking office over what the entry says',
  RECEIPT_MISSING: 'the receipt is missing',
  RECEIPT_ALTERED: 'the receipt is not the one that the entry names',
  RECEIPT_NOT_VALID: 'the receipt is not signed by the answering office over what the entry says',
  MANDATE_MISSING: "the operator's mandate is missing",
  MANDATE_NOT_VALID: "the mandate is not signed by the operator's card for this question",
  CERTIFICATE_MISSING: 'the certificate of a signature is missing',
  PROVISION_MISSING: 'the entry names people about whom somebody was told something, and does not say what',
  PROVISION_NOT_DUE: 'the entry says what was provided, and is of nothing that was',
  PROVISION_IN_OTHER_WORDS: 'the entry says in no known words what was provided',
  PROVISION_OF_OTHERS: 'the entry does not say of as many people as it names what was provided',
  QUESTION_MISSING: 'an answer was received to a question that the log has not',
  CHECKPOINT_NOT_VALID: 'a checkpoint between the two is not signed by the one who should have',
  LOG_REWRITTEN: 'the log does not begin with what was witnessed: it was rewritten and signed again',
  LOG_TRUNCATED: 'the log is shorter than what was witnessed: it was truncated and signed again',
  LOG_KEY_CHANGED: "the log's key is not the one that was witnessed",
  NOT_LOGGED_BY_ANSWERING_OFFICE: 'the answering office has no entry of this exchange',
  NOT_LOGGED_BY_ASKING_OFFICE: 'the asking office has no entry of this exchange',
  EXCHANGE_USED_TWICE: 'a second question goes by the name of this exchange',
  ACCOUNTS_DIFFER: 'the two logs say differently who asked what, and why',
  REQUESTS_DIFFER: 'the two logs have different questions',
  ANSWERS_DIFFER: 'the two logs have different answers',
  PROOFS_DIFFER: 'the two logs have different proofs',
  MANDATES_DIFFER: 'the two logs have different mandates',
  RECEIPTS_DIFFER: 'the two logs have different receipts',
} as const satisfies Record<Disagreement['what'], string> & Record<string, string>;

export type Wrong = keyof typeof WRONG;

/** The first wrong thing. What is not known or does not apply is left out. */
export interface Finding {
  wrong: Wrong;
  /** Whose log. */
  office: OfficeId;
  position?: number;
  exchange?: string;
  /** The other side: of an exchange, or who witnessed. */
  other?: OfficeId;
  otherPosition?: number;
  /** Of the checkpoint, and of the one that was witnessed. */
  sizes?: [number, number];
  /** What else is known, without any value from a log. */
  fault?: string;
}

/** Thrown at the first wrong thing. */
export class Unsound extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(told(finding));
    this.finding = finding;
  }
}

/** In one line: office, position, exchange, what. */
export function told(finding: Finding): string {
  const { wrong, office, position, exchange, other, otherPosition, sizes, fault } = finding;
  const where = [
    office,
    ...(position === undefined ? [] : [`entry ${position}`]),
    ...(exchange === undefined ? [] : [`exchange ${shown(exchange)}`]),
    ...(other === undefined ? [] : [`with ${other}${otherPosition === undefined ? '' : ` entry ${otherPosition}`}`]),
    ...(sizes === undefined ? [] : [`sizes ${sizes.join(' and ')}`]),
  ];
  return `${where.join(', ')}: ${WRONG[wrong]}${fault === undefined ? '' : `: ${fault}`}`;
}

/** What a log holds was written by anybody, and could hold anything. */
function shown(exchange: string): string {
  return /^[\w-]{1,64}$/.test(exchange) ? exchange : 'of another form';
}
