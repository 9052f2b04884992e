import { callerUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import type { Leaf } from './entry.js';

/** An entry, as far as it is compared: its leaf, and what tells more. */
export interface ComparedEntry extends Omit<Leaf, 'subjects'> {
  /** Where in its log; undefined where nobody has to be told. */
  position?: number;
  /** SHA-256 over the signature of the operator's card, hex; null where none stands behind the question. */
  mandateDigest?: string | null;
}

/** One office's log, as far as it is compared. */
export interface OfficeLog {
  office: OfficeId;
  entries: ComparedEntry[];
  /** Whether the log reaches over what the other office logged at that time (ISO 8601); every log does but a part of one. */
  reaches?(at: string): boolean;
}

/** Where two offices' logs tell different stories of one exchange. */
export interface Disagreement {
  exchange: string;
  what:
    | 'NOT_LOGGED_BY_ANSWERING_OFFICE'
    | 'NOT_LOGGED_BY_ASKING_OFFICE'
    | 'EXCHANGE_USED_TWICE'
    | 'ACCOUNTS_DIFFER'
    | 'REQUESTS_DIFFER'
    | 'ANSWERS_DIFFER'
    | 'PROOFS_DIFFER'
    | 'MANDATES_DIFFER'
    | 'RECEIPTS_DIFFER';
  /** Where in the two logs, the first entries of the exchange that there are. */
  askingAt: number | undefined;
  answeringAt: number | undefined;
}

/** What the two logs together hold of one exchange; more than one entry of a kind is a story in itself. */
type Sides = Record<'ASKED' | 'ANSWER_RECEIVED' | 'ANSWERED', ComparedEntry[]>;

/**
 * Compares what an asking and an answering office logged of the questions between them: each question is in both logs
 * with the same bytes and, where the answer arrived, the same answer. A question that never arrived, and an answer
 * that came too late, are no disagreement: the asking office logged that it got none. Nor is a refusal as RATE_LIMITED,
 * which the answering office only counts where there are many.
 */
export function compareLogs(asking: OfficeLog, answering: OfficeLog): Disagreement[] {
  const caller = callerUri({ kind: 'office', office: asking.office });
  const between = (entry: ComparedEntry) => entry.caller === caller && entry.answering === answering.office;
  const exchanges = new Map<string, Sides>();
  const note = (event: keyof Sides, { entries }: OfficeLog) => {
    for (const entry of entries.filter((candidate) => candidate.event === event && between(candidate))) {
      const sides = exchanges.get(entry.exchange) ?? { ASKED: [], ANSWER_RECEIVED: [], ANSWERED: [] };
      sides[event].push(entry);
      exchanges.set(entry.exchange, sides);
    }
  };
  note('ASKED', asking);
  note('ANSWER_RECEIVED', asking);
  note('ANSWERED', answering);
  return [...exchanges].flatMap(([exchange, sides]) => {
    const what = disagreement(sides, asking, answering);
    const askingAt = (sides.ASKED[0] ?? sides.ANSWER_RECEIVED[0])?.position;
    return what ? [{ exchange, what, askingAt, answeringAt: sides.ANSWERED[0]?.position }] : [];
  });
}

function disagreement(sides: Sides, asking: OfficeLog, answering: OfficeLog): Disagreement['what'] | undefined {
  if (Object.values(sides).some((entries) => entries.length > 1)) return 'EXCHANGE_USED_TWICE';
  const [[asked], [received], [answered]] = [sides.ASKED, sides.ANSWER_RECEIVED, sides.ANSWERED];
  if (!asked) return isDue(asking, received ?? answered) ? 'NOT_LOGGED_BY_ASKING_OFFICE' : undefined;
  const arrived = received?.answerDigest ? received : undefined;
  if (!answered) return arrived && notAnswered(arrived, answering);
  return (
    questionsDiffer(asked, answered) ??
    (arrived && answersDiffer(arrived, answered)) ??
    evidenceDiffers(asked, arrived, answered)
  );
}

function answersDiffer(received: ComparedEntry, answered: ComparedEntry): Disagreement['what'] | undefined {
  const same = received.outcome === answered.outcome && received.answerDigest === answered.answerDigest;
  return same ? undefined : 'ANSWERS_DIFFER';
}

function notAnswered(received: ComparedEntry, answering: OfficeLog): Disagreement['what'] | undefined {
  const isMissing = received.outcome !== 'RATE_LIMITED' && isDue(answering, received);
  return isMissing ? 'NOT_LOGGED_BY_ANSWERING_OFFICE' : undefined;
}

/** Each office logs its part before the other can log what follows from it. */
function isDue({ reaches }: OfficeLog, follows: ComparedEntry | undefined): boolean {
  return !reaches || (follows !== undefined && reaches(follows.at));
}

function questionsDiffer(asked: ComparedEntry, answered: ComparedEntry): Disagreement['what'] | undefined {
  if (!isSameAccount(asked, answered)) return 'ACCOUNTS_DIFFER';
  const isRead = answered.requestDigest !== null;
  return isRead && asked.requestDigest !== answered.requestDigest ? 'REQUESTS_DIFFER' : undefined;
}

/** Who asks what, for whom and why is in both logs alike, wherever a proof was held against it: the bytes do not tell. */
function isSameAccount(asked: ComparedEntry, answered: ComparedEntry): boolean {
  const parts = ['procedure', 'operator', 'purposeDigest'] as const;
  return answered.proofDigest === null || parts.every((part) => asked[part] === answered[part]);
}

/** What is refused unread is refused without its proof, and without a receipt. */
function evidenceDiffers(
  asked: ComparedEntry,
  arrived: ComparedEntry | undefined,
  answered: ComparedEntry,
): Disagreement['what'] | undefined {
  const isProved = answered.proofDigest !== null;
  if ((isProved || answered.outcome === 'OK') && asked.proofDigest !== answered.proofDigest) return 'PROOFS_DIFFER';
  if (isProved && asked.mandateDigest !== answered.mandateDigest) return 'MANDATES_DIFFER';
  return arrived && arrived.receiptDigest !== answered.receiptDigest ? 'RECEIPTS_DIFFER' : undefined;
}
