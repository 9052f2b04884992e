import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aChange, heldAfter } from '../../../../test/support/changes.js';
import { type Change, foldChange, type Holding, type Standing } from './fold-changes.js';

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
    return aChange(
      { changeId: `${person}-${nth}`, municipality, reason, version, previousCode },
      { residentRecordCode: code, name },
    );
  });
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
          expect(held.get(newest.identification.residentRecordCode)).toEqual(heldAfter(newest));
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
