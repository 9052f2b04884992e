import { describe, expect, it } from '@jest/globals';
import { nextVersion } from '#core/domain/change-version.js';
import { aCode, aRecord } from '../../../../../test/support/records.js';
import { type Decision, writingsOf } from './decision.js';
import { identificationOf } from './person.js';
import type { ResidentRecord } from './resident-record.js';

const TODAY = '2016-05-27';
const TODAYS = nextVersion(0, TODAY);
const ELSEWHERE = '東京都文京区本郷三丁目1番1号';

const taro = aRecord({ recordId: 'taro', changeVersion: 7 });
const hanako = aRecord({ recordId: 'hanako', residentRecordCode: aCode(2), relationship: '妻', sex: 'FEMALE' });

describe('What an act writes', () => {
  it('is the records that differ, and no others', () => {
    const after = [taro, { ...hanako, relationship: '世帯主' }];
    const written = writings('HOUSEHOLD_CHANGE', [taro, hanako], after);
    expect(written).toEqual([{ record: after[1], change: null }]);
  });

  it('is every record that is new, as it was decided', () => {
    const child = aRecord({ recordId: 'child', residentRecordCode: aCode(3), changeVersion: 5_000_000 });
    expect(writings('BIRTH', [taro], [taro, child])).toEqual([
      {
        record: child,
        change: {
          ...{ kind: 'ENTRY', reason: 'BIRTH', causeOn: TODAY, version: 5_000_000, previousCode: null },
          identification: identificationOf(child),
        },
      },
    ]);
  });

  it('is refused as NOTHING_CHANGES where the register says so already', () => {
    const refusal = expect.objectContaining({ reason: 'NOTHING_CHANGES', details: {} });
    expect(() => writings('CHANGE_OF_ADDRESS', [taro, hanako], [{ ...taro }, { ...hanako }])).toThrow(refusal);
    expect(() => writings('CHANGE_OF_ADDRESS', [taro], [])).toThrow(refusal);
  });
});

describe('The offices above are told', () => {
  it.each([
    ['name', { name: '文京 一郎' }],
    ['birth date', { birthDate: '1980-04-02' }],
    ['sex', { sex: 'FEMALE' }],
    ['address', { address: ELSEWHERE }],
  ] as const)('of a change of the %s, with what it is afterwards', (_what, items) => {
    const [writing] = writings('EX_OFFICIO_CORRECTION', [taro], [{ ...taro, ...items }]);
    expect(writing?.change).toEqual({
      ...{ kind: 'CORRECTION', reason: 'EX_OFFICIO_CORRECTION', causeOn: TODAY, version: TODAYS, previousCode: null },
      identification: { ...identificationOf(taro), ...items },
    });
  });

  it.each([
    ['relationship', { relationship: '夫' }],
    ['household', { householdId: '131059-H0002' }],
    ['common name', { commonName: '文京 まりあ' }],
    ['reading', { nameReading: 'ブンキョウ イチロウ' }],
    ['registered domicile', { registeredDomicile: '東京都千代田区千代田1番' }],
    ['items of the municipality', { municipalItems: '{}' }],
    ['previous address', { previousAddress: ELSEWHERE }],
    ['day of moving within the town', { movedWithinTownOn: '2016-05-20' }],
  ])('nothing of a change of the %s, which is no identification information (DATA)', (_what, items) => {
    const changed = { ...taro, ...items };
    expect(writings('EX_OFFICIO_CORRECTION', [taro], [changed])).toEqual([{ record: changed, change: null }]);
  });

  it('of a deletion, with what it was last and the planned day as the day of its cause', () => {
    const deleted = { ...taro, deletedOn: '2016-06-10', deletionReason: 'MOVE_OUT' as const, destination: '国立市' };
    const [writing] = writings('MOVE_OUT', [taro], [deleted], '2016-06-10');
    expect(writing?.change).toMatchObject({ kind: 'DELETION', reason: 'MOVE_OUT', causeOn: '2016-06-10' });
    expect(writing?.change?.identification).toEqual(identificationOf(taro));
  });

  it('five things of a person and no more (DATA)', () => {
    const [writing] = writings('CHANGE_OF_ADDRESS', [taro], [{ ...taro, address: ELSEWHERE }]);
    const told = Object.keys(writing?.change?.identification ?? {}).sort();
    expect(told).toEqual(['address', 'birthDate', 'name', 'residentRecordCode', 'sex']);
  });

  it('of an entry ex officio where a deleted record stands again', () => {
    const deleted = { ...taro, deletedOn: '2016-06-10', deletionReason: 'MOVE_OUT' as const };
    const [writing] = writings('MOVE_OUT_CANCELLATION', [deleted], [taro]);
    expect(writing?.change).toMatchObject({ kind: 'ENTRY', reason: 'EX_OFFICIO_ENTRY' });
  });

  it.each([
    ['CHANGE_OF_ADDRESS', 'CORRECTION'],
    ['MINOR_CORRECTION', 'CORRECTION'],
    ['EX_OFFICIO_CORRECTION', 'CORRECTION'],
  ] as const)('of %s as a %s of each of those concerned', (kind, changeKind) => {
    const after = [taro, hanako].map((one) => ({ ...one, address: ELSEWHERE }));
    const told = writings(kind, [taro, hanako], after).map(({ change }) => [change?.kind, change?.reason]);
    expect(told).toEqual([
      [changeKind, kind],
      [changeKind, kind],
    ]);
  });
});

