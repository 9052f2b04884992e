import { callerUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import type { AuditEntry } from './entry.js';

/** One office's log, as far as it is compared. */
export interface OfficeLog {
  office: OfficeId;
  entries: AuditEntry[];
}

/** Where two offices' logs tell different stories of one exchange. */
export interface Disagreement {
  exchange: string;
  what: 'NOT_LOGGED_BY_ANSWERING_OFFICE' | 'NOT_LOGGED_BY_ASKING_OFFICE' | 'REQUESTS_DIFFER' | 'ANSWERS_DIFFER';
}

/** What the two logs together hold of one exchange. */
interface BothSides {
  asked?: AuditEntry;
  received?: AuditEntry;
  answered?: AuditEntry;
}

/**
 * Compares what an asking and an answering office logged of the questions between them: each question is in both logs
 * with the same bytes and, where the answer arrived, the same answer. A question that never arrived, and an answer
 * that came too late, are no disagreement: the asking office logged that it got none.
 */
export function compareLogs(asking: OfficeLog, answering: OfficeLog): Disagreement[] {
  const caller = callerUri({ kind: 'office', office: asking.office });
  const between = (entry: AuditEntry) => entry.caller === caller && entry.answering === answering.office;
  const exchanges = new Map<string, BothSides>();
  const note = (entry: AuditEntry, side: keyof BothSides) =>
    exchanges.set(entry.exchange, { ...exchanges.get(entry.exchange), [side]: entry });
  for (const entry of asking.entries.filter(between)) note(entry, entry.event === 'ASKED' ? 'asked' : 'received');
  for (const entry of answering.entries.filter(between)) note(entry, 'answered');
  return [...exchanges].flatMap(([exchange, sides]) => {
    const what = disagreement(sides);
    return what ? [{ exchange, what }] : [];
  });
}

function disagreement({ asked, received, answered }: BothSides): Disagreement['what'] | undefined {
  if (!asked) return 'NOT_LOGGED_BY_ASKING_OFFICE';
  const arrived = received !== undefined && received.answerDigest !== null;
  if (!answered) return arrived ? 'NOT_LOGGED_BY_ANSWERING_OFFICE' : undefined;
  if (asked.requestDigest !== answered.requestDigest) return 'REQUESTS_DIFFER';
  const same = received?.outcome === answered.outcome && received.answerDigest === answered.answerDigest;
  return arrived && !same ? 'ANSWERS_DIFFER' : undefined;
}
