import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHANGE_REASONS } from './change-information.js';
import { type Change, foldChange, type Holding, holdingAfter, type Standing } from './fold-changes.js';

type Ledger = Map<string, Holding>;

/** What happens to a person next; only a code is corrected into another. */
const REASONS = ['MOVE_IN', 'MINOR_CORRECTION', 'MOVE_OUT', 'CODE_CHANGE_REQUEST'] as const;

interface Step {
  reason: (typeof REASONS)[number];
  name: string;
  municipality: string;
  /** How much higher its version is than the last one's. */
  ahead: number;
}

const someName = fc.constantFrom('文京 太郎', '髙橋 花子', '葛\u{E0100}城 一', '葛城 一');
const someStep: fc.Arbitrary<Step> = fc.record({
  reason: fc.constantFrom(...REASONS),
  name: someName,
  municipality: fc.constantFrom('131059', '131041', '131156'),
  ahead: fc.integer({ min: 1, max: 3 }),
});
/** What happens to each of some people, step by step. */
const lives = fc.array(fc.array(someStep, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 4 });

/** Not codes that can be allotted, which is nothing to a fold. */
const codeOf = (person: number, nth: number) => `${person}${String(nth).padStart(10, '0')}`;

/** The changes of a person's life, in the order in which they were recorded. */
function changesOfLife(life: Step[], person: number): Change[] {
  let [code, codes, version] = [codeOf(person, 0), 1, 0];
  return life.map(({ reason, name, municipality, ahead }, nth) => {
    const previousCode = reason === 'CODE_CHANGE_REQUEST' ? code : null;
    if (previousCode !== null) {
      code = codeOf(person, codes);
      codes += 1;
    }
    version += ahead;
    return aChange({ changeId: `${person}-${nth}`, municipality, reason, version, previousCode }, { code, name });
  });
}

function aChange(differing: Partial<Change> = {}, { code = codeOf(1, 0), name = '文京 太郎' } = {}): Change {
  const { reason = 'MOVE_IN' } = differing;
  const person = { name, birthDate: '1980-04-01', sex: 'MALE' as const, address: '東京都文京区春日一丁目16番21号' };
  return {
    ...{ changeId: 'a-change', municipality: '131059', kind: CHANGE_REASONS[reason], reason, causeOn: '2016-05-20' },
    ...{ version: 1, previousCode: null, identification: { ...person, residentRecordCode: code } },
    ...differing,
  };
}

function fold(changes: Change[], held: Ledger = new Map()): { held: Ledger; standings: Standing[] } {
  const standings = changes.map((change) => foldChange(held, change));
  return { held, standings };
}

