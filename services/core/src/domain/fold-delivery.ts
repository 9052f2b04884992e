import { isDeepStrictEqual } from 'node:util';
import { type Change, codesIn, foldChange, type Holding, holdingAfter, type Standing } from './fold-changes.js';
import type { LocalGovernmentCode } from './local-government-code.js';
import type { Reason } from './refusal.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** What became of a change that was delivered. */
export interface Verdict {
  changeId: string;
  standing: Exclude<Standing, 'CONTRADICTED'> | 'KNOWN' | 'REFUSED';
  /** Of a refused one. */
  reason?: Reason;
}

/** What a ledger has of the people whom a delivery is about. */
export interface Present {
  /** Of the changes delivered, those that came before, by their ids. */
  known: Map<string, Change>;
  /** The versions of the history, by code. */
  versions: Map<ResidentRecordCode, Set<number>>;
  held: Map<ResidentRecordCode, Holding>;
}

/** What a delivery comes to, change by change. */
export interface Delivery {
  verdicts: Verdict[];
  /** Those that are new: to be kept, and to go on. */
  taken: Change[];
  /** Of them, entries under a code that somebody else has or had. */
  strangers: Change[];
  /** Of them, changes to people who were registered in another municipality, with the code and the municipality of before. */
  fromElsewhere: FromElsewhere[];
}

interface FromElsewhere {
  change: Change;
  registered: { municipality: LocalGovernmentCode; residentRecordCode: ResidentRecordCode };
}

/**
 * Folds a delivery into what is there, in its order. What came before is known; another content under the same id, and
 * another change with the same version, are refused one by one, and the rest is taken.
 *
 * @param present is changed: it is what is there afterwards
 */
export function foldDelivery(present: Present, changes: Change[]): Delivery {
  const delivery: Delivery = { verdicts: [], taken: [], strangers: [], fromElsewhere: [] };
  for (const change of changes) {
    const before = present.held.get(codeOf(change));
    const registered = registeredElsewhere(present, change);
    const verdict = { changeId: change.changeId, ...verdictOn(present, change, before) };
    delivery.verdicts.push(verdict);
    if (verdict.standing === 'KNOWN' || verdict.standing === 'REFUSED') continue;
    keep(present, change);
    delivery.taken.push(change);
    if (before && entersSomebodyElse(change, before)) delivery.strangers.push(change);
    if (registered) delivery.fromElsewhere.push({ change, registered });
  }
  return delivery;
}

function verdictOn(
  { known, versions, held }: Present,
  change: Change,
  before: Holding | undefined,
): Omit<Verdict, 'changeId'> {
  const earlier = known.get(change.changeId);
  if (earlier) return bodyOf(earlier) === bodyOf(change) ? { standing: 'KNOWN' } : refused('ID_REUSED');
  if (saysWhatIsHeld(change, before)) return { standing: 'KNOWN' };
  if (versions.get(codeOf(change))?.has(change.version)) return refused('VERSION_TAKEN');
  const standing = foldChange(held, change);
  return standing === 'CONTRADICTED' ? refused('VERSION_TAKEN') : { standing };
}

function keep({ known, versions }: Present, change: Change): void {
  known.set(change.changeId, change);
  versions.set(codeOf(change), (versions.get(codeOf(change)) ?? new Set()).add(change.version));
}

/** A ledger can have begun with it: the same statement under another id contradicts nothing. */
function saysWhatIsHeld(change: Change, before: Holding | undefined): boolean {
  return change.previousCode === null && isDeepStrictEqual(before, holdingAfter(change));
}

/** Nobody's birth date or sex changes by an entry: one code has been written for two people. */
function entersSomebodyElse({ kind, identification }: Change, { identification: before }: Holding): boolean {
  return kind === 'ENTRY' && (identification.birthDate !== before.birthDate || identification.sex !== before.sex);
}

/**
 * Only an entry brings somebody from one municipality to another. What a municipality reports of its own former resident
 * too late is older than the entry of the next, and is none of this; but of a municipality whose entry was lost on the
 * way, or comes after its other changes, each is.
 */
function registeredElsewhere({ held }: Present, change: Change): FromElsewhere['registered'] | undefined {
  if (change.kind === 'ENTRY') return undefined;
  const affected = codesIn(change).flatMap((code) => held.get(code) ?? []);
  const other = affected.find(
    ({ standing, municipality, version }) =>
      standing === 'ACTIVE' && municipality !== change.municipality && version < change.version,
  );
  const { residentRecordCode } = other?.identification ?? {};
  return other && residentRecordCode ? { municipality: other.municipality, residentRecordCode } : undefined;
}

function refused(reason: Reason): Omit<Verdict, 'changeId'> {
  return { standing: 'REFUSED', reason };
}

function codeOf({ identification }: Change): ResidentRecordCode {
  return identification.residentRecordCode;
}

/** One form only, whatever order its parts came in. */
function bodyOf({ municipality, reason, causeOn, version, previousCode, identification: person }: Change): string {
  const identification = [person.name, person.birthDate, person.sex, person.address, person.residentRecordCode];
  return JSON.stringify([municipality, reason, causeOn, version, previousCode, ...identification]);
}
