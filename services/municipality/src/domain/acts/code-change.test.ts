import { describe, expect, it } from '@jest/globals';
import { aMember, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { writingsOf } from '../register/decision.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { CodeChangeRequest, decideCodeChange } from './code-change.js';

const TODAY = '2016-05-27';
const taro = aMember(1, '世帯主');
const [OLD, NEW] = [aCode(1), aCode(9)];

const decide = (
  kind: 'CODE_CHANGE_REQUEST' | 'EX_OFFICIO_CODE' = 'CODE_CHANGE_REQUEST',
  { newCode = NEW, holders = [] as ResidentRecord[] } = {},
) => decideCodeChange(kind, taro, { newCode, holders, causeOn: TODAY });
const deleted = { residentRecordCode: NEW, deletedOn: '2012-01-01' };

describe('Another code for somebody', () => {
  it.each(['CODE_CHANGE_REQUEST', 'EX_OFFICIO_CODE'] as const)(
    'is written in the place of the old one, and nothing else changes: %s',
    (kind) => {
      expect(decide(kind)).toEqual({
        ...{ kind, causeOn: TODAY, deadline: null, before: [taro] },
        after: [{ ...taro, residentRecordCode: NEW }],
        cards: { invalidBy: 'CODE_CHANGED' },
      });
    },
  );

  it('goes up with the old one', () => {
    const [writing] = writingsOf(decide(), TODAY);
    expect(writing?.change).toMatchObject({
      kind: 'CODE_CORRECTION',
      reason: 'CODE_CHANGE_REQUEST',
      previousCode: OLD,
    });
  });

  it('may be one that they had here in an earlier life on this register', () => {
    const earlier = { ...taro, ...deleted, recordId: 'earlier', deletionReason: 'MOVE_OUT' as const };
    expect(decide('EX_OFFICIO_CODE', { holders: [earlier] }).after[0]?.residentRecordCode).toBe(NEW);
  });
});

describe('Another code is refused', () => {
  it('as ALREADY_REGISTERED where it is that of somebody on the register (ONE)', () => {
    const holders = [aMember(2, '世帯主', { residentRecordCode: NEW })];
    expect(() => decide('EX_OFFICIO_CODE', { holders })).toThrow(refusedAs('ALREADY_REGISTERED'));
  });

  it.each(['DEATH', 'MOVE_OUT'] as const)(
    'where it was somebody else’s, whose record was deleted by %s: no code is used again',
    (deletionReason) => {
      const holders = [aMember(2, '妻', { ...deleted, deletionReason, birthDate: '1950-01-01' })];
      expect(() => decide('EX_OFFICIO_CODE', { holders })).toThrow(expect.objectContaining({ name: 'Refusal' }));
    },
  );

  it('as NOTHING_CHANGES where it is the one that they have', () => {
    expect(() => writingsOf(decide('EX_OFFICIO_CODE', { newCode: OLD, holders: [taro] }), TODAY)).toThrow(
      refusedAs('NOTHING_CHANGES'),
    );
  });
});

describe('A request for another code (変更請求, Article 30-3)', () => {
  const request = {
    notifier: { photoId: { kind: 'PASSPORT', expiresOn: '2018-05-01', name: '文京 太郎' } },
    residentRecordCode: OLD,
  };

  it('states the current code and who asks, and needs no reason', () => {
    expect(CodeChangeRequest.safeParse(request).success).toBe(true);
  });

  it.each(['newCode', 'correctCode', 'reason'])('has no place for a %s: the number can not be chosen', (field) => {
    expect(CodeChangeRequest.safeParse({ ...request, [field]: NEW }).success).toBe(false);
  });

  it('is refused without the current code, or with a text that is no code', () => {
    for (const residentRecordCode of [undefined, '', '12345678901'])
      expect(CodeChangeRequest.safeParse({ ...request, residentRecordCode }).success).toBe(false);
  });
});
