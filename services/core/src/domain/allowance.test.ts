import { describe, expect, it } from '@jest/globals';
import { SetClock } from '../../../../test/support/set-clock.js';
import { Allowances, type Knock } from './allowance.js';
import type { Caller } from './caller.js';

const START = '2016-05-27T10:00:00+09:00';
const SHINJUKU: Caller = { kind: 'office', office: 'municipality/131041' };
const SUGINAMI: Caller = { kind: 'office', office: 'municipality/131156' };
const CLERK: Caller = { kind: 'operator', office: 'municipality/131059', name: 'operator-1' };
const PENSIONS: Caller = { kind: 'agency', name: 'pension-service' };
const ABOUT_PEOPLE = '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData';
const ABOUT_CHANGES = '/juki.propagation.v1.PropagationService/DeliverChanges';
const TABLE = {
  office: { burst: 10, perMinute: 60 },
  agency: { burst: 5, perMinute: 60 },
  operator: { burst: 3, perMinute: 20 },
  askingOperator: { burst: 2, perMinute: 6 },
  stranger: { burst: 1, perMinute: 2 },
};

function situation() {
  const clock = new SetClock(START);
  const allowances = new Allowances(clock, TABLE);
  const letIn = (knock: Knock, times = 20) =>
    Array.from({ length: times }, () => allowances.take(knock)).filter((wait) => wait === undefined).length;
  return { clock, allowances, letIn };
}

const knock = (caller: Caller | undefined, differing: Partial<Knock> = {}): Knock => ({
  ...{ caller, address: '10.0.0.1', method: ABOUT_CHANGES },
  ...differing,
});

describe('What a caller may ask', () => {
  it.each([
    { who: 'an office', caller: SHINJUKU, may: 10 },
    { who: 'an agency', caller: PENSIONS, may: 5 },
    { who: 'an operator', caller: CLERK, may: 3 },
    { who: 'a stranger', caller: undefined, may: 1 },
  ])('goes by its kind: $who, $may', ({ caller, may }) => {
    expect(situation().letIn(knock(caller))).toBe(may);
  });

  it('is its own: it takes nothing of another’s, and counts from every address', () => {
    const { letIn } = situation();
    letIn(knock(SHINJUKU));
    expect(letIn(knock(SHINJUKU, { address: '10.0.0.2' }))).toBe(0);
    expect(letIn(knock(SUGINAMI))).toBe(10);
  });

  it('comes back, and a refusal says after how many seconds; who is refused loses nothing by asking', () => {
    const { clock, allowances, letIn } = situation();
    letIn(knock(CLERK));
    expect(allowances.take(knock(CLERK))).toBe(3);
    clock.set('2016-05-27T10:00:03+09:00');
    expect(letIn(knock(CLERK))).toBe(1);
  });
});

describe('Strangers', () => {
  it('share what one remote address may, whoever they say they are', () => {
    const { letIn } = situation();
    expect(letIn(knock(undefined, { operator: 'one' }))).toBe(1);
    expect(letIn(knock(undefined, { operator: 'another' }))).toBe(0);
    expect(letIn(knock(undefined, { address: '10.0.0.2' }))).toBe(1);
  });
});

describe('One operator of an asking office', () => {
  const asking = (operator: string, caller = SHINJUKU) => knock(caller, { method: ABOUT_PEOPLE, operator });

  it('may ask about few people, and the others of that office go on asking', () => {
    const { letIn, allowances } = situation();
    expect(letIn(asking('counter-1'))).toBe(2);
    expect(allowances.take(asking('counter-1'))).toBe(10);
    expect(letIn(asking('counter-2'))).toBe(2);
    expect(letIn(asking('counter-1', SUGINAMI))).toBe(2);
  });

  it('does not count where nobody is shown', () => {
    expect(situation().letIn(knock(SHINJUKU, { operator: 'courier' }))).toBe(10);
  });

  it('wins nothing by other names: all of them together may ask what their office may', () => {
    const { allowances } = situation();
    const waits = Array.from({ length: 50 }, (_, i) => allowances.take(asking(`counter-${i}`)));
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(10);
  });
});
