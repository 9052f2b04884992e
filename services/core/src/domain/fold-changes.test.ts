import { describe, expect, it } from '@jest/globals';
import { aChange, heldAfter } from '../../../../test/support/changes.js';
import { aCode } from '../../../../test/support/records.js';
import { type Change, foldChange, type Holding } from './fold-changes.js';

function fold(changes: Change[], held = new Map<string, Holding>()) {
  const standings = changes.map((change) => foldChange(held, change));
  return { held, standings };
}

/** In the order of codes, whatever order they came in. */
function plain(held: Map<string, Holding>): [string, Holding][] {
  return [...held].sort(([one], [other]) => (one < other ? -1 : 1));
}

describe('A change', () => {
  const entry = aChange({ version: 3 });
  const correction = aChange({ reason: 'MINOR_CORRECTION', version: 5 }, { name: '文京 大朗' });

  it('is taken where nothing is held, and where something older is', () => {
    const { held, standings } = fold([entry, correction]);
    expect(standings).toEqual(['TAKEN', 'TAKEN']);
    expect(plain(held)).toEqual([[aCode(1), heldAfter(correction)]]);
  });

  it('is older where something newer is held, which stays', () => {
    const { held, standings } = fold([correction, entry]);
    expect(standings).toEqual(['TAKEN', 'OLDER']);
    expect(plain(held)).toEqual([[aCode(1), heldAfter(correction)]]);
  });

  it.each([
    ['entry', 'MOVE_IN', 'ACTIVE'],
    ['correction', 'CHANGE_OF_ADDRESS', 'ACTIVE'],
    ['deletion', 'DEATH', 'DELETED'],
    ['deletion', 'MOVE_OUT', 'DELETED'],
  ] as const)('that is an %s for %s leaves the person %s, as it has them', (_kind, reason, standing) => {
    const change = aChange({ reason, version: 9, municipality: '131041' }, { name: '髙橋 花子' });
    const { identification } = change;
    expect(fold([entry, change]).held.get(aCode(1))).toEqual({
      ...{ identification, standing, version: 9, municipality: '131041', successor: null },
    });
  });

  it('brings somebody back who was deleted, where it is newer', () => {
    const deletion = aChange({ reason: 'MOVE_OUT', version: 6 });
    const again = aChange({ version: 7, municipality: '131041' });
    for (const order of [
      [entry, deletion, again],
      [again, deletion, entry],
    ])
      expect(fold(order).held.get(aCode(1))).toEqual(heldAfter(again));
  });
});

describe('Two different changes with one version', () => {
  const first = aChange({ changeId: 'first', version: 4 });
  const second = aChange({ changeId: 'second', version: 4, municipality: '131041' }, { name: '髙橋 花子' });

  it.each([
    ['one', [first, second]],
    ['other', [second, first]],
  ])('are a contradiction: where the %s came first, that one stays as it is', (_which, order) => {
    const { held, standings } = fold(order);
    expect(standings).toEqual(['TAKEN', 'CONTRADICTED']);
    expect(plain(held)).toEqual([[aCode(1), heldAfter(order[0] as Change)]]);
  });

  it('leave the old code as it is where the second would correct it into this one', () => {
    const held = fold([aChange({ version: 2 }, { residentRecordCode: aCode(1) })]).held;
    const taken = aChange({ version: 4 }, { residentRecordCode: aCode(2) });
    foldChange(held, taken);
    const before = plain(held).map(([code, holding]) => [code, { ...holding }]);
    const corrected = aChange(
      { reason: 'CODE_CHANGE_REQUEST', version: 4, previousCode: aCode(1) },
      { residentRecordCode: aCode(2) },
    );
    expect(foldChange(held, corrected)).toBe('CONTRADICTED');
    expect(plain(held)).toEqual(before);
  });

  it('are none where they are of two codes', () => {
    const other = aChange({ version: 4 }, { residentRecordCode: aCode(9) });
    expect(fold([first, other]).standings).toEqual(['TAKEN', 'TAKEN']);
  });
});

describe('A correction of the code', () => {
  const entry = aChange({ version: 1 });
  const once = aChange(
    { reason: 'CODE_CHANGE_REQUEST', version: 2, previousCode: aCode(1) },
    { residentRecordCode: aCode(2) },
  );
  const twice = aChange(
    { reason: 'EX_OFFICIO_CODE', version: 3, previousCode: aCode(2) },
    { residentRecordCode: aCode(3) },
  );
  const orders = [
    [entry, once, twice],
    [entry, twice, once],
    [once, entry, twice],
    [once, twice, entry],
    [twice, entry, once],
    [twice, once, entry],
  ];

  it.each(orders.map((order) => [order.map(({ version }) => version).join(', '), order] as const))(
    'leads from each old code to the next and to one that is active, where versions come as %s',
    (_versions, order) => {
      const held = plain(fold([...order]).held);
      expect(held.map(([code, { identification }]) => [code, identification.residentRecordCode])).toEqual(
        held.map(([code]) => [code, code]),
      );
      expect(held.map(([code, { standing, successor }]) => [code, standing, successor])).toEqual([
        [aCode(1), 'SUPERSEDED', aCode(2)],
        [aCode(2), 'SUPERSEDED', aCode(3)],
        [aCode(3), 'ACTIVE', null],
      ]);
    },
  );

  it('leads on from a code of which nothing was known', () => {
    const { held, standings } = fold([once]);
    expect(standings).toEqual(['TAKEN']);
    expect(held.get(aCode(1))).toMatchObject({ standing: 'SUPERSEDED', successor: aCode(2), version: 2 });
  });

  it.each([
    ['before', (newer: Change) => [newer, once]],
    ['after', (newer: Change) => [once, newer]],
  ])('leaves what is newer under the old code, where that comes %s it', (_when, order) => {
    const newer = aChange({ reason: 'MOVE_OUT', version: 7 });
    expect(fold(order(newer)).held.get(aCode(1))).toEqual(heldAfter(newer));
  });

  it('that is itself late still leads on from the old code, and leaves what is newer under the new one', () => {
    const later = aChange(
      { reason: 'MINOR_CORRECTION', version: 8 },
      { residentRecordCode: aCode(2), name: '文京 大朗' },
    );
    const { held, standings } = fold([entry, later, once]);
    expect(standings).toEqual(['TAKEN', 'TAKEN', 'OLDER']);
    expect(held.get(aCode(1))).toMatchObject({ standing: 'SUPERSEDED', successor: aCode(2) });
    expect(held.get(aCode(2))).toEqual(heldAfter(later));
  });
});
describe('A correction of a code under which something else has its version', () => {
  const other = aChange({ changeId: 'other', reason: 'MINOR_CORRECTION', version: 2 });
  const corrected = aChange(
    { reason: 'CODE_CHANGE_REQUEST', version: 2, previousCode: aCode(1) },
    { residentRecordCode: aCode(2) },
  );

  it.each([
    ['first', [corrected, other]],
    ['second', [other, corrected]],
  ])('is a contradiction where it comes %s, and never are both codes active (ONE)', (_when, order) => {
    const { held, standings } = fold(order);
    expect(standings).toEqual(['TAKEN', 'CONTRADICTED']);
    expect([...held.values()].filter(({ standing }) => standing === 'ACTIVE')).toHaveLength(1);
  });
});
