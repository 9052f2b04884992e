import type { Change } from '../domain/fold-changes.js';
import { LARGEST_DELIVERY } from '../domain/largest-message.js';

/** Of their JSON, in bytes: their messages are smaller, and have to fit into one question. */
const MOST_BYTES = (LARGEST_DELIVERY * 3) / 4;
/** So many changes at most go into one question, and are in memory. */
export const MOST_CHANGES = 1000;

/** The first of some changes, as many as fit into one question; one at least. */
export function firstPiece<Item>(items: Item[], changeOf: (item: Item) => Change): Item[] {
  let bytes = 0;
  const tooMany = items.findIndex((item, nth) => {
    bytes += Buffer.byteLength(JSON.stringify(changeOf(item)));
    return bytes > MOST_BYTES || nth === MOST_CHANGES;
  });
  return tooMany < 0 ? items : items.slice(0, Math.max(1, tooMany));
}

/** Changes in their order, as pieces that fit into a question each. */
export function piecesOf(changes: Change[]): Change[][] {
  const pieces = [];
  for (let rest = changes; rest.length > 0; ) {
    const piece = firstPiece(rest, (change) => change);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
}
