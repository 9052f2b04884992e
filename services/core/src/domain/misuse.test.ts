import { describe, expect, it } from '@jest/globals';
import { type Look, MisuseWatch } from './misuse.js';

const FRIDAY_TEN = Date.parse('2016-05-27T10:00:00+09:00');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const look = (differing: Partial<Look> = {}, minutes = 0): Look => ({
  ...{ operator: 'operator-1', person: '24727059608', isCase: false, at: new Date(FRIDAY_TEN + minutes * MINUTE) },
  ...differing,
});

function patternsOf(looks: Look[]): string[] {
  const watch = new MisuseWatch();
  return looks.flatMap((one) => watch.note(one).map(({ pattern, operator }) => `${pattern} ${operator}`));
}

describe('Many operators look at one person', () => {
  const operators = ['operator-1', 'operator-2', 'operator-3', 'operator-4'];

  it('is told with the fourth within a week, once', () => {
    const looks = [...operators, 'operator-5'].map((operator, i) => look({ operator }, i));
    expect(patternsOf(looks)).toEqual(['MANY_OPERATORS operator-4']);
  });

  it('is not told of three who look again and again, nor of four over more than a week', () => {
    const three = [1, 2, 3, 1, 2, 3].map((n, i) => look({ operator: `operator-${n}` }, i));
    const slow = operators.map((operator, i) => look({ operator, at: new Date(FRIDAY_TEN + i * 5 * DAY) }));
    expect(patternsOf(three)).toEqual([]);
    expect(patternsOf(slow).filter((told) => told.startsWith('MANY_OPERATORS'))).toEqual([]);
  });

  it('is told again the next day', () => {
    const again = [...operators, 'operator-1'].map((operator, i) =>
      look({ operator, at: new Date(FRIDAY_TEN - DAY + Math.floor(i / 4) * DAY) }),
    );
    expect(patternsOf(again)).toEqual(['MANY_OPERATORS operator-4', 'MANY_OPERATORS operator-1']);
  });
});

describe('One operator looks at many people without a case', () => {
  const people = Array.from({ length: 60 }, (_, i) => `person ${i}`);

  it('is told with the fortieth within an hour, once', () => {
    const looks = people.map((person, i) => look({ person }, i / 2));
    expect(patternsOf(looks)).toEqual(['MANY_PEOPLE operator-1']);
  });

  it('is not told of as many over a day, nor of those for whom something was done', () => {
    const slow = people.map((person, i) => look({ person }, i * 2));
    const busy = people.flatMap((person, i) => [look({ person }, i / 2), look({ person, isCase: true }, i / 2)]);
    expect(patternsOf(slow)).toEqual([]);
    expect(patternsOf(busy)).toEqual([]);
  });
});

describe('Something done for somebody', () => {
  const people = Array.from({ length: 39 }, (_, i) => look({ person: `person ${i}` }));
  const [one, another] = [look({ person: 'one' }, 1), look({ person: 'another' }, 2)];
  const copyFor = (person: string, minutes: number) => look({ person, isCase: true }, minutes);

  it('takes the look at them back, whether it comes after the look or before', () => {
    expect(patternsOf([...people, copyFor('person 7', 1), one])).toEqual([]);
    expect(patternsOf([...people, copyFor('one', 0), one])).toEqual([]);
  });

  it('takes no other look back, and none an hour later', () => {
    const told = ['MANY_PEOPLE operator-1'];
    expect(patternsOf([...people, copyFor('person 7', 1), one, another])).toEqual(told);
    expect(patternsOf([...people, copyFor('another', 1), one])).toEqual(told);
    const later = people.map((before) => ({ ...before, at: new Date(before.at.getTime() + 61 * MINUTE) }));
    expect(patternsOf([copyFor('one', 0), ...later, look({ person: 'one' }, 61)])).toEqual(told);
    expect(patternsOf([...people, { ...copyFor('person 7', 1), operator: 'operator-2' }, one])).toEqual(told);
  });
});

describe('An operator sees somebody of their own family', () => {
  it('is told once a day for each operator, whoever of the family it is', () => {
    const watch = new MisuseWatch();
    const note = (operator: string, person: string | null, minutes = 0) =>
      watch.noteFamily({ operator, person, at: new Date(FRIDAY_TEN + minutes * MINUTE) });
    expect(note('operator-1', 'one')).toEqual([{ pattern: 'OWN_FAMILY', operator: 'operator-1', person: 'one' }]);
    expect([note('operator-1', 'one'), note('operator-1', 'another')]).toEqual([[], []]);
    expect(note('operator-2', null)).toEqual([{ pattern: 'OWN_FAMILY', operator: 'operator-2', person: null }]);
    expect(note('operator-1', 'one', DAY / MINUTE)).toHaveLength(1);
  });
});

describe('An operator looks at an odd hour', () => {
  it.each([
    ['2016-05-27T20:59:00+09:00', []],
    ['2016-05-27T21:00:00+09:00', ['ODD_HOURS operator-1']],
    ['2016-05-28T05:59:00+09:00', ['ODD_HOURS operator-1']],
    ['2016-05-28T10:00:00+09:00', ['ODD_HOURS operator-1']],
    ['2016-05-30T06:00:00+09:00', []],
  ])('is told of %s: %j', (at, told) => {
    expect(patternsOf([look({ at: new Date(at) })])).toEqual(told);
    expect(patternsOf([look({ at: new Date(at), isCase: true })])).toEqual([]);
  });
});

describe('A watch that goes on for long', () => {
  it('remembers a bounded number of people', () => {
    const watch = new MisuseWatch();
    for (let i = 0; i < 25_000; i += 1)
      watch.note(look({ person: `person ${i}`, operator: `operator ${i}` }, i / 10_000));
    expect(watch['onlookers'].size).toBeLessThanOrEqual(20_000);
    expect(watch['seen'].size).toBeLessThanOrEqual(20_000);
    expect(watch['served'].size).toBeLessThanOrEqual(20_000);
  });
});
