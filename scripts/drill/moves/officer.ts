import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import type { Counter } from '#municipality/use-cases/counter.js';
import type { MovingCountry } from './moving-country.js';
import { exchangeOf, type OperatorTool } from './operator-tool.js';

/** What somebody at a counter is told. NOTHING: the office crashed, and nobody knows what was done. */
export type Told<Result> = { done: Result } | { refused: Reason } | 'NOTHING';

/** Has an officer of a town do something at its counter. */
export async function atCounter<Result>(
  country: MovingCountry,
  town: OfficeId,
  tool: Omit<OperatorTool, 'office' | 'clock'>,
  act: (counter: Counter, exchange: Exchange) => Promise<Result>,
): Promise<Told<Result>> {
  const exchange = exchangeOf({ ...tool, office: town, clock: country.clock(town) });
  const office = country.office(town);
  const life = office.running;
  if (!life) return { refused: 'OFFICE_UNAVAILABLE' };
  try {
    const done = await office.during(({ counter }) => {
      if (!counter) throw new RangeError(`${town} has no counter`);
      return act(counter, exchange);
    });
    return { done };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.reason };
    // What fails without a reason of the table is a fault, unless the office has ended meanwhile.
    if (office.running === life) throw error;
    return 'NOTHING';
  }
}
