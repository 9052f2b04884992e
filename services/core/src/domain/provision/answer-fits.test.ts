import { describe, expect, it } from '@jest/globals';
import { answerFits } from './answer-fits.js';
import type { FourItems, Inquiry, ProvisionAnswer } from './inquiry.js';
import { shownBy } from './shown-by.js';

const INQUIRY: Inquiry = { statutoryPurpose: 'TABLE_2_ITEM_4', occasion: 'APPLICATION', fields: ['NAME', 'ADDRESS'] };
const CODE = '24727059608';
const SOMEBODY: FourItems = { name: '佐藤 花子', birthDate: '1980-01-01', sex: 'FEMALE', address: '文京区春日1-1' };
const told = (provided: object): ProvisionAnswer => ({ outcome: 'PROVIDED', deleted: false, provided });
const AS_STATED: ProvisionAnswer = { outcome: 'AS_STATED', deleted: false, provided: {} };

describe('Another office’s answer', () => {
  it.each<[string, ProvisionAnswer]>([
    ['that there is nobody', { outcome: 'NOT_FOUND' }],
    ['that nothing may be told for now', { outcome: 'IN_QUARANTINE' }],
    ['that all is as stated', AS_STATED],
    ['with a field that was asked for', told({ address: '別' })],
    ['with all of them', told({ name: '別', address: '別' })],
  ])('fits: %s', (_what, answer) => expect(answerFits(answer, INQUIRY)).toBe(true));

  it.each<[string, ProvisionAnswer]>([
    ['with a field that was not asked for', told({ address: '別', birthDate: '1980-01-01' })],
    ['with the code, which was not asked for', told({ residentRecordCode: CODE })],
    ['with changes that were not asked for', told({ changes: [{ reason: 'BIRTH', causeOn: '1980-01-01' }] })],
    ['that provides nothing', told({})],
    ['that all is as stated, with data', { ...AS_STATED, provided: { name: '別' } } as ProvisionAnswer],
  ])('does not fit: %s', (_what, answer) => expect(answerFits(answer, INQUIRY)).toBe(false));
});

describe('Whom an answer shows', () => {
  const { name, address } = SOMEBODY;

  it('is who was found by the four items, with what is told in the place of what was stated', () => {
    expect(shownBy({ fourItems: SOMEBODY }, INQUIRY, AS_STATED)).toEqual({ name, address });
    expect(shownBy({ fourItems: SOMEBODY }, INQUIRY, told({ address: '別' }))).toEqual({ name, address: '別' });
  });

  it('is by a code what is told, and what was stated where it was asked for', () => {
    expect(shownBy({ residentRecordCode: CODE }, INQUIRY, told({ name, address }))).toEqual({ name, address });
    const known = { residentRecordCode: CODE, known: { name, address: undefined } };
    expect(shownBy(known, INQUIRY, told({ address }))).toEqual({ name, address });
    expect(shownBy(known, { ...INQUIRY, fields: ['ADDRESS'] }, told({ address }))).toBeUndefined();
  });

  it('is nobody where nobody was found', () => {
    expect(shownBy({ fourItems: SOMEBODY }, INQUIRY, { outcome: 'NOT_FOUND' })).toBeUndefined();
  });
});
