import { describe, expect, it } from '@jest/globals';
import { accessPolicy } from './access-policy.js';
import { type MandateStatement, mandateBytes, mandateFor } from './mandate.js';

const STATEMENT: MandateStatement = {
  office: 'municipality/131041',
  operator: 'operator-1',
  purpose: 'WIDE_AREA_ISSUANCE',
  at: new Date('2016-05-27T01:00:00Z'),
  exchange: '00000000-0000-4000-8000-000000000001',
};

describe('What an operator’s card signs', () => {
  it.each<[keyof MandateStatement, Partial<MandateStatement>]>([
    ['office', { office: 'municipality/131059' }],
    ['operator', { operator: 'operator-2' }],
    ['purpose', { purpose: 'FAMILY_REGISTER_NOTICE' }],
    ['at', { at: new Date('2016-05-27T01:00:00.001Z') }],
    ['exchange', { exchange: '00000000-0000-4000-8000-000000000002' }],
  ])('is over %s', (_what, other) => {
    expect(mandateBytes({ ...STATEMENT, ...other })).not.toEqual(mandateBytes(STATEMENT));
  });

  it('says what it is, so that it is taken for nothing else', () => {
    expect(JSON.parse(mandateBytes(STATEMENT).toString())[0]).toBe('juki-mandate/1');
  });
});

describe('A mandate is needed', () => {
  const needing = accessPolicy.filter(({ method }) => mandateFor(method));

  /** Of people whom the same office has claimed with a mandate before; they tell, and ask nothing. */
  const telling = ['ReleaseMoveOutCertificate', 'NoticeMoveIn'];

  it('for every question that one municipality may put to another, and for no other question', () => {
    const between = accessPolicy.filter(
      ({ servedBy, callers }) => servedBy.includes('municipality') && callers.includes('municipality'),
    );
    const isTelling = (method: string) => telling.some((name) => method.endsWith(`/${name}`));
    const aboutPeople = between.filter(
      ({ method }) => method.startsWith('/juki.') && !method.includes('.directory.') && !isTelling(method),
    );
    expect(new Set(needing.map(({ method }) => method))).toEqual(new Set(aboutPeople.map(({ method }) => method)));
    expect(needing.length).toBeGreaterThan(0);
  });

  it('for one exchange where data of people comes back', () => {
    expect(mandateFor('/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData')).toBe('ONE_EXCHANGE');
  });
});
