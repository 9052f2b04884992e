import { describe, expect, it } from '@jest/globals';
import type { PersonAskedFor } from './inquiry.js';
import { pieceDigest, piecesOf } from './piece.js';

const CODE = '47049137601';
const ITEMS = { name: '青木 大輔', birthDate: '1962-10-07', sex: 'MALE' as const, address: '目白台二丁目8番19号' };

describe('The digest of a piece', () => {
  it('is the same whatever order a person’s items stand in, and whether what is not known is there', () => {
    const { name, birthDate, sex, address } = ITEMS;
    expect(pieceDigest([{ fourItems: { address, sex, birthDate, name } }])).toBe(pieceDigest([{ fourItems: ITEMS }]));
    const known: PersonAskedFor = { residentRecordCode: CODE, known: { address, name: undefined } };
    expect(pieceDigest([known])).toBe(pieceDigest([{ residentRecordCode: CODE, known: { address } }]));
  });

  it('is another for everything that is asked in another way', () => {
    const ways: PersonAskedFor[][] = [
      [],
      [{ residentRecordCode: CODE }],
      [{ residentRecordCode: CODE }, { residentRecordCode: CODE }],
      [{ residentRecordCode: CODE, known: {} }],
      [{ residentRecordCode: CODE, known: { name: ITEMS.name } }],
      [{ residentRecordCode: CODE, known: { address: ITEMS.name } }],
      [{ residentRecordCode: CODE, known: ITEMS }],
      [{ fourItems: ITEMS }],
      [{ fourItems: { ...ITEMS, name: ITEMS.address, address: ITEMS.name } }],
      [{ fourItems: ITEMS }, { residentRecordCode: CODE }],
      [{ residentRecordCode: CODE }, { fourItems: ITEMS }],
    ];
    expect(new Set(ways.map(pieceDigest)).size).toBe(ways.length);
  });
});

describe('How many pieces a batch has', () => {
  it.each([
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [1_000_000, 1_000],
  ])('%i people: %i', (people, pieces) => expect(piecesOf(people)).toBe(pieces));
});
