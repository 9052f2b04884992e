import { beforeEach, describe, expect, it } from '@jest/globals';
import { Road, settled, turns } from '../../../../test/support/road.js';

let road: Road;
beforeEach(() => {
  road = new Road();
});

describe('A courier that is woken while it walks', () => {
  /** In turns of promises: more than a walk with one piece has, so that each of its moments is among them. */
  const moments = Array.from({ length: 30 }, (_, turn) => turn);

  /** The moments at which something can be queued and is then left lying. */
  async function lostMoments(prepare: (started: Road) => void): Promise<number[]> {
    const lost = [];
    for (const moment of moments) {
      const started = new Road();
      prepare(started);
      const early = [...started.queue];
      started.courier.wake();
      await turns(moment);
      started.isOpen = true;
      started.put('late');
      await settled();
      await started.afterTheWait();
      expect(started.mostUnderWay).toBe(1);
      if (started.arrived.join() !== [...early, 'late'].join()) lost.push(moment);
    }
    return lost;
  }

  it('brings what came when it had just found the queue empty', async () => {
    road.meanwhile = (piece) => {
      if (piece === undefined && road.arrived.length === 0) road.put('late');
    };
    road.courier.wake();
    await settled();
    expect(road.arrived).toEqual(['late']);
  });

  it('loses nothing that comes at any moment of a walk with nothing', async () => {
    expect(await lostMoments(() => {})).toEqual([]);
  });

  it('loses nothing that comes at any moment of a walk with a piece', async () => {
    const withOne = (started: Road) => void started.queue.push('early');
    expect(await lostMoments(withOne)).toEqual([]);
  });

  it('loses nothing that comes at any moment of a walk to an office that is not there', async () => {
    const shut = (started: Road) => {
      started.queue.push('early');
      started.isOpen = false;
    };
    expect(await lostMoments(shut)).toEqual([]);
  });

  it('has brought what was queued before a drain once that has resolved, whatever was under way', async () => {
    for (const moment of moments) {
      const started = new Road();
      started.courier.wake();
      await turns(moment);
      started.queue.push('late');
      await started.courier.drain();
      expect([moment, started.arrived]).toEqual([moment, ['late']]);
    }
  });
});
