import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Caller, callerOfUri, callerRoleAt, callerUri } from './caller.js';

const offices = fc.constantFrom('municipality/131059', 'municipality/074829', 'prefecture/130001', 'national');
const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/);
const callers: fc.Arbitrary<Caller> = fc.oneof(
  fc.record({ kind: fc.constant('office' as const), office: offices }),
  fc.record({ kind: fc.constant('operator' as const), office: offices, name: names }),
  fc.record({ kind: fc.constant('agency' as const), name: names }),
);

describe('A caller is named by one URI', () => {
  it.each([
    ['juki://municipality/131059', { kind: 'office', office: 'municipality/131059' }],
    ['juki://national', { kind: 'office', office: 'national' }],
    [
      'juki://municipality/131059/operator/counter-1',
      { kind: 'operator', office: 'municipality/131059', name: 'counter-1' },
    ],
    ['juki://national/operator/duty', { kind: 'operator', office: 'national', name: 'duty' }],
    ['juki://agency/japan-pension-service', { kind: 'agency', name: 'japan-pension-service' }],
  ] as [string, Caller][])('%s names %j', (uri, caller) => {
    expect(callerOfUri(uri)).toEqual(caller);
    expect(callerUri(caller)).toBe(uri);
  });

  it('every caller is read back from its URI as the same caller', () => {
    fc.assert(fc.property(callers, (caller) => expect(callerOfUri(callerUri(caller))).toEqual(caller)));
  });

  it('two callers never share a URI', () => {
    const same = (a: Caller, b: Caller) => JSON.stringify(a) === JSON.stringify(b);
    fc.assert(fc.property(callers, callers, (a, b) => same(a, b) || callerUri(a) !== callerUri(b)));
  });

  it.each([
    '',
    'juki://',
    'juki:',
    'national',
    'https://national',
    'JUKI://national',
    ' juki://national',
    'juki://national ',
    'juki://national\n',
    'juki://National',
    'juki://national/',
    'juki://national/extra',
    'juki://national?x=1',
    'juki://national#x',
    'juki://user@national',
    'juki://municipality/131050',
    'juki://municipality/130001',
    'juki://Municipality/131059',
    'juki://municipality/131059/',
    'juki://municipality//131059',
    'juki://municipality/131059/operator',
    'juki://municipality/131059/operator/',
    'juki://municipality/131059/operator/Counter-1',
    'juki://municipality/131059/operator/counter 1',
    'juki://municipality/131059/operator/-counter',
    'juki://municipality/131059/operator/1-counter',
    'juki://municipality/131059/operator/24727059608',
    'juki://municipality/131059/operator/counter-1/extra',
    'juki://municipality/131059/operator/a/operator/b',
    'juki://municipality/131050/operator/counter-1',
    `juki://national/operator/${'a'.repeat(64)}`,
    'juki://agency/',
    'juki://agency/Pension',
    'juki://agency/24727059608',
    'juki://agency/pension_service',
    'juki://agency/pension/extra',
    'juki://agency/年金機構',
    'juki://agency/a%2Fb',
  ])('%j names nobody', (uri) => expect(callerOfUri(uri)).toBeUndefined());
});

describe('What a caller is, seen from an office', () => {
  const BUNKYO = 'municipality/131059';

  it.each([
    ['another municipality', { kind: 'office', office: 'municipality/132152' }, 'municipality'],
    ['its prefecture', { kind: 'office', office: 'prefecture/130001' }, 'prefecture'],
    ['the national centre', { kind: 'office', office: 'national' }, 'national'],
    ['an agency', { kind: 'agency', name: 'japan-pension-service' }, 'agency'],
    ['one of its own operators', { kind: 'operator', office: BUNKYO, name: 'counter-1' }, 'operator'],
  ] as [string, Caller, string][])('%s', (_who, caller, role) => expect(callerRoleAt(BUNKYO, caller)).toBe(role));

  it('an operator of another office is nothing here, be it the office above', () => {
    for (const office of ['municipality/132152', 'prefecture/130001', 'national'])
      expect(callerRoleAt(BUNKYO, { kind: 'operator', office, name: 'counter-1' })).toBeUndefined();
  });
});
