import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { Refusal } from '#core/domain/refusal.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { freeCodes, openAllotment, takeCodes } from '#municipality/storage/codes.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { CodePool } from '#municipality/use-cases/keep-code-pool.js';
import { openNationalLedger } from '#national/national-centre.js';
import type { NationalTables } from '#national/storage/tables.js';
import { allotCodes } from '#national/use-cases/allot-codes.js';
import { describeOnEveryDatabase, type Fresh } from '../support/every-database.js';
import { BUNKYO, SHINJUKU, YAMATSURI } from '../support/offices.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

/*
 *   Bunkyo ── AllotCodes(id, 200) ──▶ national centre      over two real ledgers; the line between them can break
 */
const AMOUNT = 200;
const network = Network.load('scripts/network.json');
const clock = new SetClock(FRIDAY_MORNING);

/** How the line behaves: it carries both ways, loses the question, or loses the answer. */
type Line = 'CARRIES' | 'LOSES_QUESTION' | 'LOSES_ANSWER';

/** Bunkyo's pool and the centre that fills it. */
async function found(fresh: Fresh) {
  const url = await fresh();
  const centre: Kysely<NationalTables> = await openNationalLedger(await fresh());
  const desk = { network, clock, ledger: centre, randomBytes };
  let ledger: Kysely<MunicipalityTables> = await openMunicipalityLedger(url);
  const world = { line: 'CARRIES' as Line, asked: [] as string[] };
  const poolOver = () =>
    new CodePool({
      ...{ ledger, clock, newId: randomUUID, logger: createLogger(BUNKYO, 'silent') },
      async askForCodes(allotment) {
        world.asked.push(allotment.allotmentId);
        if (world.line === 'LOSES_QUESTION') throw new Refusal('OFFICE_UNAVAILABLE');
        const codes = await allotCodes(desk, BUNKYO, allotment);
        if (world.line === 'LOSES_ANSWER') throw new Refusal('OFFICE_UNAVAILABLE');
        return codes;
      },
    });
  let pool = poolOver();
  return {
    ...{ world, desk },
    get ledger() {
      return ledger;
    },
    get pool() {
      return pool;
    },
    /** The process dies, and another one opens the ledger as it was left. */
    async crash() {
      await ledger.destroy();
      ledger = await openMunicipalityLedger(url);
      pool = poolOver();
    },
    take: (amount: number) => ledger.transaction().execute((trx) => takeCodes(trx, amount, randomUUID())),
    codesHere: async () =>
      (await ledger.selectFrom('allotted_code').select('resident_record_code').execute()).map(
        (row) => row.resident_record_code,
      ),
    codesAllotted: async () =>
      (await centre.selectFrom('allotted_code').select('resident_record_code').execute()).map(
        (row) => row.resident_record_code,
      ),
    async close() {
      await pool.settled();
      await ledger.destroy();
      await centre.destroy();
    },
  };
}

const reasonOf = (act: Promise<unknown>) =>
  act.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.reason : error),
  );

