import { describe, expect, it } from '@jest/globals';
import { Points } from './points.js';

/** @returns points, and the names of those at which something died */
function somePoints() {
  const died: string[][] = [];
  return { died, points: new Points((names) => died.push(names)) };
}

describe('Points', () => {
  it('are named by what happens there, and by how often it has happened since they are counted', () => {
    const { points } = somePoints();
    points.pass('before', ['commit arrival']);
    points.count();
    points.pass('before', ['commit arrival']);
    points.pass('after', ['commit arrival']);
    points.pass('before', ['commit arrival']);
    const passed = ['before commit arrival #1', 'before commit arrival #2', 'after commit arrival #1'];
    expect(points.end()).toEqual(passed);
    points.pass('after', ['commit arrival']);
    expect(points.end()).toEqual([]);
  });

  it('are deadly under each of their names, at that very time and no other', () => {
    const { points, died } = somePoints();
    points.count('after commit log ASKED CheckCard #2');
    points.pass('after', ['commit log ASKED CheckCard']);
    points.pass('before', ['commit log ANSWERED VerifyCard', 'commit log ASKED CheckCard']);
    expect(died).toEqual([]);
    points.pass('after', ['commit log ANSWERED VerifyCard', 'commit log ASKED CheckCard']);
    points.pass('after', ['commit log ASKED CheckCard']);
    const names = ['after commit log ANSWERED VerifyCard #1', 'after commit log ASKED CheckCard #2'];
    expect(died.map((one) => one.slice(0, 2))).toEqual([names]);
  });

  it('have the names of all that was done since something else was begun', () => {
    const { points, died } = somePoints();
    points.count('before commit arrival #1');
    points.pass('before', ['question CheckCard']);
    points.pass('after', ['question CheckCard']);
    points.pass('after', ['answer ListMoves']);
    points.pass('before', ['commit arrival']);
    expect(died).toEqual([['before commit arrival #1', 'after question CheckCard #1', 'after answer ListMoves #1']]);
  });

  it('are deadly no longer once nobody counts', () => {
    const { points, died } = somePoints();
    points.count('before chip #1');
    points.end();
    points.pass('before', ['chip']);
    points.count();
    points.pass('before', ['chip']);
    expect(died).toEqual([]);
  });
});
