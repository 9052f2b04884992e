import { describe, expect, it } from '@jest/globals';
import { specialItems } from './copy-items.js';

const NONE = { household: false, residentRecordCode: false };

describe('The items of Article 7 that an applicant may choose for a wide-area copy', () => {
  it.each([
    [1, 'name'],
    [2, 'birth date'],
    [3, 'sex'],
    [6, 'date of becoming a resident'],
    [7, 'address'],
    [8, 'notification and previous address'],
  ])('are in every copy anyway, and nothing special: item %i, %s', (item) => {
    expect(specialItems([item])).toEqual(NONE);
  });

  it('are householder and relationship when item 4 is named', () => {
    expect(specialItems([4])).toEqual({ household: true, residentRecordCode: false });
  });

  it('are the resident record code when item 13 is named', () => {
    expect(specialItems([13])).toEqual({ household: false, residentRecordCode: true });
  });

  it('are both when both are named, in any order, beside the others, and twice if need be', () => {
    expect(specialItems([13, 1, 4, 8, 4])).toEqual({ household: true, residentRecordCode: true });
  });

  it('are neither when nothing is named: what nobody asked for stays at home (MIN)', () => {
    expect(specialItems([])).toEqual(NONE);
  });

  it.each([
    [5, 'registered domicile and first-listed person'],
    [9, 'electoral roll'],
    [10, 'insurances'],
    [11, 'pension and child allowance'],
    [12, 'what is kept like these'],
    [14, 'others by Order'],
  ])('are never item %i, %s, be it alone or among allowed ones (NEVER)', (item) => {
    const refusal = expect.objectContaining({ reason: 'ITEM_NOT_ALLOWED' });
    expect(() => specialItems([item])).toThrow(refusal);
    expect(() => specialItems([1, 4, item, 13])).toThrow(refusal);
  });

  it.each([0, 15, -4, 4.5, Number.NaN])('are never what Article 7 has no item for: %d', (item) => {
    expect(() => specialItems([item])).toThrow(expect.objectContaining({ reason: 'ITEM_NOT_ALLOWED' }));
  });
});
