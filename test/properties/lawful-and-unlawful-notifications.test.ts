import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Certificates, foundCountry } from '../support/country.js';
import type { Dice, Step } from './dice.js';
import { Model } from './model.js';
import { movingSteps } from './moving-steps.js';
import { stayingSteps } from './staying-steps.js';
import { World } from './world.js';

/*
 *   Bunkyo ◀── paper ──▶ Shinjuku ◀── paper ──▶ Suginami        three registers over real ledgers
 *      └────────── codes of one pool ──────────────┘            and a model of who stands where
 *
 * Each step notifies something, lawful or not, and the model says beforehand what has to become of it.
 */
const SCHEDULES = Number(process.env['JUKI_SCHEDULES'] ?? 150);
const STEPS = 90;
const STEPS_OF_ALL: Record<string, Step> = { ...movingSteps, ...stayingSteps };

/** One notification; lawful more often than not, since a die that stands for no flaw of its step stands for none. */
class Notification implements fc.AsyncCommand<Model, World> {
  private readonly kind: string;
  private readonly dice: Dice;

  constructor(kind: string, dice: Dice) {
    this.kind = kind;
    this.dice = dice;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    await STEPS_OF_ALL[this.kind]?.(model, world, this.dice);
    await world.checkInvariants(model);
  }

  toString(): string {
    return `${this.kind}(${this.dice.join(', ')})`;
  }
}

class ADayPasses implements fc.AsyncCommand<Model, World> {
  check(): boolean {
    return true;
  }

  run(_model: Model, world: World): Promise<void> {
    return Promise.resolve(world.letADayPass());
  }

  toString(): string {
    return 'a day passes';
  }
}

const die = fc.nat(9);
const notifications = Object.keys(STEPS_OF_ALL).map((kind) =>
  fc.tuple(die, die, die, die).map((dice) => new Notification(kind, dice)),
);
/** Without people, and without people who arrive, there is little to notify. */
const oftener = ['firstMoveIn', 'moveInWithPaper'].map((kind) =>
  fc.tuple(die, die, die, die).map((dice) => new Notification(kind, dice)),
);

describe('Registers that get random notifications, lawful and unlawful ones', () => {
  let certificates: Certificates;
  const total = { done: 0, refused: 0 };

  beforeAll(() => {
    certificates = new Certificates();
  });
  afterAll(() => certificates.remove());

  it('do what is lawful, refuse what is not for its reason and without a trace, and hold ONE, FOLLOW and the household rules', async () => {
    const schedules = fc.commands([...notifications, ...oftener, fc.constant(new ADayPasses())], {
      maxCommands: STEPS,
      size: 'max',
    });
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const country = await foundCountry(certificates);
        const world = new World(country);
        try {
          await fc.asyncModelRun(() => ({ model: new Model(), real: world }), schedule);
        } finally {
          await country.close();
        }
        total.done += world.seen.done;
        total.refused += world.seen.refused;
      }),
      { numRuns: SCHEDULES, endOnFailure: false },
    );
    expect(total.done).toBeGreaterThan(SCHEDULES * 8);
    expect(total.refused).toBeGreaterThan(SCHEDULES * 3);
  }, 600_000);
});
