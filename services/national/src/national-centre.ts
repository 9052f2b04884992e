import type { Kysely } from 'kysely';
import { type Node, type NodeOptions, startNode } from '#core/node.js';
import { identityLevel } from '#core/rpc/identity-level.js';
import { standingService } from '#core/rpc/standing-service.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { allotmentService } from './rpc/allotment-service.js';
import { cardCheckService } from './rpc/card-check-service.js';
import { emergencyService } from './rpc/emergency-service.js';
import { participationService } from './rpc/participation-service.js';
import { nationalMigrations } from './storage/migrations/index.js';
import type { NationalTables } from './storage/tables.js';
import { allotCodes } from './use-cases/allot-codes.js';
import { checkCard } from './use-cases/check-card.js';
import { decideStanding, setParticipation, setThreatLevel } from './use-cases/decide-standing.js';

/** The national centre's ledger: what every office has, and which codes were allotted. */
export function openNationalLedger(url: string) {
  return openLedger<NationalTables>(url, { name: 'national', migrations: nationalMigrations });
}

/** The national centre at run time: it allots codes, and keeps everybody's identification information and nothing else of anybody (NOCENTRAL). */
export async function startNationalCentre(options: NodeOptions & { ledgerUrl: string }): Promise<Node> {
  const ledger = await openNationalLedger(options.ledgerUrl);
  const coreLedger = ledger as unknown as Kysely<CoreTables>;
  return startNode(options, ledger, (office) => ({
    rpc: [
      ...identityLevel({ ...office, ledger: coreLedger }),
      cardCheckService((reader, answer, exchange) =>
        checkCard({ ...office, ledger: coreLedger }, reader, answer, exchange),
      ),
      standingService(decideStanding(office)),
      participationService((municipality, participating) => setParticipation(office, municipality, participating)),
      emergencyService((level) => setThreatLevel(office, level)),
      allotmentService((municipality, request) => allotCodes(office, municipality, request)),
    ],
    routes: () => {},
  }));
}
