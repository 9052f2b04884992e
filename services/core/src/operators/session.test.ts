import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { refusedAs } from '../../../../test/support/households.js';
import { SetClock } from '../../../../test/support/set-clock.js';
import { Sessions, type SignedIn } from './session.js';

const CARD = 'a'.repeat(64);
const CLERK: SignedIn = { name: 'operator-1', role: 'CLERK', card: CARD };
const LOOK = '/juki.register.v1.RegisterService/GetResidentRecord';
const APPROVE = '/juki.register.v1.ExOfficioService/ApproveDraft';
const REQUIRED = refusedAs('SIGN_IN_REQUIRED', {});

let clock: SetClock;
let sessions: Sessions;

beforeEach(() => {
  clock = new SetClock('2016-05-27T10:00:00Z');
  sessions = new Sessions(clock, randomBytes);
});

const later = (time: string) => clock.set(`2016-05-27T${time}Z`);
const look = (token: string, card = CARD) => sessions.check(token, card, LOOK);

describe('A session', () => {
  it('tells whose it is, and their role', () => {
    expect(look(sessions.begin(CLERK).token)).toEqual(CLERK);
  });

  it('has a token of 32 random bytes, another one each time', () => {
    const tokens = [sessions.begin(CLERK).token, sessions.begin(CLERK).token];
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
    expect(new Set(tokens).size).toBe(2);
  });

  it('is not what an office keeps: the token is nowhere in it', () => {
    const { token } = sessions.begin(CLERK);
    const kept = [...(sessions['byHash'] as Map<string, object>)].map((entry) => JSON.stringify(entry)).join();
    expect(kept).toContain(CARD);
    expect(kept).not.toContain(token);
  });

  it('goes on after 4:59 idle minutes, each time anew, and not after 5', () => {
    const { token } = sessions.begin(CLERK);
    later('10:04:59');
    expect(look(token)).toEqual(CLERK);
    later('10:09:58');
    expect(look(token)).toEqual(CLERK);
    later('10:14:58');
    expect(() => look(token)).toThrow(REQUIRED);
  });

  it('does not come back once it was idle for too long, whatever the clock shows then', () => {
    const { token } = sessions.begin(CLERK);
    later('10:05:01');
    expect(() => look(token)).toThrow(REQUIRED);
    sessions.begin(CLERK);
    later('10:04:00');
    expect(() => look(token)).toThrow(REQUIRED);
  });

  it('ends after eight hours, however busy it was', () => {
    const { token, endsAt } = sessions.begin(CLERK);
    expect(endsAt).toEqual(new Date('2016-05-27T18:00:00Z'));
    for (let minutes = 4; minutes < 480; minutes += 4) {
      clock.set(new Date(Date.UTC(2016, 4, 27, 10, minutes)));
      expect(look(token)).toEqual(CLERK);
    }
    later('17:59:59');
    expect(look(token)).toEqual(CLERK);
    later('18:00:00');
    expect(() => look(token)).toThrow(REQUIRED);
  });

  it('is nothing in the hands of somebody with another card, and goes on for its own', () => {
    const { token } = sessions.begin(CLERK);
    for (const card of ['b'.repeat(64), '']) expect(() => look(token, card)).toThrow(REQUIRED);
    sessions.end(token, 'b'.repeat(64));
    expect(look(token)).toEqual(CLERK);
  });

  it('is not kept alive by somebody with another card', () => {
    const { token } = sessions.begin(CLERK);
    later('10:04:00');
    expect(() => look(token, 'b'.repeat(64))).toThrow(REQUIRED);
    later('10:05:00');
    expect(() => look(token)).toThrow(REQUIRED);
  });

  it('is not begun at another office', () => {
    const { token } = new Sessions(clock, randomBytes).begin(CLERK);
    expect(() => look(token)).toThrow(REQUIRED);
  });

  it.each(['', 'x'.repeat(43), 'x'.repeat(100_000)])('is not what a stranger makes up', (token) => {
    sessions.begin(CLERK);
    expect(() => look(token)).toThrow(REQUIRED);
  });

  it('ends when it is ended, alone; a second time changes nothing', () => {
    const [first, second] = [sessions.begin(CLERK).token, sessions.begin(CLERK).token];
    sessions.end(first, CARD);
    sessions.end(first, CARD);
    expect(() => look(first)).toThrow(REQUIRED);
    expect(look(second)).toEqual(CLERK);
  });

  it('ends with every other one of its operator, and with nobody else’s', () => {
    const tokens = [sessions.begin(CLERK).token, sessions.begin(CLERK).token];
    const other = sessions.begin({ ...CLERK, name: 'operator-2' }).token;
    sessions.endAllOf('operator-1');
    for (const token of tokens) expect(() => look(token)).toThrow(REQUIRED);
    expect(look(other).name).toBe('operator-2');
  });

  it('lets its operator do what the role may, and goes on where it may not', () => {
    const { token } = sessions.begin(CLERK);
    expect(() => sessions.check(token, CARD, APPROVE)).toThrow(refusedAs('ROLE_NOT_ALLOWED', {}));
    expect(look(token)).toEqual(CLERK);
    const supervisor = sessions.begin({ ...CLERK, role: 'SUPERVISOR' }).token;
    expect(sessions.check(supervisor, CARD, APPROVE).role).toBe('SUPERVISOR');
  });

  it('is forgotten once it has ended and somebody signs in', () => {
    for (let i = 0; i < 50; i++) sessions.begin(CLERK);
    later('10:05:00');
    sessions.begin(CLERK);
    expect((sessions['byHash'] as Map<string, object>).size).toBe(1);
  });
});
