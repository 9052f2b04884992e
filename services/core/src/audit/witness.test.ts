import { describe, expect, it } from '@jest/globals';
import type { Checkpoint } from './checkpoint.js';
import { consistencyProof, leafHash, rootHash } from './merkle-tree.js';
import { subtreesIn, TileWriter } from './tiles.js';
import { judge } from './witness.js';

/** A log whose entries are of a kind from some position on. */
function aLog(size: number, { otherFrom = size } = {}) {
  const writer = new TileWriter([]);
  writer.append(
    Array.from({ length: size }, (_, nth) => leafHash(`${nth < otherFrom ? 'a' : 'b'} ${nth}`)),
    { size: 0 },
  );
  const full = subtreesIn(writer.tiles);
  return {
    at: (length: number, logKey = Buffer.alloc(33, 2)): Checkpoint => ({
      ...{ origin: 'juki-net/municipality/131059', size: length, root: rootHash(length, full), logKey },
    }),
    proof: (before: number, after: number) => consistencyProof(before, after, full),
  };
}

const LOG = aLog(20);
const shown = (from: number, to: number, log = LOG) => ({
  ...{ checkpoint: log.at(to), fromSize: from, proof: from <= to ? log.proof(from, to) : [] },
});
const contradiction = (why: string) => ({ is: 'CONTRADICTION', why });

describe('A witness', () => {
  it('believes the first head that it sees, whatever it is shown from', () => {
    for (const from of [0, 5]) expect(judge(undefined, shown(from, 12))).toEqual({ is: 'NEW' });
  });

  it('takes every head of a log that has only grown', () => {
    for (let from = 0; from < 20; from += 1)
      for (let to = from + 1; to <= 20; to += 1) expect(judge(LOG.at(from), shown(from, to))).toEqual({ is: 'NEW' });
  });

  it('knows the same head again, whatever it is shown from: it has come twice', () => {
    for (const from of [0, 7, 12]) expect(judge(LOG.at(12), shown(from, 12))).toEqual({ is: 'SAME' });
  });

  it.each([
    ['an older head that is late', 3, 7],
    ['a newer one that takes an answer that was lost for granted', 3, 15],
    ['a newer one from a size that it has not seen', 14, 15],
  ])('is told nothing by %s', (_what, from, to) => {
    expect(judge(LOG.at(12), shown(from, to))).toEqual({ is: 'FROM_ELSEWHERE' });
  });

  it('is contradicted by a shorter log of an office that knows what it has seen', () => {
    expect(judge(LOG.at(12), shown(12, 7))).toEqual(contradiction('SHORTER'));
    expect(judge(LOG.at(12), shown(12, 0))).toEqual(contradiction('SHORTER'));
  });

  it('is contradicted by a longer log in which any entry that it has seen is another', () => {
    for (let otherFrom = 0; otherFrom < 12; otherFrom += 1)
      expect(judge(LOG.at(12), shown(12, 20, aLog(20, { otherFrom })))).toEqual(contradiction('DOES_NOT_GO_ON'));
    expect(judge(LOG.at(12), shown(12, 20, aLog(20, { otherFrom: 12 })))).toEqual({ is: 'NEW' });
  });

  it('is contradicted by a proof that says nothing', () => {
    expect(judge(LOG.at(12), { ...shown(12, 20), proof: [] })).toEqual(contradiction('DOES_NOT_GO_ON'));
  });

  it('is contradicted by another root of the same size, whatever it is shown from', () => {
    const other = aLog(20, { otherFrom: 11 });
    for (const from of [0, 12]) expect(judge(LOG.at(12), shown(from, 12, other))).toEqual(contradiction('OTHER_ROOT'));
  });

  it('is contradicted by another key of the log', () => {
    const head = shown(12, 20);
    const checkpoint = { ...head.checkpoint, logKey: Buffer.alloc(33, 3) };
    expect(judge(LOG.at(12), { ...head, checkpoint })).toEqual(contradiction('OTHER_KEY'));
  });
});
