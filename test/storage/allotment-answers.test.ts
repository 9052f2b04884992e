import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Refusal } from '#core/domain/refusal.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import {
  enterAllotment,
  freeCodes,
  type OpenAllotment,
  openAllotment,
  takeCodes,
} from '#municipality/storage/codes.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { CodePool } from '#municipality/use-cases/keep-code-pool.js';
import { openNationalLedger } from '#national/national-centre.js';
import type { NationalTables } from '#national/storage/tables.js';
import { allotCodes } from '#national/use-cases/allot-codes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { refusedAs } from '../support/households.js';
import { BUNKYO, SHINJUKU, YAMATSURI } from '../support/offices.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

/*
 *   Bunkyo, Shinjuku ── AllotCodes(id, amount) ──▶ national centre
 */
const AMOUNT = 200;
const network = Network.load('scripts/network.json');
const clock = new SetClock(FRIDAY_MORNING);

/** A source of bytes that look random and are the same from every beginning on. */
function replayed(): (size: number) => Buffer {
  let drawn = 0;
  return (size) => createHash('sha256').update(`draw ${drawn++}`).digest().subarray(0, size);
}

describeOnEveryDatabase('An allotment of codes', (fresh) => {
  let url: string;
  let ledger: Kysely<MunicipalityTables>;
  let centre: Kysely<NationalTables>;
  let asked: OpenAllotment[];

  beforeEach(async () => {
    asked = [];
    url = await fresh();
    ledger = await openMunicipalityLedger(url);
    centre = await openNationalLedger(await fresh());
  });
  afterEach(async () => {
    await ledger.destroy();
    await centre.destroy();
  });

  const desk = () => ({ ledger: centre, network, clock, randomBytes });
  const allot = (allotment: OpenAllotment, office = BUNKYO) => allotCodes(desk(), office, allotment);
  /** Bunkyo's pool; `along` is what happens to the centre's answer on its way. */
  const pool = (along: (codes: string[]) => string[] | Promise<string[]> = (codes) => codes) =>
    new CodePool({
      ...{ ledger, clock, newId: randomUUID, logger: createLogger(BUNKYO, 'silent') },
      askForCodes: async (allotment) => {
        asked.push(allotment);
        return along(await allot(allotment));
      },
    });
  const down = (): never => {
    throw new Refusal('OFFICE_UNAVAILABLE', { office: 'national' });
  };
  const take = (amount: number) => ledger.transaction().execute((trx) => takeCodes(trx, amount, 'an act'));
  const codesHere = async () =>
    (await ledger.selectFrom('allotted_code').selectAll().orderBy('ordinal').execute()).map(
      (row) => row.resident_record_code,
    );
  const codesAllotted = async () =>
    (await centre.selectFrom('allotted_code').selectAll().orderBy('ordinal').execute()).map(
      (row) => row.resident_record_code,
    );
  async function reopen(): Promise<void> {
    await ledger.destroy();
    ledger = await openMunicipalityLedger(url);
  }

  it.each<[string, (codes: string[]) => string[]]>([
    ['one code too few', (codes) => codes.slice(1)],
    ['one code too many', (codes) => [...codes, '24727059608']],
    ['no codes', () => []],
    ['a code twice', ([first = '', ...others]) => [first, first, ...others.slice(1)]],
    ['a code whose check digit is wrong', (codes) => ['24727059609', ...codes.slice(1)]],
    ['a code of a body that is never allotted', (codes) => ['25208017644', ...codes.slice(1)]],
    ['a code that is too short', ([first = '', ...others]) => [first.slice(1), ...others]],
  ])('is not taken with %s, and the question stays open until a right answer comes', async (_what, spoil) => {
    await expect(pool(spoil).refill()).rejects.toMatchObject({ reason: 'INTERNAL' });
    await expect(pool(spoil).ensure(1)).rejects.toMatchObject({ reason: 'CODES_EXHAUSTED' });
    expect([await codesHere(), await openAllotment(ledger)]).toEqual([[], asked[0]]);
    await pool().refill();
    expect(asked).toEqual(Array(3).fill(asked[0]));
    expect(await codesHere()).toEqual(await codesAllotted());
    expect(await openAllotment(ledger)).toBeUndefined();
  });

  it('is kept in the order in which the centre drew it, at both ends', async () => {
    const codes: string[][] = [];
    await pool((answer) => {
      codes.push(answer);
      return answer;
    }).refill();
    expect([await codesHere(), await codesAllotted()]).toEqual([codes[0], codes[0]]);
  });

  it('is asked for with the same id by the process after one that died with the question written down', async () => {
    const written = { allotmentId: randomUUID(), amount: AMOUNT };
    await enterAllotment(ledger, written, clock.now());
    await reopen();
    await pool().refill();
    expect(asked).toEqual([written]);
    expect(await codesHere()).toEqual(await codesAllotted());
  });

  it('comes again as it was to the process after one that died with the answer in its hands', async () => {
    const dying = pool(async (codes) => {
      await ledger.destroy();
      return codes;
    });
    await expect(dying.refill()).rejects.toThrow();
    const lost = await codesAllotted();
    await reopen();
    expect(await codesHere()).toEqual([]);
    await pool().refill();
    expect([await codesHere(), await codesAllotted()]).toEqual([lost, lost]);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('is not waited for while enough codes are free, though the pool is low and the centre is slow', async () => {
    await pool().refill();
    await take(AMOUNT - 10);
    const slow = Promise.withResolvers<void>();
    const waiting = pool((codes) => slow.promise.then(() => codes));
    await waiting.ensure(10);
    expect(await freeCodes(ledger)).toBe(10);
    slow.resolve();
    await waiting.settled();
    expect(await freeCodes(ledger)).toBe(10 + AMOUNT);
  });

  it('is asked for once fewer than fifty would be left, and not before', async () => {
    const filled = pool();
    await filled.refill();
    await filled.ensure(AMOUNT - 50);
    await filled.settled();
    expect(asked).toHaveLength(1);
    await filled.ensure(AMOUNT - 49);
    await filled.settled();
    expect(asked).toHaveLength(2);
  });

  it('is not asked for by an act that needs no code', async () => {
    await pool(down).ensure(0);
    expect(asked).toEqual([]);
  });

  it('is what the counter has to wait for where nothing is free, and it is refused while the centre is down', async () => {
    await expect(pool(down).ensure(1)).rejects.toMatchObject({ reason: 'CODES_EXHAUSTED' });
    expect(await freeCodes(ledger)).toBe(0);
    await pool().ensure(1);
    expect(await freeCodes(ledger)).toBe(AMOUNT);
  });

  it('is one and the same for one question, however many times it comes at the same moment', async () => {
    const allotted = [];
    // From the second one on, connections to the database are open, and nothing holds the questions apart.
    for (let nth = 1; nth <= 4; nth++) {
      const allotment = { allotmentId: randomUUID(), amount: 50 };
      const answers = await Promise.all(Array.from({ length: 10 }, () => allot(allotment)));
      expect(answers).toEqual(Array(10).fill(answers[0]));
      allotted.push(...(answers[0] ?? []));
    }
    expect((await codesAllotted()).sort()).toEqual(allotted.sort());
  });

  it('shares no code with others at the same moment, though the same numbers are drawn for all', async () => {
    const allotted = [];
    for (let nth = 1; nth <= 3; nth++) {
      const both = [BUNKYO, SHINJUKU].map((office) =>
        allotCodes({ ...desk(), randomBytes: replayed() }, office, { allotmentId: randomUUID(), amount: 100 }),
      );
      allotted.push(...(await Promise.all(both)).flat());
    }
    expect([allotted.length, new Set(allotted).size]).toEqual([600, 600]);
    expect((await codesAllotted()).sort()).toEqual(allotted.sort());
  });

  it('is not there at all where the centre fails while it draws, and can be asked for again', async () => {
    const allotment = { allotmentId: randomUUID(), amount: 50 };
    let draws = 0;
    const breaking = (size: number) => {
      if (++draws > 30) throw new Error('no more randomness');
      return randomBytes(size);
    };
    await expect(allotCodes({ ...desk(), randomBytes: breaking }, BUNKYO, allotment)).rejects.toThrow('no more');
    expect(await codesAllotted()).toEqual([]);
    expect(await allot(allotment)).toHaveLength(50);
  });

  it('under an id of another question is refused, and the first one stays as it was', async () => {
    const allotment = { allotmentId: randomUUID(), amount: 5 };
    const codes = await allot(allotment);
    await expect(allot(allotment, SHINJUKU)).rejects.toEqual(refusedAs('ID_REUSED'));
    for (const amount of [4, 6]) await expect(allot({ ...allotment, amount })).rejects.toEqual(refusedAs('ID_REUSED'));
    expect([await allot(allotment), await codesAllotted()]).toEqual([codes, codes]);
  });

  it.each([YAMATSURI, 'municipality/011002'])('is not made to %s, which takes no part', async (office) => {
    const asking = allot({ allotmentId: randomUUID(), amount: 5 }, office);
    await expect(asking).rejects.toEqual(refusedAs('NOT_PARTICIPATING', { office }));
    expect(await codesAllotted()).toEqual([]);
  });
});
