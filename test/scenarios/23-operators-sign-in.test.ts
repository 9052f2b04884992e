import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadTrust, operatorFolder } from '#core/trust/credentials.js';
import { demoPassword, OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { bytesIn } from '../support/log-lines.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { OperatorDesk, SignIn, SignOut, UnlockOperator } from '../support/operator-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { TestPki } from '../support/test-pki.js';

/*   an operator ── card and PIN ──▶ TLS ── password ──▶ Bunkyo: a session of five idle minutes
 *   another officer of Bunkyo lets in again who is locked out */
const SIGN_IN = '/juki.operator.v1.SignInService/SignIn';
const UNLOCK = '/juki.operator.v1.SignInService/UnlockOperator';

let network: TestNetwork;
let one: OperatorDesk;
let two: OperatorDesk;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, SHINJUKU, TOKYO] });
  one = new OperatorDesk(network, BUNKYO, OPERATOR);
  two = new OperatorDesk(network, BUNKYO, SECOND_OPERATOR);
});
afterEach(() => network.remove());

const at = (time: string) => network.clock.set(`2016-05-27T${time}+09:00`);
const failTimes = async (times: number, desk = one) => {
  for (let i = 0; i < times; i++) expect((await desk.signIn('wrong')).reason).toBe('SIGN_IN_FAILED');
};

describe('An operator with their card and their password', () => {
  it('signs in, at a municipality and at a prefecture alike, and is told role and times', async () => {
    const { answer } = await one.signIn();
    expect(answer).toMatchObject({ role: 'OPERATOR_ROLE_SUPERVISOR', idleMinutes: 5 });
    expect(answer?.session).toMatch(/^[\w-]{43}$/);
    // 18:00 in Tokyo, eight hours on.
    expect(answer?.endsAt).toMatchObject({ seconds: String(Date.UTC(2016, 4, 27, 9) / 1000) });
    expect((await new OperatorDesk(network, TOKYO, OPERATOR).signIn()).answer?.idleMinutes).toBe(5);
  });

  it('leaves an entry when they sign in and when they sign out, and no third', async () => {
    const { entries } = await network.watch(async () => {
      const session = await one.session();
      await one.ask(SignOut, {}, { session });
    });
    const own = {
      event: 'ANSWERED',
      caller: `juki://${BUNKYO}/operator/${OPERATOR}`,
      operator: OPERATOR,
      outcome: 'OK',
    };
    expect(entries(BUNKYO)).toMatchObject([
      { ...own, procedure: SIGN_IN, purpose: 'SIGN_IN' },
      { ...own, purpose: 'SIGN_OUT' },
    ]);
    expect(entries(BUNKYO)).toHaveLength(2);
  });

  it('is still signed in after 4:59 idle minutes, and no longer after 5:01', async () => {
    const session = await one.session();
    at('10:04:59');
    expect(await one.refusalIn(session)).toBeUndefined();
    at('10:09:58');
    expect(await one.refusalIn(session)).toBeUndefined();
    at('10:14:59');
    expect(await one.refusalIn(session)).toBe('SIGN_IN_REQUIRED');
  });

  it('is no longer signed in once they signed out, or once the office was started again', async () => {
    const [first, second] = [await one.session(), await one.session()];
    await one.ask(SignOut, {}, { session: first });
    expect([await one.refusalIn(first), await one.refusalIn(second)]).toEqual(['SIGN_IN_REQUIRED', undefined]);
    await network.stop(BUNKYO);
    await network.start(BUNKYO);
    expect(await one.refusalIn(second)).toBe('SIGN_IN_REQUIRED');
  });

  it('is refused in somebody else’s session, even where they name that card, with their own card and their own session going on', async () => {
    const [own, others] = [await one.session(), await two.session()];
    expect(await one.refusalIn(others)).toBe('SIGN_IN_REQUIRED');
    const metadata = { 'juki-card': two.card.lock().card };
    const asked = await one.ask(UnlockOperator, { operator: 'nobody' }, { session: others, metadata });
    expect(asked.reason).toBe('SIGN_IN_REQUIRED');
    await one.ask(SignOut, {}, { session: others, metadata });
    expect([await one.refusalIn(own), await two.refusalIn(others)]).toEqual([undefined, undefined]);
  });

  it('is refused without a session, and with one that is made up', async () => {
    for (const session of ['', 'x'.repeat(43)]) expect(await one.refusalIn(session)).toBe('SIGN_IN_REQUIRED');
  });
});

describe('An operator of another office', () => {
  it('is turned away at the door, with whatever password', async () => {
    const stranger = new OperatorDesk(network, SHINJUKU, OPERATOR);
    for (const password of [stranger.password, one.password])
      expect((await stranger.signIn(password, { at: BUNKYO })).reason).toBe('ACCESS_DENIED');
  });

  it('can not use a session that was begun at their own office', async () => {
    const stranger = new OperatorDesk(network, SHINJUKU, OPERATOR);
    const session = await stranger.session();
    const asked = await stranger.ask(UnlockOperator, { operator: OPERATOR }, { session, at: BUNKYO });
    expect([asked.reason, await one.refusalIn(session)]).toEqual(['ACCESS_DENIED', 'SIGN_IN_REQUIRED']);
  });
});

