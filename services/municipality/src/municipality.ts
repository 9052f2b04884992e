import type { Kysely } from 'kysely';
import { codeOf } from '#core/domain/office.js';
import { RateLimit } from '#core/domain/rate-limit.js';
import { type Node, type NodeOptions, type Office, startNode } from '#core/node.js';
import { askForExtracts } from '#core/peers/ask-for-extracts.js';
import { RegularCheck } from '#core/propagation/regular-check.js';
import { provisionEntrances } from '#core/provision-entrances.js';
import { accessService } from '#core/rpc/access-service.js';
import { disclosureService } from '#core/rpc/disclosure-service.js';
import { discrepancyService } from '#core/rpc/discrepancy-service.js';
import { ownLineService } from '#core/rpc/own-line-service.js';
import { syncService } from '#core/rpc/sync-service.js';
import { adoptHoldings } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { carryMoves, furnishCounter } from './furnish-counter.js';
import { askHome } from './peers/ask-home.js';
import { inquireOfGovernor } from './peers/inquire-of-governor.js';
import { accessReportRoutes } from './routes/access-reports.js';
import { cardRoutes } from './routes/cards.js';
import { copyRoutes } from './routes/copies.js';
import { exOfficioRoutes } from './routes/ex-officio-drafts.js';
import { notificationRoutes } from './routes/notifications.js';
import { protectiveMeasureRoutes } from './routes/protective-measures.js';
import { registerRoutes } from './routes/resident-records.js';
import { selfServiceRoutes } from './routes/self-service.js';
import { specialMoveRoutes } from './routes/special-moves.js';
import { accessReportService } from './rpc/access-report-service.js';
import { cardService } from './rpc/card-service.js';
import { consistencyCheckService } from './rpc/consistency-check-service.js';
import { exOfficioService } from './rpc/ex-officio-service.js';
import { familyRegisterNoticeService } from './rpc/family-register-notice-service.js';
import { familyRegisterService } from './rpc/family-register-service.js';
import { issuanceCounterService } from './rpc/issuance-counter-service.js';
import { moveOutCertificateService } from './rpc/move-out-certificate-service.js';
import { notificationService } from './rpc/notification-service.js';
import { officerNoticeService } from './rpc/officer-notice-service.js';
import { protectiveMeasureService } from './rpc/protective-measure-service.js';
import { registerService } from './rpc/register-service.js';
import { specialMoveService } from './rpc/special-move-service.js';
import { wideAreaIssuanceService } from './rpc/wide-area-issuance-service.js';
import { municipalityMigrations } from './storage/migrations/index.js';
import { newestNotices } from './storage/officer-notices.js';
import type { MunicipalityTables } from './storage/tables.js';
import { askGovernor } from './use-cases/ask-governor.js';
import type { Counter } from './use-cases/counter.js';
import { holdAgainstAbove } from './use-cases/hold-against-above.js';
import { type IssueCopy, issueCopy } from './use-cases/issue-copy.js';
import { type IssueWideAreaCopy, issueWideAreaCopy, type NoteShown } from './use-cases/issue-wide-area-copy.js';
import { provideCopyData } from './use-cases/provide-copy-data.js';
import { regularLapse } from './use-cases/regular-lapse.js';

/** An issuing municipality may fail to identify 30 applicants at once, and 10 a minute from then on. */
const FAILED_IDENTIFICATIONS = { burst: 30, perMinute: 10 };

export interface MunicipalityOptions extends NodeOptions {
  ledgerUrl: string;
  /** The folder of the cards that people carry. */
  pockets: string;
}

/** A municipality's ledger: what every office has, and the resident register. */
export function openMunicipalityLedger(url: string) {
  return openLedger<MunicipalityTables>(url, { name: 'municipality', migrations: municipalityMigrations });
}

/** A municipality at run time: it keeps residents' records, and is issuing and home municipality in turn. */
export async function startMunicipality(options: MunicipalityOptions): Promise<Node> {
  const ledger = await openMunicipalityLedger(options.ledgerUrl);
  const coreLedger = ledger as unknown as Kysely<CoreTables>;
  await adoptHoldings(coreLedger, codeOf(options.office));
  return startNode(options, ledger, (office) => {
    const { burst, perMinute } = FAILED_IDENTIFICATIONS;
    const home = { ...office, failedIdentifications: new RateLimit(office.clock, burst, perMinute) };
    const counter = furnishCounter(office, options.pockets);
    const issueElsewhere = issuingElsewhere(office, counter);
    carryMoves(office);
    const lapse = regularLapse(office);
    const issueHere: IssueCopy = (application, exchange) => issueCopy(counter, application, exchange);
    const level = { ...office, ledger: coreLedger };
    const gathering = { ...level, askForExtracts: askForExtracts(office) };
    const reporting = { ...counter, gathering };
    const provision = provisionEntrances(askGovernor({ ...office, inquire: inquireOfGovernor(office) }));
    const regularCheck = regularCheckOf(office);
    return {
      rpc: [
        wideAreaIssuanceService((asking, request, exchange) => provideCopyData(home, asking, request, exchange)),
        issuanceCounterService(issueElsewhere, issueHere),
        officerNoticeService((most) => newestNotices(ledger, most)),
        registerService(counter),
        notificationService(counter),
        familyRegisterService(counter),
        familyRegisterNoticeService(counter),
        cardService(counter),
        specialMoveService(counter),
        moveOutCertificateService(counter),
        exOfficioService(counter),
        protectiveMeasureService(counter),
        accessService(gathering),
        disclosureService(gathering),
        ...provision.rpc,
        accessReportService(reporting),
        syncService(level),
        ownLineService(office.ownLine),
        consistencyCheckService((repair, operator) => holdAgainstAbove(office, repair, operator)),
        discrepancyService({ ...level, receive: (discrepancies) => office.dispatch.receive(discrepancies) }),
      ],
      routes: (app) => {
        copyRoutes(app, issueElsewhere, issueHere);
        registerRoutes(app, counter);
        notificationRoutes(app, counter);
        exOfficioRoutes(app, counter);
        protectiveMeasureRoutes(app, counter);
        cardRoutes(app, counter);
        specialMoveRoutes(app, counter);
        accessReportRoutes(app, reporting);
        selfServiceRoutes(app, reporting);
        provision.routes(app);
      },
      settled: async () =>
        void (await Promise.all([counter.codePool.settled(), regularCheck?.settled(), lapse.settled()])),
      begin() {
        regularCheck?.start();
        lapse.start();
      },
      directoryChanged: () => regularCheck?.start(),
      async end() {
        await regularCheck?.stop();
        await lapse.stop();
      },
    };
  });
}

/** Copies of records that are kept elsewhere. */
function issuingElsewhere(office: Office<MunicipalityTables>, counter: Counter): IssueWideAreaCopy {
  const noteShown: NoteShown = (exchange, records) => office.alarms.noteShown(exchange, records);
  const issuing = { ...counter, askHome: askHome(office), noteShown };
  return (application, exchange) => issueWideAreaCopy(issuing, application, exchange);
}

/** None comes by itself where none is wanted. From outside the network, it waits until that is otherwise. */
function regularCheckOf(office: Office<MunicipalityTables>): RegularCheck | undefined {
  const { checkEveryMs: everyMs, network, office: id } = office;
  if (everyMs === undefined) return undefined;
  const check = async () => network.participates(id) && (await holdAgainstAbove(office, true));
  return new RegularCheck({ ...office, everyMs, check });
}
