import { type Node, type NodeOptions, startNode } from '#core/node.js';
import { identityService } from '#core/rpc/identity-service.js';
import { openLedger } from '#core/storage/ledger.js';

/** The national centre at run time: it keeps everybody's identification information, and nothing else of anybody (NOCENTRAL). */
export async function startNationalCentre(options: NodeOptions & { ledgerUrl: string }): Promise<Node> {
  const ledger = await openLedger(options.ledgerUrl);
  return startNode(options, ledger, () => ({ rpc: [identityService(ledger)], routes: () => {} }));
}
