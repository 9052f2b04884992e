import { callerUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import type { Leaf } from './entry.js';

/** One office's log, as far as it is compared. */
export interface OfficeLog {
  office: OfficeId;
  entries: Leaf[];
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
    | 'RECEIPTS_DIFFER';
}

/** What the two logs together hold of one exchange; more than one entry of a kind is a story in itself. */
type Sides = Record<'ASKED' | 'ANSWER_RECEIVED' | 'ANSWERED', Leaf[]>;

/**
 * Compares what an asking and an answering office logged of the questions between them: each question is in both logs
 * with the same bytes and, where the answer arrived, the same answer. A question that never arrived, and an answer
 * that came too late, are no disagreement: the asking office logged that it got none. Nor is a refusal as RATE_LIMITED,
 * which the answering office only counts where there are many.
 */
export function compareLogs(asking: OfficeLog, answering: OfficeLog): Disagreement[] {
  const caller = callerUri({ kind: 'office', office: asking.office });
  const between = (entry: Leaf) => entry.caller === caller && entry.answering === answering.office;
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
    const what = disagreement(sides);
    return what ? [{ exchange, what }] : [];
  });
}

function disagreement(sides: Sides): Disagreement['what'] | undefined {
  if (Object.values(sides).some((entries) => entries.length > 1)) return 'EXCHANGE_USED_TWICE';
  const [[asked], [received], [answered]] = [sides.ASKED, sides.ANSWER_RECEIVED, sides.ANSWERED];
  if (!asked) return 'NOT_LOGGED_BY_ASKING_OFFICE';
  const arrived = received !== undefined && received.answerDigest !== null;
  if (!answered) return arrived && received.outcome !== 'RATE_LIMITED' ? 'NOT_LOGGED_BY_ANSWERING_OFFICE' : undefined;
  const same = received?.outcome === answered.outcome && received.answerDigest === answered.answerDigest;
  return (
    questionsDiffer(asked, answered) ??
    (arrived && !same ? 'ANSWERS_DIFFER' : evidenceDiffers(asked, received, answered))
  );
}

function questionsDiffer(asked: Leaf, answered: Leaf): Disagreement['what'] | undefined {
  if (!isSameAccount(asked, answered)) return 'ACCOUNTS_DIFFER';
  const isRead = answered.requestDigest !== null;
  return isRead && asked.requestDigest !== answered.requestDigest ? 'REQUESTS_DIFFER' : undefined;
}

/** Who asks what, for whom and why is in both logs alike, wherever a proof was held against it: the bytes do not tell. */
function isSameAccount(asked: Leaf, answered: Leaf): boolean {
  const parts = ['procedure', 'operator', 'purposeDigest'] as const;
  return answered.proofDigest === null || parts.every((part) => asked[part] === answered[part]);
}

/** What is refused unread is refused without its proof, and without a receipt. */
function evidenceDiffers(asked: Leaf, received: Leaf | undefined, answered: Leaf): Disagreement['what'] | undefined {
  const isHeld = answered.proofDigest !== null || answered.outcome === 'OK';
  if (isHeld && asked.proofDigest !== answered.proofDigest) return 'PROOFS_DIFFER';
  const isReceived = received !== undefined && received.answerDigest !== null;
  return isReceived && received.receiptDigest !== answered.receiptDigest ? 'RECEIPTS_DIFFER' : undefined;
}