describe('The version of a change (CHAIN)', () => {
  it('is the next of this person, and the record keeps it', () => {
    const [writing] = writings('CHANGE_OF_ADDRESS', [taro], [{ ...taro, address: ELSEWHERE }]);
    expect([writing?.change?.version, writing?.record.changeVersion]).toEqual([TODAYS, TODAYS]);
  });

  it('exceeds the last one, whatever that was', () => {
    const ahead = { ...taro, changeVersion: TODAYS + 500 };
    const [writing] = writings('CHANGE_OF_ADDRESS', [ahead], [{ ...ahead, address: ELSEWHERE }]);
    expect(writing?.change?.version).toBe(TODAYS + 501);
  });

  it('exceeds one that was burned on the way: a cancelled certificate had handed it over', () => {
    const deleted = { ...taro, deletedOn: TODAY, deletionReason: 'MOVE_OUT' as const, changeVersion: TODAYS };
    const restored = { ...taro, changeVersion: TODAYS + 1 };
    expect(writings('MOVE_OUT_CANCELLATION', [deleted], [restored])[0]?.change?.version).toBe(TODAYS + 2);
  });

  it('stays where the offices above are told nothing', () => {
    const [writing] = writings('HOUSEHOLD_CHANGE', [taro], [{ ...taro, relationship: '夫' }]);
    expect(writing?.record.changeVersion).toBe(7);
  });

  it('is each person’s own', () => {
    const ahead = { ...hanako, changeVersion: TODAYS + 9 };
    const after = [taro, ahead].map((one) => ({ ...one, address: ELSEWHERE }));
    const versions = writings('CHANGE_OF_ADDRESS', [taro, ahead], after).map(({ change }) => change?.version);
    expect(versions).toEqual([TODAYS, TODAYS + 10]);
  });
});

describe('A correction of the code', () => {
  const changed = { ...taro, residentRecordCode: aCode(9) };

  it.each(['CODE_CHANGE_REQUEST', 'EX_OFFICIO_CODE'] as const)('carries the old code up: %s', (kind) => {
    const [writing] = writings(kind, [taro], [changed]);
    expect(writing?.change).toMatchObject({ kind: 'CODE_CORRECTION', reason: kind, previousCode: aCode(1) });
    expect(writing?.change?.identification.residentRecordCode).toBe(aCode(9));
  });

  it('is a bug of ours where the act is none, and so is such an act without another code', () => {
    expect(() => writings('EX_OFFICIO_CORRECTION', [taro], [changed])).toThrow('is no reason for this');
    expect(() => writings('CODE_CHANGE_REQUEST', [taro], [{ ...taro, name: '文京 一郎' }])).toThrow('is no reason');
  });

  it('is a bug of ours where a household change brings it about, as any change that goes up is', () => {
    expect(() => writings('HOUSEHOLD_CHANGE', [taro], [{ ...taro, address: ELSEWHERE }])).toThrow(
      'changes no identification information',
    );
  });
});

function writings(kind: Decision['kind'], before: ResidentRecord[], after: ResidentRecord[], causeOn = TODAY) {
  return writingsOf({ kind, causeOn, deadline: null, before, after }, TODAY);
}