describeOnEveryDatabase('The pool of codes of Bunkyo', (fresh) => {
  let bunkyo: Awaited<ReturnType<typeof found>>;
  beforeEach(async () => {
    bunkyo = await found(fresh);
  });
  afterEach(() => bunkyo.close());

  it('is filled by the centre when codes are needed, and gives each once', async () => {
    await bunkyo.pool.ensure(1);
    const taken = await bunkyo.take(AMOUNT);
    expect(new Set(taken).size).toBe(AMOUNT);
    expect(await freeCodes(bunkyo.ledger)).toBe(0);
    expect(new Set(taken)).toEqual(new Set(await bunkyo.codesAllotted()));
  });

  it('puts the same question again after the answer was lost, and loses no code', async () => {
    bunkyo.world.line = 'LOSES_ANSWER';
    expect(await reasonOf(bunkyo.pool.ensure(1))).toBe('CODES_EXHAUSTED');
    expect(await bunkyo.codesHere()).toEqual([]);
    const lost = await bunkyo.codesAllotted();
    bunkyo.world.line = 'CARRIES';
    await bunkyo.pool.ensure(1);
    expect(new Set(bunkyo.world.asked).size).toBe(1);
    expect(new Set(await bunkyo.codesHere())).toEqual(new Set(lost));
    expect(await bunkyo.codesAllotted()).toHaveLength(AMOUNT);
  });

  it('puts the question that it had written down before a crash, and not another one', async () => {
    bunkyo.world.line = 'LOSES_QUESTION';
    await reasonOf(bunkyo.pool.refill());
    await bunkyo.crash();
    bunkyo.world.line = 'CARRIES';
    await bunkyo.pool.refill();
    expect(new Set(bunkyo.world.asked).size).toBe(1);
    expect(await openAllotment(bunkyo.ledger)).toBeUndefined();
    expect(await freeCodes(bunkyo.ledger)).toBe(AMOUNT);
  });

  it('lets the counter go on while it is only low and the centre does not answer', async () => {
    await bunkyo.pool.ensure(1);
    await bunkyo.take(AMOUNT - 10);
    bunkyo.world.line = 'LOSES_QUESTION';
    expect(await reasonOf(bunkyo.pool.ensure(10))).toBeUndefined();
    await bunkyo.pool.settled();
    expect(await reasonOf(bunkyo.pool.ensure(11))).toBe('CODES_EXHAUSTED');
  });

  it('asks once for many that need codes at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => bunkyo.pool.ensure(1)));
    expect(bunkyo.world.asked).toHaveLength(1);
  });

  it('takes none where too few are free, and none for an act that is rolled back', async () => {
    await bunkyo.pool.ensure(1);
    expect(await reasonOf(bunkyo.take(AMOUNT + 1))).toBe('CODES_EXHAUSTED');
    const rolledBack = bunkyo.ledger.transaction().execute(async (trx) => {
      await takeCodes(trx, 5, 'an act');
      throw new Refusal('NOTHING_CHANGES');
    });
    expect(await reasonOf(rolledBack)).toBe('NOTHING_CHANGES');
    expect(await freeCodes(bunkyo.ledger)).toBe(AMOUNT);
  });

  it('is refused an id that stands for another amount, or for another municipality’s question', async () => {
    const allotmentId = randomUUID();
    await allotCodes(bunkyo.desk, BUNKYO, { allotmentId, amount: 5 });
    expect(await reasonOf(allotCodes(bunkyo.desk, BUNKYO, { allotmentId, amount: 6 }))).toBe('ID_REUSED');
    expect(await reasonOf(allotCodes(bunkyo.desk, SHINJUKU, { allotmentId, amount: 5 }))).toBe('ID_REUSED');
    expect(await reasonOf(allotCodes(bunkyo.desk, YAMATSURI, { allotmentId: randomUUID(), amount: 5 }))).toBe(
      'NOT_PARTICIPATING',
    );
    expect(await bunkyo.codesAllotted()).toHaveLength(5);
  });
});

type Step = { refill: Line } | { take: number } | { crash: true };

/** @returns the codes that acts have taken */
async function play(bunkyo: Awaited<ReturnType<typeof found>>, steps: Step[]): Promise<string[]> {
  const taken: string[] = [];
  for (const step of steps) {
    if ('crash' in step) await bunkyo.crash();
    else if ('take' in step) taken.push(...(await bunkyo.take(step.take).catch(() => [])));
    else {
      bunkyo.world.line = step.refill;
      await reasonOf(bunkyo.pool.refill());
    }
  }
  return taken;
}

describeOnEveryDatabase('Codes, whatever breaks between Bunkyo and the centre', (fresh) => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ refill: fc.constantFrom<Line>('CARRIES', 'LOSES_QUESTION', 'LOSES_ANSWER') }),
    fc.record({ take: fc.integer({ min: 1, max: 120 }) }),
    fc.constant({ crash: true as const }),
  );

  it('are never given twice, and none that was allotted is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const bunkyo = await found(fresh);
        try {
          const taken = await play(bunkyo, steps);
          bunkyo.world.line = 'CARRIES';
          await bunkyo.pool.refill();
          expect(new Set(taken).size).toBe(taken.length);
          const [here, allotted] = [await bunkyo.codesHere(), await bunkyo.codesAllotted()];
          expect([...here].sort()).toEqual([...allotted].sort());
          expect(taken.filter((code) => !here.includes(code))).toEqual([]);
          expect(await freeCodes(bunkyo.ledger)).toBe(here.length - taken.length);
        } finally {
          await bunkyo.close();
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