/** In the order of codes, whatever order they came in. */
function plain(held: Ledger): [string, Holding][] {
  return [...held].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** An arrangement of changes: each at least once, some again, in any order. */
function arrivals(changes: Change[]): fc.Arbitrary<Change[]> {
  return fc
    .subarray(changes)
    .chain((again) => fc.shuffledSubarray([...changes, ...again], { minLength: changes.length + again.length }));
}

const livesAndArrivals = lives.chain((all) => {
  const changes = all.map((life, i) => changesOfLife(life, i + 1));
  return fc.record({ changes: fc.constant(changes), arrived: arrivals(changes.flat()) });
});

describe('What a ledger holds of several people (CHAIN)', () => {
  it('is the same in whatever order their changes arrive, and however often', () => {
    fc.assert(
      fc.property(livesAndArrivals, ({ changes, arrived }) => {
        expect(plain(fold(arrived).held)).toEqual(plain(fold(changes.flat()).held));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is where the newest change of each has led, and every code of before leads on to the next', () => {
    fc.assert(
      fc.property(livesAndArrivals, ({ changes, arrived }) => {
        const { held } = fold(arrived);
        for (const life of changes) {
          const newest = life.at(-1) as Change;
          expect(held.get(newest.identification.residentRecordCode)).toEqual(holdingAfter(newest));
          for (const { previousCode, version, municipality, identification } of life) {
            if (previousCode === null) continue;
            const successor = identification.residentRecordCode;
            const led = { standing: 'SUPERSEDED', version, municipality, successor };
            expect(held.get(previousCode)).toMatchObject(led);
          }
        }
      }),
    );
  });

  it('has one active code of a person at most, once all has arrived (ONE)', () => {
    fc.assert(
      fc.property(livesAndArrivals, ({ changes, arrived }) => {
        const active = [...fold(arrived).held.values()].filter(({ standing }) => standing === 'ACTIVE');
        const persons = active.map(({ identification }) => identification.residentRecordCode[0]);
        const here = changes.filter((life) => life.at(-1)?.kind !== 'DELETION');
        expect(persons.sort()).toEqual(here.map((life) => life[0]?.changeId[0]).sort());
      }),
    );
  });

  it('is of each what it would be without the others', () => {
    fc.assert(
      fc.property(livesAndArrivals, ({ changes, arrived }) => {
        const alone = changes.flatMap((life) => {
          const ids = new Set(life.map(({ changeId }) => changeId));
          return plain(fold(arrived.filter(({ changeId }) => ids.has(changeId))).held);
        });
        expect(plain(fold(arrived).held)).toEqual(plain(new Map(alone)));
      }),
    );
  });
});

describe('A change', () => {
  const entry = aChange({ version: 3 });
  const correction = aChange({ reason: 'MINOR_CORRECTION', version: 5 }, { name: '文京 大朗' });

  it('is taken where nothing is held, and where something older is', () => {
    const { held, standings } = fold([entry, correction]);
    expect(standings).toEqual(['TAKEN', 'TAKEN']);
    expect(plain(held)).toEqual([[codeOf(1, 0), holdingAfter(correction)]]);
  });

  it('is older where something newer is held, which stays', () => {
    const { held, standings } = fold([correction, entry]);
    expect(standings).toEqual(['TAKEN', 'OLDER']);
    expect(plain(held)).toEqual([[codeOf(1, 0), holdingAfter(correction)]]);
  });

  it.each([
    ['entry', 'MOVE_IN', 'ACTIVE'],
    ['correction', 'CHANGE_OF_ADDRESS', 'ACTIVE'],
    ['deletion', 'DEATH', 'DELETED'],
    ['deletion', 'MOVE_OUT', 'DELETED'],
  ] as const)('that is an %s for %s leaves the person %s, as it has them', (_kind, reason, standing) => {
    const change = aChange({ reason, version: 9, municipality: '131041' }, { name: '髙橋 花子' });
    const { identification } = change;
    expect(fold([entry, change]).held.get(codeOf(1, 0))).toEqual({
      ...{ identification, standing, version: 9, municipality: '131041', successor: null },
    });
  });

  it('brings somebody back who was deleted, where it is newer', () => {
    const deletion = aChange({ reason: 'MOVE_OUT', version: 6 });
    const again = aChange({ version: 7, municipality: '131041' });
    for (const order of [
      [entry, deletion, again],
      [again, deletion, entry],
    ])
      expect(fold(order).held.get(codeOf(1, 0))).toEqual(holdingAfter(again));
  });
});

describe('Two different changes with one version', () => {
  const first = aChange({ changeId: 'first', version: 4 });
  const second = aChange({ changeId: 'second', version: 4, municipality: '131041' }, { name: '髙橋 花子' });

  it.each([
    ['one', [first, second]],
    ['other', [second, first]],
  ])('are a contradiction: where the %s came first, that one stays as it is', (_which, order) => {
    const { held, standings } = fold(order);
    expect(standings).toEqual(['TAKEN', 'CONTRADICTED']);
    expect(plain(held)).toEqual([[codeOf(1, 0), holdingAfter(order[0] as Change)]]);
  });

  it('leave the old code as it is where the second would correct it into this one', () => {
    const held = fold([aChange({ version: 2 }, { code: codeOf(1, 0) })]).held;
    const taken = aChange({ version: 4 }, { code: codeOf(1, 1) });
    foldChange(held, taken);
    const before = plain(held).map(([code, holding]) => [code, { ...holding }]);
    const corrected = aChange(
      { reason: 'CODE_CHANGE_REQUEST', version: 4, previousCode: codeOf(1, 0) },
      { code: codeOf(1, 1) },
    );
    expect(foldChange(held, corrected)).toBe('CONTRADICTED');
    expect(plain(held)).toEqual(before);
  });

  it('are none where they are of two codes', () => {
    const other = aChange({ version: 4 }, { code: codeOf(2, 0) });
    expect(fold([first, other]).standings).toEqual(['TAKEN', 'TAKEN']);
  });
});

describe('A correction of the code', () => {
  const entry = aChange({ version: 1 });
  const once = aChange(
    { reason: 'CODE_CHANGE_REQUEST', version: 2, previousCode: codeOf(1, 0) },
    { code: codeOf(1, 1) },
  );
  const twice = aChange({ reason: 'EX_OFFICIO_CODE', version: 3, previousCode: codeOf(1, 1) }, { code: codeOf(1, 2) });
  const orders = [
    [entry, once, twice],
    [entry, twice, once],
    [once, entry, twice],
    [once, twice, entry],
    [twice, entry, once],
    [twice, once, entry],
  ];

  it.each(orders.map((order) => [order.map(({ version }) => version).join(', '), order] as const))(
    'leads from each old code to the next and to one that is active, where versions come as %s',
    (_versions, order) => {
      const held = plain(fold([...order]).held);
      expect(held.map(([code, { identification }]) => [code, identification.residentRecordCode])).toEqual(
        held.map(([code]) => [code, code]),
      );
      expect(held.map(([code, { standing, successor }]) => [code, standing, successor])).toEqual([
        [codeOf(1, 0), 'SUPERSEDED', codeOf(1, 1)],
        [codeOf(1, 1), 'SUPERSEDED', codeOf(1, 2)],
        [codeOf(1, 2), 'ACTIVE', null],
      ]);
    },
  );

  it('leads on from a code of which nothing was known', () => {
    const { held, standings } = fold([once]);
    expect(standings).toEqual(['TAKEN']);
    expect(held.get(codeOf(1, 0))).toMatchObject({ standing: 'SUPERSEDED', successor: codeOf(1, 1), version: 2 });
  });

  it.each([
    ['before', (newer: Change) => [newer, once]],
    ['after', (newer: Change) => [once, newer]],
  ])('leaves what is newer under the old code, where that comes %s it', (_when, order) => {
    const newer = aChange({ reason: 'MOVE_OUT', version: 7 });
    expect(fold(order(newer)).held.get(codeOf(1, 0))).toEqual(holdingAfter(newer));
  });

  it('that is itself late still leads on from the old code, and leaves what is newer under the new one', () => {
    const later = aChange({ reason: 'MINOR_CORRECTION', version: 8 }, { code: codeOf(1, 1), name: '文京 大朗' });
    const { held, standings } = fold([entry, later, once]);
    expect(standings).toEqual(['TAKEN', 'TAKEN', 'OLDER']);
    expect(held.get(codeOf(1, 0))).toMatchObject({ standing: 'SUPERSEDED', successor: codeOf(1, 1) });
    expect(held.get(codeOf(1, 1))).toEqual(holdingAfter(later));
  });
});
