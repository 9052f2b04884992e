import { join } from 'node:path';
import { withoutLimits } from '#core/domain/allowance.js';
import { RunningClock } from '#core/domain/clock.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import type { Signing } from '#core/trust/statements.js';
import { Visit } from '#scripts/check/visit.js';
import { prepareNetwork } from '#scripts/network/prepare-network.js';
import { pocketsIn, startNetwork } from '#scripts/network/start-network.js';
import type { SeededMunicipality } from '#scripts/seed/residents.js';

/** So many questions are under way at any time. */
export const AT_ONCE = 32;
export const SECONDS = 5;

/** Runs the demo network in this process, with ledgers of its own, for as long as `measure` takes. */
export async function withDemoNetwork<Measured>(
  folder: string,
  { name, ...more }: { name: string; signing?: Signing },
  measure: (visit: Visit, people: SeededMunicipality[]) => Promise<Measured>,
): Promise<Measured> {
  const [certs, data] = [join(folder, 'certs'), join(folder, name)];
  const network = Network.load('scripts/network.json');
  const { people } = await prepareNetwork(network, { certs, data, pockets: pocketsIn(data) });
  const clock = new RunningClock(network.clockStartsAt);
  const allowances = withoutLimits;
  const loggerOf = (office: string) => createLogger(office, 'silent');
  const running = await startNetwork({ network, certs, data, clock, loggerOf, ports: 'CHOSEN', allowances, ...more });
  const visit = new Visit({ ...running, clock }, people);
  try {
    return await measure(visit, people);
  } finally {
    visit.close();
    await running.stopAll();
  }
}

/** How often a second something is done, with so many workers that each go on when they are through. */
export async function rate(
  act: (worker: number) => Promise<unknown>,
  { seconds = SECONDS, workers = AT_ONCE } = {},
): Promise<number> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let done = 0;
  const work = async (worker: number) => {
    while (performance.now() < until) {
      await act(worker);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return done / ((performance.now() - startedAt) / 1000);
}
