import { type Node, type NodeOptions, startNode } from '#core/node.js';
import { identityService } from '#core/rpc/identity-service.js';
import { openLedger } from '#core/storage/ledger.js';

/** A prefecture at run time: it keeps the identification information of its municipalities, and no resident record. */
export async function startPrefecture(options: NodeOptions & { ledgerUrl: string }): Promise<Node> {
  const ledger = await openLedger(options.ledgerUrl);
  return startNode(options, ledger, () => ({ rpc: [identityService(ledger)], routes: () => {} }));
}
