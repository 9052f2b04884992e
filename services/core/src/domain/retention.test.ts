import { describe, expect, it } from '@jest/globals';
import { CHANGE_REASONS, type ChangeReason } from './change-information.js';
import { fiscalYear } from './fiscal-year.js';
import { logEntryRetainedUntil, publicationOpenUntil, retainedUntil } from './retention.js';

const STANDS = { supersededOn: null, deletion: null };
const deletedBy = (reason: ChangeReason, on = '2016-05-27') => ({ supersededOn: null, deletion: { on, reason } });

describe('What was written is kept (Order 30-6, as of 2016)', () => {
  it('without an end while it stands', () => {
    expect(retainedUntil(STANDS)).toBeNull();
  });

  it('for five years after it was superseded', () => {
    expect(retainedUntil({ ...STANDS, supersededOn: '2016-05-27' })).toBe('2021-05-27');
  });

  it('for five years after a death', () => {
    expect(retainedUntil(deletedBy('DEATH'))).toBe('2021-05-27');
  });

  it.each(['MOVE_OUT', 'EX_OFFICIO_DELETION'] as const)('for eighty years after a deletion by %s', (reason) => {
    expect(retainedUntil(deletedBy(reason))).toBe('2096-05-27');
  });

  it('for five years after it was superseded, even where it records a deletion that was taken back', () => {
    const takenBack = { ...deletedBy('MOVE_OUT', '2016-05-27'), supersededOn: '2016-06-01' };
    expect(retainedUntil(takenBack)).toBe('2021-06-01');
  });

  it('to the last day of February where it ended on 29 February and the year has none', () => {
    expect(retainedUntil({ ...STANDS, supersededOn: '2016-02-29' })).toBe('2021-02-28');
    expect(retainedUntil(deletedBy('DEATH', '2016-02-29'))).toBe('2021-02-28');
    expect(retainedUntil(deletedBy('MOVE_OUT', '2016-02-29'))).toBe('2096-02-29');
  });

  it('for five years after a death and eighty after whatever else deletes', () => {
    const deletions = Object.entries(CHANGE_REASONS).filter(([, kind]) => kind === 'DELETION');
    const ends = deletions.map(([reason]) => [reason, retainedUntil(deletedBy(reason as ChangeReason))]);
    expect(Object.fromEntries(ends)).toEqual({
      MOVE_OUT: '2096-05-27',
      DEATH: '2021-05-27',
      EX_OFFICIO_DELETION: '2096-05-27',
    });
  });
});

describe('The publication of a fiscal year', () => {
  it('is open to inspection for five years, and every entry that it counts is kept until then', () => {
    const { firstDay, lastDay } = fiscalYear(2016);
    expect(publicationOpenUntil(lastDay)).toBe('2022-03-31');
    expect(logEntryRetainedUntil(firstDay) > publicationOpenUntil(lastDay)).toBe(true);
  });
});

describe('An entry of the log is kept', () => {
  it('for seven years', () => {
    expect(logEntryRetainedUntil('2016-05-27')).toBe('2023-05-27');
    expect(logEntryRetainedUntil('2016-02-29')).toBe('2023-02-28');
  });
});
