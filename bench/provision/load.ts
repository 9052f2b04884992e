import { Latencies, type Pace } from './latencies.js';

/** So many calls are under way at any time, for so long. */
export interface Span {
  atOnce: number;
  seconds: number;
}

/** What is done again and again by each of the callers, who are numbered from 0. */
export type Act = (caller: number) => Promise<unknown>;

/** What came of it in one process. */
export interface Loaded {
  latencies: Latencies;
  seconds: number;
}

/** As a share: at the end, not all are through at the same time. */
const TOLERANCE = 0.1;

/**
 * @throws RangeError where it does not add up: of callers who never pause, all calls together took as long as all callers
 * were there; or some calls were lost or counted twice
 */
export function paceOf({ latencies, seconds }: Loaded, atOnce: number): Pace {
  const underWay = latencies.sum / 1000 / seconds;
  if (!(Math.abs(underWay / atOnce - 1) < TOLERANCE))
    throw new RangeError(`${latencies.length} calls: ${underWay.toFixed(1)} at once, instead of ${atOnce}`);
  return latencies.pace(latencies.length / seconds);
}

/** So many callers, each of whom calls again as soon as it has its answer; call by call. The first failure ends it. */
export async function timeCalls(act: Act, { atOnce, seconds }: Span): Promise<Loaded> {
  const latencies = new Latencies();
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const call = async (caller: number) => {
    for (let now = startedAt; now < until; ) {
      await act(caller);
      const answeredAt = performance.now();
      latencies.add(answeredAt - now);
      now = answeredAt;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, caller) => call(caller)));
  return { latencies, seconds: (performance.now() - startedAt) / 1000 };
}
