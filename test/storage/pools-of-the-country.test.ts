import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { isLocalGovernmentCode, isPrefectureCode } from '#core/domain/local-government-code.js';
import { municipalityId } from '#core/domain/office.js';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import { openNationalLedger } from '#national/national-centre.js';
import type { NationalTables } from '#national/storage/tables.js';
import { allotCodes } from '#national/use-cases/allot-codes.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

/** Of them, DOMAIN 1; for each, as many codes as a pool begins with. */
const MUNICIPALITIES = 1741;
const EACH = 200;

/** The first so many codes that municipalities can have, whichever of them have one. */
function municipalities(): string[] {
  const codes: string[] = [];
  for (let number = 1; codes.length < MUNICIPALITIES; number += 1) {
    const prefecture = String((number % 47) + 1).padStart(2, '0');
    const within = String(Math.floor(number / 47) + 100).padStart(3, '0');
    const code = [...'0123456789'].map((check) => `${prefecture}${within}${check}`).find(isLocalGovernmentCode);
    if (code && !isPrefectureCode(code)) codes.push(code);
  }
  return codes;
}

describe(`The pools of ${MUNICIPALITIES} municipalities`, () => {
  let ledger: Kysely<NationalTables>;
  const pools = new Map<string, string[]>();

  beforeAll(async () => {
    ledger = await openNationalLedger('sqlite::memory:');
    const network = { participates: () => true } as never;
    const centre = { ledger, network, clock: new SetClock(FRIDAY_MORNING), randomBytes };
    for (const code of municipalities()) {
      const request = { allotmentId: randomUUID(), amount: EACH };
      pools.set(code, await allotCodes(centre, municipalityId(code), request));
    }
  }, 120_000);
  afterAll(() => ledger.destroy());

  it('are disjoint: no code is in two of them', () => {
    expect(pools.size).toBe(MUNICIPALITIES);
    const all = [...pools.values()].flat();
    expect(all).toHaveLength(MUNICIPALITIES * EACH);
    expect(new Set(all).size).toBe(all.length);
  });

  it('hold codes alone that can be allotted', () => {
    expect([...pools.values()].flat().filter((code) => !isResidentRecordCode(code))).toEqual([]);
  });

  it('are kept at the centre for ever, each with the municipality that it was designated to', async () => {
    const rows = await ledger
      .selectFrom('allotment')
      .innerJoin('allotted_code', 'allotted_code.allotment_id', 'allotment.allotment_id')
      .select(['municipality', 'resident_record_code'])
      .execute();
    const kept = Map.groupBy(rows, ({ municipality }) => municipality);
    for (const [code, pool] of pools)
      expect(new Set(kept.get(municipalityId(code))?.map((row) => row.resident_record_code))).toEqual(new Set(pool));
  });

  it('say nothing of the municipality: the first digits of each are spread as evenly as those of all', () => {
    const firsts = (codes: string[]) => codes.map((code) => Number(code[0]));
    const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
    const means = [...pools.values()].map((pool) => mean(firsts(pool)));
    // Of 200 digits the mean strays from 4.5 by 0.2; six times that does not happen once in a hundred million pools.
    expect(means.filter((each) => Math.abs(each - 4.5) > 1.22)).toEqual([]);
  });
});
