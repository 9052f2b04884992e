import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../logger.js';
import { KnockCounter } from './count-knocks.js';
import type { Occurrence } from './entry.js';

const SHINJUKU = 'juki://municipality/131041';
const CLERK = 'juki://municipality/131059/operator/operator-1';

/** A counter whose minutes end when the test says so. */
function situation() {
  const appended: Occurrence[] = [];
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const log = { isFull: false };
  const counter = new KnockCounter({
    ...{ office: 'municipality/131059', newId: () => 'an exchange', randomBytes: (size) => Buffer.alloc(size) },
    audit: {
      append: async (occurrence) => {
        if (log.isFull) throw new Error('the disk is full');
        appended.push(occurrence);
      },
    },
    logger: createLogger('municipality/131059', 'trace', { write: (line) => void lines.push(line) }),
    later: (act) => {
      waiting.push(act);
      return () => void waiting.splice(waiting.indexOf(act), 1);
    },
  });
  const endMinute = async () => {
    for (const act of waiting.splice(0)) act();
    await counter['writing'];
  };
  const counts = () => appended.map(({ caller, purpose }) => `${caller} ${purpose}`);
  const refuse = (times: number, caller = SHINJUKU) => Array.from({ length: times }, () => counter.isFirst(caller));
  return { counter, appended, lines, waiting, log, endMinute, counts, refuse };
}

describe('A caller who knocks on', () => {
  it('is logged the first time, and counted from then on, in one entry a minute', async () => {
    const { refuse, endMinute, counts, appended } = situation();
    expect(refuse(1_000)).toEqual([true, ...Array(999).fill(false)]);
    expect(counts()).toEqual([]);
    await endMinute();
    expect(refuse(3)).toEqual([false, false, false]);
    await endMinute();
    expect(counts()).toEqual([`${SHINJUKU} REFUSED_AGAIN 999`, `${SHINJUKU} REFUSED_AGAIN 3`]);
    const [entry] = appended;
    expect(entry).toMatchObject({ event: 'RECORDED', procedure: 'refused/RATE_LIMITED', outcome: 'RATE_LIMITED' });
    expect([...(entry?.concerns ?? ['nobody was expected'])]).toEqual([]);
  });

  it('is logged anew after a minute without a refusal, and nothing waits or is kept meanwhile', async () => {
    const { refuse, endMinute, counts, waiting, counter } = situation();
    refuse(1);
    await endMinute();
    expect([waiting.length, counter['again'].size]).toEqual([0, 0]);
    expect(refuse(1)).toEqual([true]);
    expect(counts()).toEqual([]);
  });

  it('is not counted with others', async () => {
    const { refuse, endMinute, counts } = situation();
    expect([...refuse(2), ...refuse(3, CLERK), ...refuse(1, '')]).toEqual([true, false, true, false, false, true]);
    await endMinute();
    expect(counts()).toEqual([`${SHINJUKU} REFUSED_AGAIN 1`, `${CLERK} REFUSED_AGAIN 2`]);
  });
});

describe('A count', () => {
  it('is written down when the node stops, and nothing comes later', async () => {
    const { refuse, counter, counts, waiting } = situation();
    refuse(5);
    await counter.stop();
    expect(counts()).toEqual([`${SHINJUKU} REFUSED_AGAIN 4`]);
    expect(waiting).toEqual([]);
  });

  it('that can not be written down is in the error log, and counted on', async () => {
    const { refuse, endMinute, counts, lines, log } = situation();
    refuse(5);
    log.isFull = true;
    await endMinute();
    expect(lines.join()).toContain('a count of refusals could not be logged');
    log.isFull = false;
    refuse(2);
    await endMinute();
    expect(counts()).toEqual([`${SHINJUKU} REFUSED_AGAIN 6`]);
  });
});
