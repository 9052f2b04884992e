import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Refusal } from '#core/domain/refusal.js';
import { hashPassword, passwordFits } from '#core/operators/password.js';
import { Sessions } from '#core/operators/session.js';
import { SignIn } from '#core/operators/sign-in.js';
import { openLedger } from '#core/storage/ledger.js';
import { enterOperator } from '#core/storage/operators.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { SetClock } from '../support/set-clock.js';

const [RIGHT, WRONG] = ['correct horse', 'correct horsf'];
const CARD = 'a'.repeat(64);
const ONE = { name: 'operator-1', card: CARD };
const LOOK = '/juki.register.v1.RegisterService/GetResidentRecord';

let passwordHash: string;
beforeAll(async () => {
  passwordHash = await hashPassword(RIGHT, randomBytes);
});

describeOnEveryDatabase('Signing in', (fresh) => {
  let ledger: Kysely<CoreTables>;
  let clock: SetClock;
  let sessions: Sessions;
  let signIn: SignIn;
  /** The parameters of each hash that was compared with, in order, and how many comparisons ran at once. */
  let compared: string[];
  let atOnce: number;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    clock = new SetClock('2016-05-27T01:00:00Z');
    sessions = new Sessions(clock, randomBytes);
    compared = [];
    atOnce = 0;
    let running = 0;
    signIn = new SignIn({
      ...{ ledger, clock, randomBytes, sessions },
      async fits(password, hash) {
        compared.push(hash.split('$').slice(0, 4).join('$'));
        atOnce = Math.max(atOnce, ++running);
        const fits = await passwordFits(password, hash);
        running -= 1;
        return fits;
      },
    });
    await enterOperator(ledger, { ...ONE, role: 'CLERK', passwordHash });
  });
  afterEach(() => ledger.destroy());

  const failureOf = async (presented = ONE, password = WRONG): Promise<Refusal> => {
    const failure = await signIn.signIn(presented, password).catch((error) => error);
    if (!(failure instanceof Refusal)) throw new Error('the sign-in did not fail');
    return failure;
  };
  const fail = async (times: number) => {
    for (let i = 0; i < times; i++) await failureOf();
  };
  const works = async () => sessions.check((await signIn.signIn(ONE, RIGHT)).token, CARD, LOOK).name === ONE.name;
  const tries = () => ledger.selectFrom('sign_in_tries').select(['name', 'failures']).orderBy('name').execute();

  it('begins a session of the operator’s role, bound to the card', async () => {
    const { token, role } = await signIn.signIn(ONE, RIGHT);
    expect(role).toBe('CLERK');
    expect(sessions.check(token, CARD, LOOK)).toEqual({ ...ONE, role: 'CLERK' });
    expect(() => sessions.check(token, 'b'.repeat(64), LOOK)).toThrow();
    expect(await tries()).toEqual([]);
  });

  it('fails in one way, after one comparison and one count, whatever is wrong', async () => {
    await enterOperator(ledger, { name: 'locked', role: 'CLERK', passwordHash, card: CARD });
    for (let i = 0; i < 3; i++) await failureOf({ name: 'locked', card: CARD });
    compared = [];
    const failures = [
      await failureOf(ONE, WRONG),
      await failureOf({ ...ONE, card: 'b'.repeat(64) }, RIGHT),
      await failureOf({ ...ONE, card: '' }, RIGHT),
      await failureOf({ name: 'nobody', card: CARD }, RIGHT),
      await failureOf({ name: 'locked', card: CARD }, RIGHT),
      await failureOf({ name: 'locked', card: CARD }, WRONG),
    ];
    for (const { reason, message, details, cause } of failures)
      expect({ reason, message, details, cause }).toEqual({
        ...{ reason: 'SIGN_IN_FAILED', message: 'The operator could not be signed in', details: {}, cause: undefined },
      });
    expect(compared).toEqual(failures.map(() => '$argon2id$v=19$m=19456,t=2,p=1'));
    expect(await tries()).toEqual([
      { name: 'locked', failures: 3 },
      { name: 'nobody', failures: 1 },
      { name: 'operator-1', failures: 3 },
    ]);
  });

  it('makes one comparison where it works, too', async () => {
    await works();
    expect(compared).toHaveLength(1);
  });

  it('still works after two failures, which are forgotten then', async () => {
    await fail(2);
    expect(await works()).toBe(true);
    await fail(2);
    expect(await works()).toBe(true);
  });

  it('fails after three, with the right password too, for a quarter of an hour', async () => {
    await fail(3);
    expect((await failureOf(ONE, RIGHT)).reason).toBe('SIGN_IN_FAILED');
    clock.set('2016-05-27T01:14:59.999Z');
    expect((await failureOf(ONE, RIGHT)).reason).toBe('SIGN_IN_FAILED');
    clock.set('2016-05-27T01:15:00Z');
    expect(await works()).toBe(true);
  });

  it('gives as many guesses at once as one after the other: three, and one comparison at a time', async () => {
    const guesses = await Promise.allSettled([
      ...Array.from({ length: 3 }, () => signIn.signIn(ONE, WRONG)),
      ...Array.from({ length: 5 }, () => signIn.signIn(ONE, RIGHT)),
    ]);
    expect(guesses.map(({ status }) => status)).toEqual(guesses.map(() => 'rejected'));
    expect([compared.length, atOnce]).toEqual([8, 1]);
  });

  it('ends the sessions of an operator who is locked out, and no one else’s', async () => {
    await enterOperator(ledger, { name: 'operator-2', role: 'CLERK', passwordHash, card: CARD });
    const { token } = await signIn.signIn(ONE, RIGHT);
    const other = await signIn.signIn({ name: 'operator-2', card: CARD }, RIGHT);
    await fail(2);
    expect(sessions.check(token, CARD, LOOK).name).toBe('operator-1');
    await fail(1);
    expect(() => sessions.check(token, CARD, LOOK)).toThrow(new Refusal('SIGN_IN_REQUIRED'));
    expect(sessions.check(other.token, CARD, LOOK).name).toBe('operator-2');
  });

  it('has counted a try that a crash cut short', async () => {
    const cut = new SignIn({
      ...{ ledger, clock, randomBytes, sessions },
      fits: () => Promise.reject(new Error('cut short')),
    });
    for (let i = 0; i < 3; i++) await expect(cut.signIn(ONE, RIGHT)).rejects.toThrow('cut short');
    expect((await failureOf(ONE, RIGHT)).reason).toBe('SIGN_IN_FAILED');
  });

  it('goes on with the next after one that broke', async () => {
    let broken = 0;
    const breaking = new SignIn({
      ...{ ledger, clock, randomBytes, sessions },
      fits: (password, hash) =>
        broken++ === 0 ? Promise.reject(new Error('cut short')) : passwordFits(password, hash),
    });
    const [first, second] = await Promise.allSettled([breaking.signIn(ONE, RIGHT), breaking.signIn(ONE, RIGHT)]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });
});
