import type { Leaf } from '#core/audit/entry.js';
import { BUNKYO } from './offices.js';

/** How an operator of Bunkyo is named by their card. */
export const CLERK_URI = `juki://${BUNKYO}/operator/operator-1`;

/** A leaf of Bunkyo's log: its operator was answered, at ten o'clock on a Friday, but for what differs. */
export function aLeaf(differing: Partial<Leaf> = {}): Leaf {
  return {
    ...{ at: '2016-05-27T01:00:00.000Z', event: 'ANSWERED', procedure: 'POST /copies', exchange: 'exchange-1' },
    ...{ caller: CLERK_URI, operator: 'operator-1', answering: BUNKYO, outcome: 'OK', purposeDigest: 'aa' },
    ...{ requestDigest: null, answerDigest: 'bb', proofDigest: null, receiptDigest: null, subjects: [] },
    ...differing,
  };
}
