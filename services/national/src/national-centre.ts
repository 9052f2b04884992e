import type { Kysely } from 'kysely';
import { type AgencyDesk, startAgencyDesk } from '#core/agency-desk.js';
import { type Node, type NodeOptions, type Office, startNode } from '#core/node.js';
import { answerPeople } from '#core/provision/answer-people.js';
import { provideIdentification } from '#core/provision/provide-identification.js';
import { identityLevel } from '#core/rpc/identity-level.js';
import type { RpcService } from '#core/rpc/rpc-service.js';
import { standingService } from '#core/rpc/standing-service.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { agencyProvisionService } from './rpc/agency-provision-service.js';
import { agencyRegistryService } from './rpc/agency-registry-service.js';
import { allotmentService } from './rpc/allotment-service.js';
import { batchApprovalService } from './rpc/batch-approval-service.js';
import { batchAnswers } from './rpc/batch-message.js';
import { batchProvisionService } from './rpc/batch-provision-service.js';
import { cardCheckService } from './rpc/card-check-service.js';
import { emergencyService } from './rpc/emergency-service.js';
import { participationService } from './rpc/participation-service.js';
import { allAgencies } from './storage/agencies.js';
import { openBatches } from './storage/batches.js';
import { nationalMigrations } from './storage/migrations/index.js';
import type { NationalTables } from './storage/tables.js';
import { allotCodes } from './use-cases/allot-codes.js';
import { answerPiece } from './use-cases/answer-piece.js';
import { checkCard } from './use-cases/check-card.js';
import { decideBatch } from './use-cases/decide-batch.js';
import { decideStanding, setParticipation, setThreatLevel } from './use-cases/decide-standing.js';
import { provideToAgency } from './use-cases/provide-to-agency.js';
import { registerAgency, revokeAgency } from './use-cases/register-agency.js';
import { registeredAgencies } from './use-cases/registered-agencies.js';
import { batchOfAgency, requestBatch } from './use-cases/request-batch.js';

const MOST_LISTED = 500;

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
      ...provisionServices(office),
      agencyRegistryService({
        register: (registration) => registerAgency(office, registration),
        revoke: (name) => revokeAgency(office, name),
        all: () => allAgencies(ledger),
      }),
      batchApprovalService({
        open: () => openBatches(ledger, MOST_LISTED),
        decide: (batchId, decision, by) => decideBatch(office, batchId, decision, by),
      }),
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

/**
 * A process more for agencies, over the ledger of the centre, which then is a PostgreSQL database: the centre itself and
 * any number of these answer the same.
 */
export async function startNationalAgencyDesk(options: NodeOptions & { ledgerUrl: string }): Promise<AgencyDesk> {
  const ledger = await openNationalLedger(options.ledgerUrl);
  return startAgencyDesk(options, ledger, provisionServices);
}

/** What agencies ask of the centre: all of it out of the ledger, so that any number of processes can answer it. */
function provisionServices(office: Office<NationalTables>): RpcService[] {
  const { ledger, clock, alarms } = office;
  const coreLedger = ledger as unknown as Kysely<CoreTables>;
  const agencies = registeredAgencies(office);
  const provide = provideIdentification(coreLedger);
  const noteGuessing = (agency: string) => alarms.noteGuessing(agency);
  return [
    agencyProvisionService(provideToAgency({ clock, agencies, provide, noteGuessing }), agencies),
    batchProvisionService({
      request: requestBatch({ ledger, clock, agencies }),
      find: (agency, batchId) => batchOfAgency(ledger, agency, batchId),
      answer: answerPiece({ ...office, agencies, answerPeople: answerPeople(coreLedger), encode: batchAnswers }),
    }),
  ];
}
