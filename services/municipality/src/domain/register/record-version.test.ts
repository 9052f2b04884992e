import { describe, expect, it } from '@jest/globals';
import { aRecord } from '../../../../../test/support/records.js';
import { type RecordVersion, versionAsOf, versionRetainedUntil } from './record-version.js';
import type { DeletionReason } from './resident-record.js';

const entered = version(1, '2010-04-02');
const moved = version(2, '2014-06-01');
const corrected = version(3, '2014-06-01');
const married = version(4, '2016-05-27');
const VERSIONS = [entered, moved, corrected, married];

describe('The version of a record that stood on a day', () => {
  it.each([
    ['2010-04-02', 1],
    ['2010-04-03', 1],
    ['2014-05-31', 1],
    ['2014-06-01', 3],
    ['2016-05-26', 3],
    ['2016-05-27', 4],
    ['2099-01-01', 4],
  ])('on %s is number %i', (day, ordinal) => {
    expect(versionAsOf(VERSIONS, day)?.ordinal).toBe(ordinal);
  });

  it('is none before the first was written, nor where there is none', () => {
    expect(versionAsOf(VERSIONS, '2010-04-01')).toBeUndefined();
    expect(versionAsOf([], '2016-05-27')).toBeUndefined();
  });

  it('is as the register knew it then: what was written later of an earlier cause does not count', () => {
    const late = { ...version(2, '2016-05-27'), record: aRecord({ movedWithinTownOn: '2016-05-01' }) };
    expect(versionAsOf([entered, late], '2016-05-10')).toBe(entered);
  });
});

describe('A version is kept (Order 30-6)', () => {
  it('without an end while it stands', () => {
    expect(versionRetainedUntil(VERSIONS, married)).toBeNull();
  });

  it('for five years after the next version was written, each for itself', () => {
    expect(VERSIONS.map((one) => versionRetainedUntil(VERSIONS, one))).toEqual([
      '2019-06-01',
      '2019-06-01',
      '2021-05-27',
      null,
    ]);
  });

  it.each([
    ['DEATH', '2021-05-20'],
    ['MOVE_OUT', '2096-05-20'],
    ['EX_OFFICIO_DELETION', '2096-05-20'],
  ] as const)('where it records a deletion by %s on 2016-05-20, until %s', (reason, last) => {
    const deletion = version(2, '2016-05-27', { on: '2016-05-20', reason });
    expect(versionRetainedUntil([entered, deletion], deletion)).toBe(last);
    expect(versionRetainedUntil([entered, deletion], entered)).toBe('2021-05-27');
  });

  it('for five years where it records a deletion that was taken back', () => {
    const deletion = version(2, '2016-05-20', { on: '2016-06-10', reason: 'MOVE_OUT' });
    const restored = version(3, '2016-05-27');
    const versions = [entered, deletion, restored];
    expect(versionRetainedUntil(versions, deletion)).toBe('2021-05-27');
    expect(versionRetainedUntil(versions, restored)).toBeNull();
  });
});

function version(
  ordinal: number,
  recordedOn: string,
  deletion?: { on: string; reason: DeletionReason },
): RecordVersion {
  const record = aRecord({ deletedOn: deletion?.on ?? null, deletionReason: deletion?.reason ?? null });
  return { ordinal, actId: `act-${ordinal}`, recordedOn, record };
}
