import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Inquiry, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { Refusal } from '#core/domain/refusal.js';
import { type Application, checkApplication, readApplication } from './check-application.js';

const EXAMPLES = 'services/agency/example';
const APPLICANT = { name: '青木大輔', birthDate: '1962-10-07', sex: 'MALE', address: '目白台2-8-19' } as const;
const APPLICATION: Application = { procedure: '許可', statutoryPurpose: 'TABLE_1_ITEM_97', applicant: APPLICANT };

/** An agency whom the centre answers this, and what it asked. */
function agency(answer: ProvisionAnswer, covers = ['NAME', 'BIRTH_DATE', 'SEX', 'ADDRESS']) {
  const asked: Inquiry[] = [];
  const purposes = async () => [{ id: 'TABLE_1_ITEM_97', table: 1, law: '建設業法', fields: covers }];
  const provide = async (inquiry: Inquiry) => {
    asked.push(inquiry);
    return answer;
  };
  return { means: { purposes, provide }, asked };
}

const AS_STATED: ProvisionAnswer = { outcome: 'AS_STATED', deleted: false, provided: {} };

describe('An application that is checked', () => {
  it.each<[string, ProvisionAnswer, object]>([
    ['as the register has it', AS_STATED, { finding: 'NO_COPY_NEEDED', spelledOtherwise: [] }],
    [
      'spelled otherwise',
      { outcome: 'PROVIDED', deleted: false, provided: { address: '目白台二丁目8番19号' } },
      {
        finding: 'NO_COPY_NEEDED',
        spelledOtherwise: [{ item: 'address', stated: '目白台2-8-19', register: '目白台二丁目8番19号' }],
      },
    ],
    ['of nobody', { outcome: 'NOT_FOUND' }, { finding: 'ASK_TO_CORRECT' }],
    ['of somebody who has died', { ...AS_STATED, deleted: true }, { finding: 'RECORD_DELETED' }],
    ['of somebody whose data is being corrected', { outcome: 'IN_QUARANTINE' }, { finding: 'IN_CORRECTION' }],
  ])('comes to a finding: %s', async (_what, answer, finding) => {
    expect(await checkApplication(agency(answer).means, APPLICATION)).toEqual(finding);
  });

  it('asks for no more than the purpose covers', async () => {
    const { means, asked } = agency(AS_STATED, ['NAME', 'ADDRESS', 'RESIDENT_RECORD_CODE']);
    await checkApplication(means, APPLICATION);
    expect(asked).toEqual([
      { statutoryPurpose: 'TABLE_1_ITEM_97', occasion: 'APPLICATION', fields: ['NAME', 'ADDRESS'] },
    ]);
  });

  it.each(readdirSync(EXAMPLES))('can be one of the example files: %s', (file) => {
    expect(readApplication(JSON.parse(readFileSync(`${EXAMPLES}/${file}`, 'utf8')))).toMatchObject({
      statutoryPurpose: 'TABLE_1_ITEM_97',
    });
  });

  it('is refused with something else in it', () => {
    expect(() => readApplication({ ...APPLICATION, code: '1' })).toThrow(Refusal);
  });
});
