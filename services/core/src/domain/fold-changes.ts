import type { ChangeInformation } from './change-information.js';
import type { IdentificationInformation } from './identification-information.js';
import type { LocalGovernmentCode } from './local-government-code.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** A change on its way up: what it is, and which municipality recorded it. */
export interface Change extends ChangeInformation {
  /** A UUID of the municipality's. */
  changeId: string;
  municipality: LocalGovernmentCode;
}

/** What an identity ledger holds under a code: where the newest change that it knows of has led. */
export interface Holding {
  identification: IdentificationInformation;
  standing: 'ACTIVE' | 'DELETED' | 'SUPERSEDED';
  version: number;
  /** Which reported it. */
  municipality: LocalGovernmentCode;
  /** Of a superseded code: what it has become. */
  successor: ResidentRecordCode | null;
}

/** How a change stands once it has been folded in. */
export type Standing = 'TAKEN' | 'OLDER' | 'CONTRADICTED';

/**
 * Folds a change into what a ledger holds (CHAIN): of a person's changes the highest version wins, in whatever order
 * they come. Two different changes with one version, under the code or under the one that it was, are a contradiction, which no order of arrival may decide: the
 * second one is not taken.
 *
 * @param held is changed: by code, with a place for every code that the change names
 */
export function foldChange(held: Map<ResidentRecordCode, Holding>, change: Change): Standing {
  const { identification, version, previousCode } = change;
  const code = identification.residentRecordCode;
  const present = held.get(code);
  if (codesIn(change).some((named) => held.get(named)?.version === version)) return 'CONTRADICTED';
  if (previousCode !== null) supersede(held, change, previousCode);
  if (present && present.version > version) return 'OLDER';
  held.set(code, holdingAfter(change));
  return 'TAKEN';
}

/**
 * Folds in a change that its municipality states anew: with the same version it replaces what is held, which was
 * corrupted, or never was what the municipality said.
 */
export function foldAnew(held: Map<ResidentRecordCode, Holding>, change: Change): 'TAKEN' | 'OLDER' {
  for (const code of codesIn(change)) if (held.get(code)?.version === change.version) held.delete(code);
  return foldChange(held, change) === 'TAKEN' ? 'TAKEN' : 'OLDER';
}

/** The codes that a change says something of. */
export function codesIn({ identification, previousCode }: Change): ResidentRecordCode[] {
  return [identification.residentRecordCode, ...(previousCode === null ? [] : [previousCode])];
}

/** What is held under the code of a change once it is the newest. */
export function holdingAfter({ kind, identification, version, municipality }: Change): Holding {
  const standing = kind === 'DELETION' ? 'DELETED' : 'ACTIVE';
  return { identification, standing, version, municipality, successor: null };
}

/** The old code leads to the new one, unless something newer is known of it. */
function supersede(held: Map<ResidentRecordCode, Holding>, change: Change, previousCode: ResidentRecordCode): void {
  const { identification, version, municipality } = change;
  if ((held.get(previousCode)?.version ?? -1) >= version) return;
  held.set(previousCode, {
    identification: { ...identification, residentRecordCode: previousCode },
    ...{ standing: 'SUPERSEDED', version, municipality, successor: identification.residentRecordCode },
  });
}
