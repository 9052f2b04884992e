import { describe, expect, it } from '@jest/globals';
import { accessPolicy } from './access-policy.js';
import { isOfNetwork, isServedAt, labelOf, procedureLabels } from './procedure-label.js';
import { provisionKinds } from './provision-kind.js';

const served = accessPolicy.map(({ method }) => method);
const named = procedureLabels.flatMap(({ procedures }) => procedures);

describe('The names of procedures in reports', () => {
  it('are names of procedures that are served, each of them once', () => {
    expect(named.filter((procedure) => !served.includes(procedure))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
    for (const language of ['ja', 'en'] as const) {
      const names = procedureLabels.map((label) => label[language]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('are the same for both entrances', () => {
    const grpc = labelOf('/juki.issuance.v1.IssuanceCounterService/IssueCopy');
    expect(grpc).toMatchObject({ ja: '住民票の写しの交付', business: 'COPY' });
    expect(labelOf('POST /copies')).toBe(grpc);
  });

  it('are there for everything that is a look or a notification', () => {
    const counter =
      /RegisterService\/(Get|Search)(?!CodePool)|NotificationService\/(Accept|Cancel)|POST \/notifications\//;
    const without = served.filter((method) => counter.test(method) && labelOf(method)?.business === undefined);
    expect(without).toEqual([]);
  });

  it('are there for everything of provision', () => {
    const without = served.filter((method) => method.startsWith('/juki.provision.') && labelOf(method) === undefined);
    expect(without).toEqual([]);
  });

  it('are not there for what nobody serves', () => {
    expect([labelOf('POST /copies/山田'), isOfNetwork('POST /copies/山田')]).toEqual([undefined, false]);
  });

  it('tell which of them an office has', () => {
    const looks = procedureLabels.filter(({ business }) => business === 'LOOK_UP');
    expect(looks.filter((label) => isServedAt('municipality', label))).toHaveLength(4);
    expect(looks.filter((label) => isServedAt('prefecture', label))).toHaveLength(2);
  });
});

describe('The table of provisions', () => {
  it('has only procedures that other offices or agencies are callers of, but for what a governor uses', () => {
    const called = provisionKinds.filter(({ event, procedure }) => event === 'ANSWERED' && served.includes(procedure));
    expect(called.length).toBeGreaterThan(0);
    for (const { procedure } of called.filter(({ tells }) => tells !== 'WHERE_ITS_OWN')) {
      const callers = accessPolicy.find(({ method }) => method === procedure)?.callers ?? [];
      expect(callers.length).toBeGreaterThan(0);
      expect(callers).not.toContain('operator');
    }
  });
});
