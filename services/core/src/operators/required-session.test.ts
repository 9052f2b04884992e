import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SetClock } from '../../../../test/support/set-clock.js';
import { accessPolicy } from '../domain/access-policy.js';
import type { Caller } from '../domain/caller.js';
import { mayDo, needsSignIn, OPERATOR_ROLES } from '../domain/operator-role.js';
import { whyNotInSession } from './required-session.js';
import { Sessions } from './session.js';

const CARD = 'a'.repeat(64);
const OPERATOR: Caller = { kind: 'operator', office: 'municipality/131059', name: 'operator-1' };
const sessions = new Sessions(new SetClock('2016-05-27T10:00:00Z'), randomBytes);
const methods = accessPolicy.filter(({ callers }) => callers.includes('operator')).map(({ method }) => method);
const why = (method: string, session: string, caller: Caller = OPERATOR, card = CARD) =>
  whyNotInSession(sessions, method, caller, { card, session })?.reason;

describe('Whether a session is required', () => {
  it.each(methods)('of an operator for %s: where it is, any other token than their own is refused', (method) => {
    const { token } = sessions.begin({ name: 'operator-1', role: 'SUPERVISOR', card: CARD });
    const refused = needsSignIn(method) ? 'SIGN_IN_REQUIRED' : undefined;
    expect([why(method, ''), why(method, 'x'.repeat(43)), why(method, token, OPERATOR, 'b'.repeat(64))]).toEqual([
      ...[refused, refused, refused],
    ]);
  });

  it.each(OPERATOR_ROLES)('of a %s who has one: the table says what they may do in it', (role) => {
    const { token } = sessions.begin({ name: 'operator-1', role, card: CARD });
    expect(methods.map((method) => [method, why(method, token)])).toEqual(
      methods.map((method) => [method, mayDo(role, method) ? undefined : 'ROLE_NOT_ALLOWED']),
    );
  });

  it('of offices and agencies never', () => {
    const others: Caller[] = [
      { kind: 'office', office: 'prefecture/130001' },
      { kind: 'agency', name: 'pension-service' },
    ];
    for (const { method } of accessPolicy) for (const caller of others) expect(why(method, '', caller)).toBeUndefined();
  });
});
