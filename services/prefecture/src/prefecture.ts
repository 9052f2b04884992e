import type { Kysely } from 'kysely';
import { type Node, type NodeOptions, type Office, type Services, startNode } from '#core/node.js';
import { provideIdentification } from '#core/provision/provide-identification.js';
import { provisionEntrances } from '#core/provision-entrances.js';
import { identityLevel } from '#core/rpc/identity-level.js';
import { standingService } from '#core/rpc/standing-service.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { askCentreToDecide } from './peers/ask-centre-to-decide.js';
import { inquireOfGovernor } from './peers/inquire-of-governor.js';
import { governorProvisionService } from './rpc/governor-provision-service.js';
import { moveOutConfirmationService } from './rpc/move-out-confirmation-service.js';
import { prefectureMigrations } from './storage/migrations/index.js';
import { settledOf } from './storage/settled-move-outs.js';
import type { PrefectureTables } from './storage/tables.js';
import { askAnotherGovernor } from './use-cases/ask-another-governor.js';
import { askAsGovernor } from './use-cases/ask-as-governor.js';
import { confirmMoveOuts } from './use-cases/confirm-move-outs.js';
import { provideToGovernor } from './use-cases/provide-to-governor.js';
import { provideToMayor } from './use-cases/provide-to-mayor.js';

/** A prefecture's ledger: what every office has, and which move-outs are settled. */
export function openPrefectureLedger(url: string) {
  return openLedger<PrefectureTables>(url, { name: 'prefecture', migrations: prefectureMigrations });
}

/** A prefecture at run time: it keeps the identification information of its municipalities, and no resident record. */
export async function startPrefecture(options: NodeOptions & { ledgerUrl: string }): Promise<Node> {
  const ledger = await openPrefectureLedger(options.ledgerUrl);
  return startNode(options, ledger, (office) => {
    const provision = provisionOf(office);
    return {
      rpc: [
        ...identityLevel({ ...office, ledger: ledger as unknown as Kysely<CoreTables> }),
        standingService(askCentreToDecide(office)),
        moveOutConfirmationService(office.network, office.office, {
          confirm: (from, moveOuts, exchange) => confirmMoveOuts(office, from, moveOuts, exchange),
          settledOf: (code) => settledOf(ledger, code),
        }),
        ...provision.rpc,
      ],
      routes: provision.routes,
    };
  });
}

/** What mayors and other governors ask of this governor, and what it asks for itself. */
function provisionOf(office: Office<PrefectureTables>): Pick<Services, 'rpc' | 'routes'> {
  const provide = provideIdentification(office.ledger as unknown as Kysely<CoreTables>);
  const askAnother = askAnotherGovernor({ ...office, inquire: inquireOfGovernor(office) });
  const governor = { ...office, provide, askAnother };
  const { rpc, routes } = provisionEntrances(askAsGovernor(governor));
  const provisions = { toMayor: provideToMayor(governor), toGovernor: provideToGovernor(governor) };
  return { rpc: [...rpc, governorProvisionService(office.network, office.office, provisions)], routes };
}
