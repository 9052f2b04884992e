import { describe, expect, it } from '@jest/globals';
import { accessPolicy } from './access-policy.js';
import type { Caller } from './caller.js';
import { type MandateStatement, mandateBytes, mandateFor, officeBehind } from './mandate.js';

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

  /** Where a governor is asked out of its ledger, or about it. */
  const provision = accessPolicy.filter(({ method }) => method.includes('.GovernorProvisionService/'));

  it('for every question that one municipality may put to another, for what governors provide, and for nothing else', () => {
    const between = accessPolicy.filter(
      ({ servedBy, callers }) => servedBy.includes('municipality') && callers.includes('municipality'),
    );
    const isTelling = (method: string) => telling.some((name) => method.endsWith(`/${name}`));
    const aboutPeople = between.filter(
      ({ method }) => method.startsWith('/juki.') && !method.includes('.directory.') && !isTelling(method),
    );
    const due = [...aboutPeople, ...provision].map(({ method }) => method);
    expect(new Set(needing.map(({ method }) => method))).toEqual(new Set(due));
    expect(provision).toHaveLength(2);
  });

  it('for one exchange where data of people comes back', () => {
    expect(mandateFor('/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData')).toBe('ONE_EXCHANGE');
    for (const { method } of provision) expect(mandateFor(method)).toBe('ONE_EXCHANGE');
  });
});

describe('The card behind a question', () => {
  const TO_GOVERNOR = '/juki.provision.v1.GovernorProvisionService/ProvideToGovernor';
  const TO_MAYOR = '/juki.provision.v1.GovernorProvisionService/ProvideToMayor';
  const [TOKYO, BUNKYO] = ['prefecture/130001', 'municipality/131059'];
  const operatorOf = (office: string): Caller => ({ kind: 'operator', office, name: 'operator-1' });

  it('may be that of an operator of the mayor for whom a governor asks another', () => {
    expect(officeBehind(TO_GOVERNOR, TOKYO, operatorOf(BUNKYO))).toBe(BUNKYO);
  });

  it.each<[string, string, string, Caller | undefined]>([
    ['a governor asks for itself', TO_GOVERNOR, TOKYO, operatorOf(TOKYO)],
    ['a mayor asks the governor', TO_MAYOR, BUNKYO, operatorOf(BUNKYO)],
    ['it is that of a mayor of another prefecture', TO_GOVERNOR, TOKYO, operatorOf('municipality/141003')],
    ['it is that of another governor', TO_GOVERNOR, TOKYO, operatorOf('prefecture/140007')],
    ['it is a mayor’s own certificate, and no card', TO_GOVERNOR, TOKYO, { kind: 'office', office: BUNKYO }],
    ['it is nobody’s', TO_GOVERNOR, TOKYO, undefined],
    ['nothing may be handed on', TO_MAYOR, TOKYO, operatorOf(BUNKYO)],
  ])('has to be that of the asking office’s own where %s', (_what, procedure, asking, holder) => {
    expect(officeBehind(procedure, asking, holder)).toBe(asking);
  });
});
