import { readCheckpoint } from '../audit/checkpoint.js';
import type { Leaf } from '../audit/entry.js';
import { personKeyIn, tagOf } from '../audit/log-key.js';
import { leafHash, provesInclusion } from '../audit/merkle-tree.js';
import type { CertifiedNote } from '../domain/certified-note.js';
import { digestOf } from '../domain/digest.js';
import { DISCLOSED, type ExtractEntry, type LogExtract } from '../domain/log-extract.js';
import { type OfficeId, originOf } from '../domain/office.js';
import type { OperatorRole } from '../domain/operator-role.js';
import { givenAbout } from '../domain/provision/provision.js';
import { ProvisionSchema } from '../domain/provision/provision-schema.js';

/** What is wrong with an extract. */
export type ExtractFault =
  | 'CHECKPOINT_NOT_SIGNED'
  | 'KEY_NOT_PROVEN'
  | 'ENTRY_NOT_IN_LOG'
  | 'ENTRY_OF_SOMEBODY_ELSE'
  | 'ENTRY_LEFT_OUT'
  | 'DISCLOSURE_MISSING'
  | 'PURPOSE_ALTERED'
  | 'PROVISION_MALFORMED';

/** An extract that does not hold. */
export class ExtractError extends Error {
  readonly office: OfficeId;
  readonly fault: ExtractFault;
  /** The position of the entry at fault, where it is one entry. */
  readonly position: number | undefined;

  constructor(office: OfficeId, fault: ExtractFault, position?: number) {
    super(`${office}: ${fault}${position === undefined ? '' : ` at ${position}`}`);
    this.office = office;
    this.fault = fault;
    this.position = position;
  }
}

/** An entry that is shown to be in the log, and about the person. */
export interface ToldEntry {
  office: OfficeId;
  position: number;
  leaf: Leaf;
  purpose: string;
  operatorRole: OperatorRole | null;
  /** Of a provision: what was given about this person, and nobody else, in the words of the log. */
  given: string | null;
}

/** The text of a note, where the office has signed it. */
type TextSignedBy = (office: OfficeId, name: string, note: CertifiedNote) => string | undefined;

/**
 * Holds an extract against its log's signed checkpoint: every entry is in the tree, is about this person, and between
 * the first and the disclosure itself none is left out.
 *
 * @throws ExtractError with the first thing that is wrong
 */
export function checkExtract(extract: LogExtract, textSignedBy: TextSignedBy): ToldEntry[] {
  const { office, residentRecordCode, entries } = extract;
  const fail = (fault: ExtractFault, position?: number) => new ExtractError(office, fault, position);
  const text = textSignedBy(office, originOf(office), extract);
  const checkpoint = text === undefined ? undefined : readCheckpoint(text);
  if (checkpoint?.origin !== originOf(office)) throw fail('CHECKPOINT_NOT_SIGNED');
  const personKey = personKeyIn(checkpoint.logKey, residentRecordCode, extract.keyProof);
  if (!personKey) throw fail('KEY_NOT_PROVEN');
  const told = entries.map((entry) => {
    const { position, leaf, inclusion, purpose } = entry;
    const place = { index: position, size: checkpoint.size, root: checkpoint.root };
    if (!provesInclusion(leafHash(leaf), place, inclusion)) throw fail('ENTRY_NOT_IN_LOG', position);
    const read = JSON.parse(leaf) as Leaf;
    const nth = entry.number > 0 ? read.subjects.indexOf(tagIn(entry, personKey, residentRecordCode)) : null;
    if (nth === -1) throw fail('ENTRY_OF_SOMEBODY_ELSE', position);
    if (digestOf(entry.purposeSalt, purpose) !== read.purposeDigest) throw fail('PURPOSE_ALTERED', position);
    const given = nth === null ? null : givenIn(read, nth);
    if (given === undefined) throw fail('PROVISION_MALFORMED', position);
    return { office, position, leaf: read, purpose, operatorRole: entry.operatorRole, given };
  });
  checkNumbers(entries, fail);
  checkExchanges(entries, told, fail);
  return told;
}

function tagIn({ number, salt }: ExtractEntry, personKey: Buffer, code: string): string {
  return salt === null ? tagOf(personKey, number) : digestOf(salt, code);
}

/** Null where it is no provision; undefined where it does not say what was given about the nth of its people. */
function givenIn({ provision }: Leaf, nth: number): string | null | undefined {
  if (provision === undefined) return null;
  const { data } = ProvisionSchema.safeParse(provision);
  return data && givenAbout(data, nth);
}

type Fail = (fault: ExtractFault, position?: number) => ExtractError;

/** One after another, in the order of the log, and the disclosure last: what came before it can not be left out. */
function checkNumbers(entries: ExtractEntry[], fail: Fail): void {
  const numbered = entries.filter(({ number }) => number > 0);
  for (const [i, { number, position }] of numbered.entries()) {
    const before = numbered[i - 1];
    if (before && (number !== before.number + 1 || position <= before.position)) throw fail('ENTRY_LEFT_OUT', position);
  }
  const last = numbered.at(-1);
  if ((JSON.parse(last?.leaf ?? '{}') as Leaf).procedure !== DISCLOSED) throw fail('DISCLOSURE_MISSING');
}

/** What is not numbered goes on with what is. */
function checkExchanges(entries: ExtractEntry[], told: ToldEntry[], fail: Fail): void {
  const keyOf = ({ leaf }: ToldEntry) => `${leaf.caller} ${leaf.exchange}`;
  const keys = new Set(told.filter((_, i) => entries[i]?.number !== 0).map(keyOf));
  const stray = told.find((one) => !keys.has(keyOf(one)));
  if (stray) throw fail('ENTRY_OF_SOMEBODY_ELSE', stray.position);
}