describe('A sign-in that fails', () => {
  it('looks the same for a wrong password, another card, an operator whom nobody knows, and who is locked out', async () => {
    const pki = new TestPki(network.certs);
    const cardOf = (name: string) => pki.issue({ by: 'operators', names: [`juki://${BUNKYO}/operator/${name}`] });
    const failures = [
      await one.signIn('wrong'),
      await one.signIn(demoPassword(BUNKYO, SECOND_OPERATOR)),
      await one.signIn(one.password, { identity: cardOf(OPERATOR) }),
      await one.signIn(one.password, { identity: cardOf('operator-9') }),
    ];
    await failTimes(2);
    failures.push(await one.signIn());
    const [first] = failures;
    expect(first).toMatchObject({ reason: 'SIGN_IN_FAILED', title: 'The operator could not be signed in' });
    for (const failure of failures) expect(failure).toEqual(first);
    expect((await two.signIn()).reason).toBeUndefined();
  });

  it('leaves an entry with its reason, and nothing of the password anywhere', async () => {
    const typed = 'a-password-that-nobody-has';
    const { reply, entries } = await network.watch(() => one.signIn(typed));
    const caller = `juki://${BUNKYO}/operator/${OPERATOR}`;
    expect(entries(BUNKYO)).toMatchObject([
      {
        event: 'ANSWERED',
        procedure: SIGN_IN,
        caller,
        operator: OPERATOR,
        outcome: 'SIGN_IN_FAILED',
        purpose: 'SIGN_IN',
      },
    ]);
    await one.signIn();
    const lines = network.logLines.flatMap((line) => [line, ...bytesIn(JSON.parse(line))]).join('\n');
    expect(lines).toContain(SIGN_IN);
    for (const secret of [typed, one.password])
      for (const text of [lines, JSON.stringify(entries(BUNKYO)), JSON.stringify(reply), reply.status.toString()])
        expect(text).not.toContain(secret);
  });

  it('leaves no digest in the log of what was keyed in: a password is guessed from one', async () => {
    const { entries } = await network.watch(() => one.ask(SignIn, { password: 'the password' }));
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'SIGN_IN_FAILED', requestDigest: null }]);
  });

  it('locks the operator out with the third in a row, which ends the session they had and outlasts a restart; a quarter of an hour later they get in', async () => {
    const session = await one.session();
    await failTimes(2);
    expect(await one.refusalIn(session)).toBeUndefined();
    await failTimes(1);
    expect(await one.refusalIn(session)).toBe('SIGN_IN_REQUIRED');
    at('10:14:59');
    await network.stop(BUNKYO);
    await network.start(BUNKYO);
    expect((await one.signIn()).reason).toBe('SIGN_IN_FAILED');
    at('10:15:00');
    expect((await one.signIn()).reason).toBeUndefined();
  });

  it('twice does not lock out, and the right password is asked for no longer afterwards', async () => {
    await failTimes(2);
    expect(await one.refusalIn(await one.session())).toBeUndefined();
    await failTimes(2);
    expect((await one.signIn()).reason).toBeUndefined();
  });
});

describe('An operator who is locked out', () => {
  it('gets in at once when another officer unlocks them, and the log says who did so and whom', async () => {
    await failTimes(3);
    const session = await two.session();
    const { reply, entries } = await network.watch(() => two.ask(UnlockOperator, { operator: OPERATOR }, { session }));
    expect(reply).toMatchObject({ answer: { cardUnlocking: null } });
    expect(entries(BUNKYO)).toMatchObject([
      { procedure: UNLOCK, operator: SECOND_OPERATOR, outcome: 'OK', purpose: `UNLOCK_OPERATOR ${OPERATOR}` },
    ]);
    expect((await one.signIn()).reason).toBeUndefined();
  });

  it('does not unlock themselves, in a session or out of one', async () => {
    const session = await one.session();
    expect((await one.ask(UnlockOperator, { operator: OPERATOR }, { session })).reason).toBe('SECOND_PERSON_NEEDED');
    await failTimes(3);
    expect((await one.ask(UnlockOperator, { operator: OPERATOR }, { session })).reason).toBe('SIGN_IN_REQUIRED');
    expect((await one.signIn()).reason).toBe('SIGN_IN_FAILED');
  });
});

describe('A card that three wrong PINs have locked', () => {
  const lockCard = () => {
    for (let i = 0; i < 3; i++) expect(() => one.open('no')).toThrow();
    expect(() => one.open()).toThrow();
  };
  const trusted = () => loadTrust(operatorFolder(network.certs, BUNKYO, OPERATOR)).trusted;
  const unlocking = async (cardChallenge = one.card.lock().challenge) => {
    const session = await two.session();
    const { answer } = await two.ask(UnlockOperator, { operator: OPERATOR, cardChallenge }, { session });
    if (!answer?.cardUnlocking) throw new Error('the card was not unlocked');
    return answer.cardUnlocking;
  };

  it('opens again with what another officer was given for it, and signs its holder in', async () => {
    lockCard();
    one.card.unlock(await unlocking(), trusted(), randomBytes);
    expect((await one.signIn()).reason).toBeUndefined();
  });

  it('stays locked with what was for another time, or for another card', async () => {
    const earlier = await unlocking();
    one.card.unlock(earlier, trusted(), randomBytes);
    lockCard();
    expect(() => one.card.unlock(earlier, trusted(), randomBytes)).toThrow();
    const forOther = await unlocking(two.card.lock().challenge);
    expect(() => one.card.unlock(forOther, trusted(), randomBytes)).toThrow();
    expect(() => two.card.unlock(forOther, trusted(), randomBytes)).toThrow();
    expect(() => one.open()).toThrow();
  });
});
