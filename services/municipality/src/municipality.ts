import { RateLimit } from '#core/domain/rate-limit.js';
import { type Node, type NodeOptions, startNode } from '#core/node.js';
import { openLedger } from '#core/storage/ledger.js';
import { CardReader } from './devices/card-reader.js';
import type { CopyApplication } from './domain/issuance/copy-application.js';
import { askHome } from './peers/ask-home.js';
import { wideAreaCopies } from './routes/wide-area-copies.js';
import { issuanceCounterService } from './rpc/issuance-counter-service.js';
import { officerNoticeService } from './rpc/officer-notice-service.js';
import { registerService } from './rpc/register-service.js';
import { wideAreaIssuanceService } from './rpc/wide-area-issuance-service.js';
import { municipalityMigrations } from './storage/migrations/index.js';
import { newestNotices } from './storage/officer-notices.js';
import type { MunicipalityTables } from './storage/tables.js';
import { type IssueWideAreaCopy, issueWideAreaCopy } from './use-cases/issue-wide-area-copy.js';
import { lookUpResidentRecord } from './use-cases/look-up-resident-record.js';
import { provideCopyData } from './use-cases/provide-copy-data.js';

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
  return startNode(options, ledger, (office) => {
    const { burst, perMinute } = FAILED_IDENTIFICATIONS;
    const home = { ...office, failedIdentifications: new RateLimit(office.clock, burst, perMinute) };
    const issuing = { ...office, cardReader: new CardReader(options.pockets), askHome: askHome(office) };
    const issue: IssueWideAreaCopy = (application: CopyApplication, exchange) =>
      issueWideAreaCopy(issuing, application, exchange);
    return {
      rpc: [
        wideAreaIssuanceService((asking, request, exchange) => provideCopyData(home, asking, request, exchange)),
        issuanceCounterService(issue),
        officerNoticeService((most) => newestNotices(ledger, most)),
        registerService((code, purpose, exchange) => lookUpResidentRecord(ledger, code, purpose, exchange)),
      ],
      routes: (app) => wideAreaCopies(app, issue),
    };
  });
}
