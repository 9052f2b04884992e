import type { Kysely } from 'kysely';
import { holdingDigest, partsOf, rangeDigest } from '../domain/holding-digest.js';
import type { LocalGovernmentCode } from '../domain/local-government-code.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { activeHoldingsOf } from '../storage/identity-ledger.js';
import type { CoreTables } from '../storage/tables.js';

/** What is compared of a range of codes. */
export interface RangeDigest {
  prefix: string;
  count: number;
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

/** So many holdings of a range are listed rather than divided again. */
const FEW = 40;
/** So many ranges go into one question. */
const MOST_RANGES = 200;
const DIGITS = 11;

export async function digestsOf(
  db: Kysely<CoreTables>,
  municipality: LocalGovernmentCode,
  prefixes: string[],
): Promise<RangeDigest[]> {
  const ranges = [];
  for (const prefix of prefixes) {
    const digests = (await activeHoldingsOf(db, municipality, prefix)).map(holdingDigest);
    ranges.push({ prefix, count: digests.length, digest: rangeDigest(digests) });
  }
  return ranges;
}

export async function holdingDigestsOf(
  db: Kysely<CoreTables>,
  municipality: LocalGovernmentCode,
  prefixes: string[],
): Promise<HoldingDigest[]> {
  const listed = [];
  for (const prefix of prefixes) {
    for (const holding of await activeHoldingsOf(db, municipality, prefix)) {
      const { identification, version } = holding;
      listed.push({ residentRecordCode: identification.residentRecordCode, version, digest: holdingDigest(holding) });
    }
  }
  return listed;
}

/** A holding that two levels have otherwise; a version is undefined where a level does not have it at all. */
export interface Difference {
  residentRecordCode: ResidentRecordCode;
  own: number | undefined;
  above: number | undefined;
}

/**
 * Finds what a level above has otherwise, without shipping data: ranges that agree are left aside, those that differ are
 * divided by the next digit, and where few are left their digests are listed. The questions are as many as the digits
 * need, and what they carry grows with the differences, not with the ledger.
 */
export async function findDifferences(
  db: Kysely<CoreTables>,
  municipality: LocalGovernmentCode,
  above: Above,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  let prefixes = [''];
  while (prefixes.length > 0) {
    const differing = await differingRanges(db, municipality, above, prefixes);
    const few = differing.filter(({ most, prefix }) => most <= FEW || prefix.length === DIGITS);
    for (const asked of inGroups(few.map(({ prefix }) => prefix)))
      differences.push(...(await differencesIn(db, municipality, above, asked)));
    prefixes = differing.filter((range) => !few.includes(range)).flatMap(({ prefix }) => partsOf(prefix));
  }
  return differences;
}

/** The ranges that differ, and how many holdings either level has in each at most. */
async function differingRanges(
  db: Kysely<CoreTables>,
  municipality: LocalGovernmentCode,
  above: Above,
  prefixes: string[],
): Promise<{ prefix: string; most: number }[]> {
  const differing = [];
  for (const asked of inGroups(prefixes)) {
    const [own, theirs] = [await digestsOf(db, municipality, asked), await above.compareRanges(asked)];
    for (const [nth, { prefix, count, digest }] of own.entries()) {
      const other = theirs[nth];
      if (other && !digest.equals(other.digest)) differing.push({ prefix, most: Math.max(count, other.count) });
    }
  }
  return differing;
}

function inGroups(prefixes: string[]): string[][] {
  const groups = Math.ceil(prefixes.length / MOST_RANGES);
  return Array.from({ length: groups }, (_, i) => prefixes.slice(i * MOST_RANGES, (i + 1) * MOST_RANGES));
}

async function differencesIn(
  db: Kysely<CoreTables>,
  municipality: LocalGovernmentCode,
  above: Above,
  prefixes: string[],
): Promise<Difference[]> {
  const own = byCode(await holdingDigestsOf(db, municipality, prefixes));
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
