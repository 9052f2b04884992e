import { describe, expect, it } from '@jest/globals';
import { fiscalYear, monthInTokyo } from './fiscal-year.js';

describe('The fiscal year 2016', () => {
  const { since, until, months, firstDay, lastDay } = fiscalYear(2016);

  it('is from midnight of 1 April 2016 to midnight of 1 April 2017 in Tokyo', () => {
    expect([since.toISOString(), until.toISOString()]).toEqual([
      '2016-03-31T15:00:00.000Z',
      '2017-03-31T15:00:00.000Z',
    ]);
    expect([firstDay, lastDay]).toEqual(['2016-04-01', '2017-03-31']);
  });

  it('has twelve months, April first', () => {
    expect([months.length, months[0], months[8], months[9], months[11]]).toEqual([
      ...[12, '2016-04', '2016-12', '2017-01', '2017-03'],
    ]);
  });

  it('ends where the next begins', () => expect(until).toEqual(fiscalYear(2017).since));
});

describe('The month that it is in Tokyo', () => {
  it.each([
    ['2017-03-31T14:59:59.999Z', '2017-03'],
    ['2017-03-31T15:00:00.000Z', '2017-04'],
    ['2016-12-31T15:00:00.000Z', '2017-01'],
    ['2016-02-29T14:59:59.999Z', '2016-02'],
  ])('at %s is %s', (at, month) => expect(monthInTokyo(new Date(at))).toBe(month));
});
