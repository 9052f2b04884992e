import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import { isLockedOut, withTry } from '../domain/lock-out.js';
import { Refusal } from '../domain/refusal.js';
import { countTry, findOperator, forgetTries, type KeptOperator, setPassword } from '../storage/operators.js';
import type { CoreTables } from '../storage/tables.js';
import { hashOfNobody, hashPassword, passwordFits } from './password.js';
import type { BegunSession, Sessions } from './session.js';

interface Office {
  ledger: Kysely<CoreTables>;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  sessions: Sessions;
  /** Whether a password is that of a hash; argon2id by default. */
  fits?: (password: string, passwordHash: string) => Promise<boolean>;
}

/** Who wants to sign in: the name on their card, and the fingerprint of it. */
export interface Presented {
  name: string;
  /** Empty where the card was not proved to be there, which is a failure like any other. */
  card: string;
}

/** Signs operators of an office in. */
export class SignIn {
  private readonly office: Office;
  private readonly fits: NonNullable<Office['fits']>;
  private readonly hashOfNobody: string;
  private last: Promise<unknown> = Promise.resolve();

  constructor(office: Office) {
    this.office = office;
    this.fits = office.fits ?? passwordFits;
    this.hashOfNobody = hashOfNobody(office.randomBytes);
  }

  /**
   * One at a time: a comparison takes 19 MiB, and many at once would be many guesses before the first is counted.
   *
   * @throws Refusal SIGN_IN_FAILED, the same and after the same work for an operator whom nobody knows, another card, a
   * wrong password, and an operator who is locked out
   */
  signIn(presented: Presented, password: string): Promise<BegunSession> {
    return this.oneAtATime(async () => this.office.sessions.begin(await this.proved(presented, password)));
  }

  /** Ends every session of the operator. @throws Refusal SIGN_IN_FAILED as signIn, and counted alike */
  changePassword(presented: Presented, { password, next }: { password: string; next: string }): Promise<void> {
    const { ledger, randomBytes, sessions } = this.office;
    return this.oneAtATime(async () => {
      const { name } = await this.proved(presented, password);
      await setPassword(ledger, name, await hashPassword(next, randomBytes));
      sessions.endAllOf(name);
    });
  }

  private oneAtATime<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.last.then(act);
    this.last = mine.catch(() => {});
    return mine;
  }

  private async proved({ name, card }: Presented, password: string): Promise<KeptOperator> {
    const { ledger, clock, sessions } = this.office;
    const now = clock.now();
    const before = await countTry(ledger, name, now);
    const operator = await findOperator(ledger, name);
    const fits = await this.fits(password, operator?.passwordHash ?? this.hashOfNobody);
    if (!operator || !fits || operator.card !== card || isLockedOut(before, now)) {
      if (isLockedOut(withTry(before, now), now)) sessions.endAllOf(name);
      throw new Refusal('SIGN_IN_FAILED');
    }
    await forgetTries(ledger, name);
    return operator;
  }
}
