import { describe, expect, it } from '@jest/globals';
import { lastDayAfterMoveOut, lastDayOfFirstMoveIn, lastDayToContinue } from './deadlines.js';

const PLANNED = '2016-05-27';

describe('The last day of a first move-in with the card (Article 24-2, DEADLINE)', () => {
  it('is 14 days after moving in, where that is the earlier one', () => {
    expect(lastDayOfFirstMoveIn(PLANNED, '2016-05-27')).toBe('2016-06-10');
    expect(lastDayOfFirstMoveIn(PLANNED, '2016-06-11')).toBe('2016-06-25');
  });

  it('is 30 days after the planned day, where that is the earlier one', () => {
    expect(lastDayOfFirstMoveIn(PLANNED, '2016-06-13')).toBe('2016-06-26');
    expect(lastDayOfFirstMoveIn(PLANNED, '2016-06-26')).toBe('2016-06-26');
  });

  it('is the same by both, where somebody moves in 16 days after the planned day', () => {
    expect(lastDayOfFirstMoveIn(PLANNED, '2016-06-12')).toBe('2016-06-26');
  });

  it('is before the planned day, where somebody moved in long before it', () => {
    expect(lastDayOfFirstMoveIn(PLANNED, '2016-05-01')).toBe('2016-05-15');
  });
});

describe('The last day of a card whose holder has moved out', () => {
  it.each([
    ['2016-05-27', '2016-06-26', 'from a month of 31 days'],
    ['2016-04-01', '2016-05-01', 'from a month of 30 days'],
    ['2016-01-30', '2016-02-29', 'to the day that a leap year has more'],
    ['2015-01-30', '2015-03-01', 'over the end of February of another year'],
    ['2015-12-02', '2016-01-01', 'to the first day of the next year'],
  ])('who planned %s, is %s: 30 days later, %s', (plannedOn, last) => {
    expect(lastDayAfterMoveOut(plannedOn)).toBe(last);
  });
});

describe('The last day on which a card is handed over to go on', () => {
  it.each([
    ['2016-05-27', '2016-08-25'],
    ['2015-12-01', '2016-02-29'],
    ['2016-12-01', '2017-03-01'],
  ])('after a first move-in on %s, is %s: 90 days later', (firstMoveInOn, last) => {
    expect(lastDayToContinue(firstMoveInOn)).toBe(last);
  });
});
