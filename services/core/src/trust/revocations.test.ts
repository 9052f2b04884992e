import { describe, expect, it } from '@jest/globals';
import type { RevocationLists } from './revocation-list.js';
import { NO_REVOCATIONS, revocationsIn, withRevocations } from './revocations.js';

const AT = new Date('2026-05-27T01:00:00Z');
const LATER = new Date('2026-05-28T01:00:00Z');

function listsOf(offices: [string, Date][]): RevocationLists {
  const list = (revoked: [string, Date][]) => ({
    ...{ number: 1, issuedAt: AT, renewBy: LATER, revoked: new Map(revoked), keyKept: new Set<string>() },
  });
  return { offices: list(offices), operators: list([['0F', AT]]), agencies: list([]) };
}

describe('Revocations in the directory', () => {
  it('are those of the lists, by the authority that took them back, and in one order', () => {
    const stated = revocationsIn(
      listsOf([
        ['B1', AT],
        ['A1', LATER],
      ]),
    );
    const seconds = (moment: Date) => moment.getTime() / 1000;
    expect(stated).toEqual({
      offices: { A1: seconds(LATER), B1: seconds(AT) },
      operators: { '0F': seconds(AT) },
      agencies: {},
    });
    expect(JSON.stringify(stated)).toBe(
      JSON.stringify(
        revocationsIn(
          listsOf([
            ['A1', LATER],
            ['B1', AT],
          ]),
        ),
      ),
    );
  });

  it('count beside those of an old list, and take nothing back that the list says', () => {
    const stated = revocationsIn(
      listsOf([
        ['A1', LATER],
        ['B1', AT],
      ]),
    );
    const lists = withRevocations(
      listsOf([
        ['B1', LATER],
        ['C1', AT],
      ]),
      stated,
    );
    expect([...lists.offices.revoked].sort()).toEqual([
      ['A1', LATER],
      ['B1', LATER],
      ['C1', AT],
    ]);
    expect([...lists.agencies.revoked]).toEqual([]);
    expect(lists.offices.number).toBe(1);
  });

  it('are none where the directory names none', () => {
    const lists = listsOf([['B1', AT]]);
    expect(withRevocations(lists, NO_REVOCATIONS)).toEqual(lists);
  });
});
