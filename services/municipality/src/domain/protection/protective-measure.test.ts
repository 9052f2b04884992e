import { describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import { refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import {
  isInForce,
  lastDayOfYearFrom,
  MeasureApplication,
  type ProtectiveMeasure,
  renewedUntil,
} from './protective-measure.js';

function measure(from: string, until = lastDayOfYearFrom(from), endedOn: string | null = null): ProtectiveMeasure {
  return { measureId: 'measure-1', applicant: 'record-1', covered: ['record-1'], from, until, endedOn };
}

describe('A protective measure (支援措置) lasts a year', () => {
  it.each([
    ['2016-05-27', '2017-05-26'],
    ['2016-06-01', '2017-05-31'],
    ['2016-01-01', '2016-12-31'],
    ['2015-03-01', '2016-02-29'],
    ['2016-03-01', '2017-02-28'],
    ['2016-02-28', '2017-02-27'],
    ['2015-02-28', '2016-02-27'],
  ])('from %s to %s, that day included', (from, until) => expect(lastDayOfYearFrom(from)).toBe(until));

  it('from 29 February to the end of the next February: a year without that day ends with the month (Civil Code 143)', () => {
    expect(lastDayOfYearFrom('2016-02-29')).toBe('2017-02-28');
  });

  it('in the first as in the last of its days, and not before or after', () => {
    const days = ['2016-05-26', '2016-05-27', '2017-05-26', '2017-05-27'];
    expect(days.map((day) => isInForce(measure('2016-05-27'), day))).toEqual([false, true, true, false]);
  });

  it('unless it ends before: it holds on that day no more', () => {
    const ended = measure('2016-05-27', '2017-05-26', '2016-09-01');
    expect(['2016-08-31', '2016-09-01', '2016-09-02'].map((day) => isInForce(ended, day))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('not even a day where it ends on the day on which it began', () => {
    expect(isInForce(measure('2016-05-27', '2017-05-26', '2016-05-27'), '2016-05-27')).toBe(false);
  });
});

describe('A protective measure is renewed in its last month', () => {
  it.each([
    ['2017-05-26', '2017-04-27'],
    ['2017-04-30', '2017-03-31'],
    ['2017-03-30', '2017-03-01'],
    ['2017-03-31', '2017-03-01'],
    ['2016-03-31', '2016-03-01'],
    ['2016-12-31', '2016-12-01'],
    ['2017-01-15', '2016-12-16'],
    ['2016-03-01', '2016-02-02'],
  ])('which, of one that lasts until %s, begins on %s', (until, first) => {
    const held = measure('2016-01-01', until);
    expect(() => renewedUntil(held, addDays(first, -1))).toThrow(refusedAs('RENEWAL_TOO_EARLY'));
    expect(renewedUntil(held, first)).toBe(lastDayOfYearFrom(addDays(until, 1)));
  });

  it('on its last day still, and no more on the day after', () => {
    const held = measure('2016-05-27');
    expect(renewedUntil(held, '2017-05-26')).toBe('2018-05-26');
    expect(() => renewedUntil(held, '2017-05-27')).toThrow(refusedAs('NOT_IN_FORCE'));
  });

  it('by a year after its last day, on whichever day of the month that is done', () => {
    const held = measure('2016-05-27');
    for (const day of ['2017-04-27', '2017-05-10', '2017-05-26']) expect(renewedUntil(held, day)).toBe('2018-05-26');
  });

  it('through a leap year to its last day of February, and on from there', () => {
    expect(renewedUntil(measure('2014-03-01', '2015-02-28'), '2015-02-10')).toBe('2016-02-29');
    expect(renewedUntil(measure('2015-03-01', '2016-02-29'), '2016-02-10')).toBe('2017-02-28');
  });

  it('once only in that month: the renewed one is far from its last', () => {
    const held = measure('2016-05-27');
    const renewed = { ...held, until: renewedUntil(held, '2017-05-01') };
    expect(() => renewedUntil(renewed, '2017-05-01')).toThrow(refusedAs('RENEWAL_TOO_EARLY'));
  });

  it('and not on its first day, nor before', () => {
    expect(() => renewedUntil(measure('2016-05-27'), '2016-05-27')).toThrow(refusedAs('RENEWAL_TOO_EARLY'));
    expect(() => renewedUntil(measure('2016-05-27'), '2016-05-26')).toThrow(refusedAs('NOT_IN_FORCE'));
  });

  it('and not where it has ended: NOT_IN_FORCE, in its last month too', () => {
    const ended = measure('2016-05-27', '2017-05-26', '2017-05-10');
    expect(() => renewedUntil(ended, '2017-05-10')).toThrow(refusedAs('NOT_IN_FORCE'));
    expect(renewedUntil(ended, '2017-05-09')).toBe('2018-05-26');
  });
});

describe('An application for a protective measure', () => {
  it('names the applicant, and whom it covers besides, where there is somebody', () => {
    expect(MeasureApplication.parse({ applicant: aCode(1) })).toEqual({ applicant: aCode(1), alsoCovered: [] });
    expect(MeasureApplication.safeParse({ applicant: aCode(1), alsoCovered: [aCode(2)] }).success).toBe(true);
  });

  it('has no place for a reason, an abuser or a length', () => {
    for (const field of ['reason', 'abuser', 'until'])
      expect(MeasureApplication.safeParse({ applicant: aCode(1), [field]: 'x' }).success).toBe(false);
  });
});
