import { describe, expect, it } from '@jest/globals';
import { aCode } from '../../../../../test/support/records.js';
import { checkApproval, checkOpen, type Draft, Drafting, draftView } from './draft.js';

const draft: Draft = {
  ...{ draftId: '7a1c7c9e-4f0e-4b7e-9c55-0a4c4f2f1f10', grounds: '実態調査による', state: 'OPEN' },
  act: { deletion: { people: [aCode(1)], on: '2016-05-20', noLongerCovered: false, relationships: [] } },
  ...{ draftedBy: 'operator-1', draftedAt: new Date('2016-05-27T10:00:00+09:00') },
  standing: { 'record-1': 3, 'record-2': 1 },
};
const asSeen = { ...draft.standing };
const refusedAs = (reason: string) => expect.objectContaining({ reason, details: {} });

describe('An ex-officio act that waits for a second person', () => {
  it('is approved by another operator while the register stands as the drafter saw it', () => {
    expect(() => checkApproval(draft, 'operator-2', asSeen)).not.toThrow();
  });

  it('is refused as SECOND_PERSON_NEEDED to whoever drafted it', () => {
    expect(() => checkApproval(draft, 'operator-1', asSeen)).toThrow(refusedAs('SECOND_PERSON_NEEDED'));
  });

  it.each([
    ['was written anew since', { ...asSeen, 'record-2': 2 }],
    ['is no longer there', { 'record-1': 3 }],
    ['stands at an earlier version', { ...asSeen, 'record-1': 2 }],
  ])('is refused as REGISTER_CHANGED where a record that it touches %s', (_how, standing) => {
    expect(() => checkApproval(draft, 'operator-2', standing)).toThrow(refusedAs('REGISTER_CHANGED'));
  });

  it('touches no record where it enters somebody, and so can not be overtaken', () => {
    expect(() => checkApproval({ ...draft, standing: {} }, 'operator-2', {})).not.toThrow();
  });

  it.each(['APPROVED', 'WITHDRAWN'] as const)('is refused as DRAFT_CLOSED once it is %s', (state) => {
    const closed = { ...draft, state };
    expect(() => checkOpen(closed)).toThrow(refusedAs('DRAFT_CLOSED'));
    for (const operator of ['operator-1', 'operator-2'])
      expect(() => checkApproval(closed, operator, {})).toThrow(refusedAs('DRAFT_CLOSED'));
  });

  it('is read by the second person with its act, its grounds and who drafted it, not with the keys of records', () => {
    const { standing: _keys, state: _open, ...view } = draft;
    expect(draftView(draft)).toEqual(view);
    expect(checkOpen(draft)).toBeUndefined();
  });
});

describe('What is drafted', () => {
  const code = { codeCorrection: { residentRecordCode: aCode(1), on: '2016-05-20' } };
  const grounds = '実態調査による';

  it('is one act with its grounds', () => {
    expect(Drafting.parse({ act: code, grounds })).toEqual({ act: code, grounds });
  });

  it('is refused without grounds, or with blank ones', () => {
    for (const given of [undefined, '', ' ', 'a\nb'])
      expect(Drafting.safeParse({ act: code, grounds: given }).success).toBe(false);
  });

  it('is refused where it is no act, or two', () => {
    expect(Drafting.safeParse({ act: {}, grounds }).success).toBe(false);
    expect(Drafting.safeParse({ act: { ...code, ...draft.act }, grounds }).success).toBe(false);
  });
});
