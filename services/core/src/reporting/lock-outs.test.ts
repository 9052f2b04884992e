import { describe, expect, it } from '@jest/globals';
import { aLeaf } from '../../../../test/support/leaves.js';
import type { Leaf } from '../audit/entry.js';
import { LockOuts } from './lock-outs.js';

const START = Date.parse('2016-05-27T01:00:00Z');

/** In which minutes somebody was locked out, of tries as `F` failed and `S` succeeded; one operator's. */
function lockedAt(tries: [minute: number, what: 'F' | 'S', differing?: Partial<Leaf>, operator?: string][]): number[] {
  const lockOuts = new LockOuts();
  return tries.flatMap(([minute, what, differing, operator = 'operator-1']) => {
    const outcome = what === 'F' ? ('SIGN_IN_FAILED' as const) : ('OK' as const);
    const at = new Date(START + minute * 60_000).toISOString();
    const leaf = aLeaf({ procedure: 'POST /sign-in', outcome, at, ...differing });
    return lockOuts.isOneMore(leaf, operator) ? [minute] : [];
  });
}

describe('Lock-outs, out of the tries that the log has', () => {
  it('are at the third failure in a row', () => {
    expect(
      lockedAt([
        [1, 'F'],
        [2, 'F'],
        [3, 'F'],
        [4, 'F'],
      ]),
    ).toEqual([3]);
  });

  it('are none where a try between succeeds', () => {
    expect(
      lockedAt([
        [1, 'F'],
        [2, 'F'],
        [3, 'S'],
        [4, 'F'],
        [5, 'F'],
      ]),
    ).toEqual([]);
  });

  it('are over after a quarter of an hour, and can come again', () => {
    const again: [number, 'F'][] = [1, 2, 3, 17, 18, 19, 20].map((minute) => [minute, 'F']);
    expect(lockedAt(again)).toEqual([3, 20]);
  });

  it('count a wrong password when it is to be changed', () => {
    const changing = { procedure: '/juki.operator.v1.SignInService/ChangePassword' };
    expect(
      lockedAt([
        [1, 'F'],
        [2, 'F', changing],
        [3, 'F'],
      ]),
    ).toEqual([3]);
  });

  it('are each operator’s own, and nothing of other procedures', () => {
    expect(
      lockedAt([
        [1, 'F'],
        [2, 'F', {}, 'operator-2'],
        [3, 'F'],
        [4, 'F', { procedure: 'POST /copies' }],
      ]),
    ).toEqual([]);
  });

  it('are not of tries that were refused before the password was compared', () => {
    const unread = { outcome: 'RATE_LIMITED' as const };
    expect(
      lockedAt([
        [1, 'F'],
        [2, 'F'],
        [3, 'F', unread],
        [4, 'F'],
      ]),
    ).toEqual([4]);
  });
});
