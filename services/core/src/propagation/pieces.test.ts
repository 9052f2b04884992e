import { describe, expect, it } from '@jest/globals';
import type { Change } from '../domain/fold-changes.js';
import { LARGEST_DELIVERY } from '../domain/largest-message.js';
import { firstPiece, MOST_CHANGES, piecesOf } from './pieces.js';

function change(version: number, address = '東京都文京区春日一丁目16番21号'): Change {
  return {
    ...{ changeId: `change ${version}`, municipality: '131059', kind: 'CORRECTION', reason: 'CHANGE_OF_ADDRESS' },
    ...{ causeOn: '2016-05-27', version, previousCode: null },
    identification: {
      ...{ name: '文京 太郎', birthDate: '1970-01-01', sex: 'MALE', address },
      residentRecordCode: '24727059608',
    },
  };
}

const many = (count: number, address?: string) => Array.from({ length: count }, (_, i) => change(i + 1, address));

describe('Changes that have to fit into messages', () => {
  it('go in one piece where they are few, in their order', () => {
    const few = many(3);
    expect(piecesOf(few)).toEqual([few]);
    expect(piecesOf([])).toEqual([]);
  });

  it('go in pieces of so many changes at most, and nothing is lost between them', () => {
    const changes = many(MOST_CHANGES * 2 + 1, '区');
    const pieces = piecesOf(changes);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(MOST_CHANGES);
    expect(pieces.flat()).toEqual(changes);
  });

  it('go in smaller pieces where their addresses are long, so that each fits into a message', () => {
    const changes = many(MOST_CHANGES, '𠮷'.repeat(150));
    const pieces = piecesOf(changes);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(Buffer.byteLength(JSON.stringify(piece))).toBeLessThan(LARGEST_DELIVERY);
    expect(pieces.flat()).toEqual(changes);
  });

  it('go one by one rather than not at all', () => {
    const changes = many(2, '𠮷'.repeat(100_000));
    expect(firstPiece(changes, (one) => one)).toEqual(changes.slice(0, 1));
  });
});
