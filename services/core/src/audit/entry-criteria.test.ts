import { describe, expect, it } from '@jest/globals';
import { aLeaf } from '../../../../test/support/leaves.js';
import { meets } from './entry-criteria.js';

const provision = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT' as const, given: [] };

describe('An entry is found', () => {
  it('by whole values of its own', () => {
    expect(meets(aLeaf(), { whole: { operator: 'operator-1', event: 'ANSWERED' } })).toBe(true);
    expect(meets(aLeaf(), { whole: { operator: 'operator' } })).toBe(false);
  });

  it('by the statutory purpose, where it is of a provision', () => {
    expect(meets(aLeaf({ provision }), { whole: { statutoryPurpose: 'TABLE_1_ITEM_77' } })).toBe(true);
    expect(meets(aLeaf({ provision }), { whole: { statutoryPurpose: 'TABLE_1_ITEM_7' } })).toBe(false);
    expect(meets(aLeaf(), { whole: { statutoryPurpose: 'TABLE_1_ITEM_77' } })).toBe(false);
  });
});
