import type { Kysely } from 'kysely';
import { type Node, type NodeOptions, startNode } from '#core/node.js';
import { identityLevel } from '#core/rpc/identity-level.js';
import { standingService } from '#core/rpc/standing-service.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { askCentreToDecide } from './peers/ask-centre-to-decide.js';
import { moveOutConfirmationService } from './rpc/move-out-confirmation-service.js';
import { prefectureMigrations } from './storage/migrations/index.js';
import { settledOf } from './storage/settled-move-outs.js';
import type { PrefectureTables } from './storage/tables.js';
import { confirmMoveOuts } from './use-cases/confirm-move-outs.js';

/** A prefecture's ledger: what every office has, and which move-outs are settled. */
export function openPrefectureLedger(url: string) {
  return openLedger<PrefectureTables>(url, { name: 'prefecture', migrations: prefectureMigrations });
}

/** A prefecture at run time: it keeps the identification information of its municipalities, and no resident record. */
export async function startPrefecture(options: NodeOptions & { ledgerUrl: string }): Promise<Node> {
  const ledger = await openPrefectureLedger(options.ledgerUrl);
  return startNode(options, ledger, (office) => ({
    rpc: [
      ...identityLevel({ ...office, ledger: ledger as unknown as Kysely<CoreTables> }),
      standingService(askCentreToDecide(office)),
      moveOutConfirmationService(office.network, office.office, {
        confirm: (from, moveOuts, exchange) => confirmMoveOuts(office, from, moveOuts, exchange),
        settledOf: (code) => settledOf(ledger, code),
      }),
    ],
    routes: () => {},
  }));
}
