import { endsQuestion, type Leaf } from '../audit/entry.js';
import { type AccessRow, accessOf } from '../domain/access-kind.js';
import { type Caller, callerOfUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import type { OperatorRole } from '../domain/operator-role.js';
import type { Provision } from '../domain/provision/provision.js';
import { type ProvisionKind, provisionKindOf } from '../domain/provision-kind.js';
import type { ToldEntry } from './check-extract.js';

/** What a line tells of a provision: by which right, and what was given about this person. */
export interface LineProvision extends Pick<Provision, 'statutoryPurpose' | 'occasion'> {
  method: ProvisionKind['method'];
  recipient: Caller | undefined;
  given: string;
}

/** One thing that somebody had to do with a person: a line for the person to read. */
export interface AccessLine {
  /** ISO 8601. */
  at: string;
  exchange: string;
  /** Which office, agency or operator asked. */
  by: Caller | undefined;
  operator: string | null;
  /** As the operator's own office has it, where its log was asked. */
  role: OperatorRole | null;
  /** Whether nobody sat there: an office's courier, or its watch. */
  isAutomatic: boolean;
  answering: OfficeId;
  what: AccessRow | undefined;
  procedure: string;
  purpose: string;
  /** Null while it is not known what came of it. */
  outcome: Leaf['outcome'];
  /** Only of identification information, out of the log of whoever gave it. */
  provision?: LineProvision;
  /** The offices whose logs have it. */
  loggedBy: OfficeId[];
  /** An office that gave its extract, and has nothing of what another office says that it answered. */
  notLoggedBy?: OfficeId;
}

/** Whoever acts for an office without an operator. */
const AUTOMATIC = ['courier', 'misuse-watch', 'disclosure', 'consistency-check', 'restore', 'card-keeping'];

/** @param told - entries of several logs about one person. @returns one line for each question, the newest first */
export function accessLines(told: readonly ToldEntry[]): AccessLine[] {
  const questions = questionsIn(told);
  const extracted = new Set(told.map(({ office }) => office));
  return [...questions.values()]
    .map((entries) => lineOf(entries, extracted))
    .toSorted((a, b) => b.at.localeCompare(a.at));
}

/** Of one caller and exchange, and in each log up to its answer: the same in the logs of both offices. */
function questionsIn(told: readonly ToldEntry[]): Map<string, ToldEntry[]> {
  const answered = new Map<string, number>();
  return Map.groupBy(told, ({ office, leaf: { caller, exchange, event } }) => {
    const before = answered.get(`${office} ${caller} ${exchange}`) ?? 0;
    if (endsQuestion(event)) answered.set(`${office} ${caller} ${exchange}`, before + 1);
    return `${caller} ${exchange} ${before}`;
  });
}

function lineOf(entries: ToldEntry[], extracted: ReadonlySet<OfficeId>): AccessLine {
  // What was asked says more than what was done with it: an act's entry comes first, its question's last.
  const main = entries.find(({ leaf }) => leaf.event !== 'RECORDED') ?? (entries[0] as ToldEntry);
  const { leaf, purpose } = main;
  const [by, loggedBy] = [callerOfUri(leaf.caller), [...new Set(entries.map(({ office }) => office))]];
  const outcome = entries.findLast(({ leaf: { outcome: known } }) => known !== null)?.leaf.outcome ?? null;
  const isMissing = outcome === 'OK' && extracted.has(leaf.answering) && !loggedBy.includes(leaf.answering);
  const provision = entries.flatMap((entry) => provisionIn(entry) ?? [])[0];
  return {
    ...{ at: leaf.at, exchange: leaf.exchange, by, operator: leaf.operator, answering: leaf.answering },
    role: entries.find(({ operatorRole }) => operatorRole !== null)?.operatorRole ?? null,
    isAutomatic: AUTOMATIC.includes(leaf.operator ?? ''),
    ...{ what: accessOf(leaf.procedure), procedure: leaf.procedure, purpose, outcome, loggedBy },
    ...(provision && { provision }),
    ...(isMissing && { notLoggedBy: leaf.answering }),
  };
}

/** Undefined where the entry is of none, or only goes on with one. An office's own operator asks for the office (table 5). */
function provisionIn({ leaf, given }: ToldEntry): LineProvision | undefined {
  const { procedure, caller, answering, provision } = leaf;
  const kind = provisionKindOf(procedure);
  if (!kind || !provision || given === null) return undefined;
  const { statutoryPurpose, occasion } = provision;
  const to = callerOfUri(provision.recipient ?? caller);
  const recipient: Caller | undefined = to?.kind === 'operator' ? { kind: 'office', office: answering } : to;
  return { method: kind.method, statutoryPurpose, occasion, recipient, given };
}
