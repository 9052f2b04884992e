import { describe, expect, it } from '@jest/globals';
import { changeRetainedUntil, type KeptChange } from './change-history.js';
import { CHANGE_REASONS, type ChangeReason } from './change-information.js';

function kept(reason: ChangeReason, version: number, recordedOn: string): KeptChange {
  return {
    ...{ changeId: `${version}`, municipality: '131059', kind: CHANGE_REASONS[reason], reason, causeOn: recordedOn },
    ...{ version, previousCode: null, recordedOn },
    identification: {
      ...{ name: '文京 太郎', birthDate: '1970-01-01', sex: 'MALE', address: '東京都文京区春日一丁目16番21号' },
      residentRecordCode: '24727059608',
    },
  };
}

const untilOf = (...history: KeptChange[]) => history.map((change) => changeRetainedUntil(history, change));

describe('The history of a person at a level above (Order 30-6)', () => {
  it('keeps what stands without an end, and what was superseded for five years after the next notification', () => {
    expect(untilOf(kept('MOVE_IN', 1, '2010-04-01'), kept('CHANGE_OF_ADDRESS', 2, '2016-02-29'))).toEqual([
      ...['2021-02-28', null],
    ]);
  });

  it('keeps a death for five years, and any other deletion for eighty', () => {
    expect(untilOf(kept('DEATH', 1, '2016-05-27'))).toEqual(['2021-05-27']);
    expect(untilOf(kept('MOVE_OUT', 1, '2016-05-27'))).toEqual(['2096-05-27']);
    expect(untilOf(kept('EX_OFFICIO_DELETION', 1, '2016-05-27'))).toEqual(['2096-05-27']);
  });

  it('keeps a deletion that an entry has followed as anything else that was superseded', () => {
    expect(untilOf(kept('MOVE_OUT', 1, '2016-05-27'), kept('MOVE_IN', 2, '2016-06-01'))).toEqual(['2021-06-01', null]);
  });
});
