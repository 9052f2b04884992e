import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { holdingDigest, partsOf } from '../domain/holding-digest.js';
import { inGroups } from '../domain/in-groups.js';
import type { LocalGovernmentCode } from '../domain/local-government-code.js';
import { Refusal } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { activeHoldingsOf } from '../storage/identity-ledger.js';
import type { CoreTables } from '../storage/tables.js';

/** What is compared of a range of codes. */
export interface RangeDigest {
  prefix: string;
  count: number;
  /** SHA-256 over the digests of the holdings, in the order of their codes. */
  digest: Buffer;
}

/** What is compared of a holding. */
export interface HoldingDigest {
  residentRecordCode: ResidentRecordCode;
  version: number;
  digest: Buffer;
}

/** A level above, as far as it answers digests of one municipality's holdings. */
export interface Above {
  compareRanges(prefixes: string[]): Promise<RangeDigest[]>;
  listHoldings(prefixes: string[]): Promise<HoldingDigest[]>;
}

/** A holding that two levels have otherwise; a version is undefined where a level does not have it as an active one. */
export interface Difference {
  residentRecordCode: ResidentRecordCode;
  own: number | undefined;
  above: number | undefined;
}

/** One municipality's part of an identity ledger. */
export interface Part {
  ledger: Kysely<CoreTables>;
  municipality: LocalGovernmentCode;
}

/** So many holdings of a range are listed rather than divided again. */
const FEW = 40;
/** So many ranges go into one question. */
export const MOST_RANGES = 200;
/** So many holdings into one answer; it has to fit into a message. */
const MOST_LISTED = 600;
/** A level above lists so many at most, whatever is asked: a range can have grown since it was compared. */
const MOST_ANSWERED = 4 * MOST_LISTED;
const DIGITS = 11;

export async function digestsOf(part: Part, prefixes: string[]): Promise<RangeDigest[]> {
  const ranges = [];
  for (const prefix of prefixes) {
    const digest = createHash('sha256');
    let count = 0;
    for await (const holding of activeHoldingsOf(part.ledger, part.municipality, prefix)) {
      digest.update(holdingDigest(holding));
      count += 1;
    }
    ranges.push({ prefix, count, digest: digest.digest() });
  }
  return ranges;
}

/** @throws Refusal INVALID_REQUEST where the ranges hold more than an answer may */
export async function holdingDigestsOf(part: Part, prefixes: string[]): Promise<HoldingDigest[]> {
  const listed = [];
  for (const prefix of prefixes) {
    for await (const holding of activeHoldingsOf(part.ledger, part.municipality, prefix)) {
      const { identification, version } = holding;
      if (listed.length === MOST_ANSWERED)
        throw new Refusal('INVALID_REQUEST', { field: 'prefixes', fault: 'hold more than is listed at once' });
      listed.push({ residentRecordCode: identification.residentRecordCode, version, digest: holdingDigest(holding) });
    }
  }
  return listed;
}

/**
 * Finds what a level above has otherwise, without shipping data: ranges that agree are left aside, those that differ are
 * divided by the next digit, and where few are left their digests are listed. The questions are as many as the digits
 * need, and what they carry grows with the differences, not with the ledger.
 */
export async function findDifferences(part: Part, above: Above): Promise<Difference[]> {
  const differences: Difference[] = [];
  let prefixes = [''];
  while (prefixes.length > 0) {
    const differing = await differingRanges(part, above, prefixes);
    const few = differing.filter(({ most, prefix }) => most <= FEW || prefix.length === DIGITS);
    for (const asked of inGroups(few, MOST_LISTED / FEW))
      differences.push(
        ...(await differencesIn(
          part,
          above,
          asked.map(({ prefix }) => prefix),
        )),
      );
    prefixes = differing.filter((range) => !few.includes(range)).flatMap(({ prefix }) => partsOf(prefix));
  }
  return differences;
}

/** A range that differs, and how many holdings either level has in it at most. */
interface Differing {
  prefix: string;
  most: number;
}

async function differingRanges(part: Part, above: Above, prefixes: string[]): Promise<Differing[]> {
  const differing = [];
  for (const asked of inGroups(prefixes, MOST_RANGES)) {
    const theirs = new Map((await above.compareRanges(asked)).map((range) => [range.prefix, range]));
    for (const { prefix, count, digest } of await digestsOf(part, asked)) {
      const other = theirs.get(prefix);
      if (!other) throw new Error('the level above leaves out a range that it was asked for');
      if (!digest.equals(other.digest)) differing.push({ prefix, most: Math.max(count, other.count) });
    }
  }
  return differing;
}

/** Those of some differences that are still there: what was on its way meanwhile has arrived. */
export async function lookAgain(part: Part, above: Above, differences: Difference[]): Promise<Difference[]> {
  const left = [];
  for (const group of inGroups(differences, MOST_RANGES))
    left.push(
      ...(await differencesIn(
        part,
        above,
        group.map(({ residentRecordCode }) => residentRecordCode),
      )),
    );
  return left;
}

async function differencesIn(part: Part, above: Above, prefixes: string[]): Promise<Difference[]> {
  const own = byCode(await holdingDigestsOf(part, prefixes));
  const theirs = byCode(await above.listHoldings(prefixes));
  const codes = new Set([...own.keys(), ...theirs.keys()]);
  return [...codes].flatMap((residentRecordCode) => {
    const [mine, other] = [own.get(residentRecordCode), theirs.get(residentRecordCode)];
    if (mine && other && mine.digest.equals(other.digest)) return [];
    return [{ residentRecordCode, own: mine?.version, above: other?.version }];
  });
}

function byCode(digests: HoldingDigest[]): Map<ResidentRecordCode, HoldingDigest> {
  return new Map(digests.map((digest) => [digest.residentRecordCode, digest]));
}
