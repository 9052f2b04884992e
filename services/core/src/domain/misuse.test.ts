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
  });
});
