import { type Node, type NodeOptions, startNode } from '#core/node.js';
import { identityLevel } from '#core/rpc/identity-level.js';
import { standingService } from '#core/rpc/standing-service.js';
import { openLedger } from '#core/storage/ledger.js';
import { askCentreToDecide } from './peers/ask-centre-to-decide.js';

/** A prefecture at run time: it keeps the identification information of its municipalities, and no resident record. */
export async function startPrefecture(options: NodeOptions & { ledgerUrl: string }): Promise<Node> {
  const ledger = await openLedger(options.ledgerUrl);
  return startNode(options, ledger, (office) => ({
    rpc: [...identityLevel({ ...office, ledger }), standingService(askCentreToDecide(office))],
    routes: () => {},
  }));
}
