import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf, municipalityId, type OfficeId } from '#core/domain/office.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import type { CoreTables } from '#core/storage/tables.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { CardPress } from '#municipality/devices/card-press.js';
import { CardReader } from '#municipality/devices/card-reader.js';
import { CertificatePress } from '#municipality/devices/certificate-press.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import type { Counter } from '#municipality/use-cases/counter.js';
import { grantClaim } from '#municipality/use-cases/grant-claim.js';
import { CodePool } from '#municipality/use-cases/keep-code-pool.js';
import { receiveFamilyRegisterNotice } from '#municipality/use-cases/receive-family-register-notice.js';
import { openNationalLedger } from '#national/national-centre.js';
import { allotCodes } from '#national/use-cases/allot-codes.js';
import { checkCard } from '#national/use-cases/check-card.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { BUNKYO, SHINJUKU } from './offices.js';
import { SetClock } from './set-clock.js';
import { FRIDAY_MORNING } from './test-network.js';

const SUGINAMI = municipalityId('131156');
export const TOWNS: OfficeId[] = [BUNKYO, SHINJUKU, SUGINAMI];

/** Counters over real ledgers in memory, with the centre's pool of codes, and no lines between them. */
export interface Country {
  clock: SetClock;
  counter(office: OfficeId): Counter;
  /** An operator's question at a counter. */
  exchange(office: OfficeId): Exchange;
  close(): Promise<void>;
}

/** What a country has that costs time to make, and that countries can share. */
export class Certificates {
  readonly folder = mkdtempSync(join(tmpdir(), 'juki-country-'));
  readonly network = Network.load('scripts/network.json');

  constructor() {
    ensureCertificates(this.network, this.folder, new Date());
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function foundCountry({ network, folder }: Certificates): Promise<Country> {
  const clock = new SetClock(FRIDAY_MORNING);
  const centre = { ledger: await openNationalLedger('sqlite::memory:'), network, clock, randomBytes };
  const coreLedger = centre.ledger as unknown as Kysely<CoreTables>;
  const cards = { ...centre, ledger: coreLedger, newId: randomUUID, dispatch: { receive: async () => {} } };
  const counters = new Map<OfficeId, Counter>();
  for (const office of TOWNS) {
    const ledger = await openMunicipalityLedger('sqlite::memory:');
    const desk = {
      office,
      network,
      ledger,
      clock,
      newId: randomUUID,
      randomBytes,
      dispatch: { wake() {}, whyWaiting: () => undefined },
    };
    counters.set(office, {
      ...desk,
      audit: new AuditLog(ledger as unknown as Kysely<CoreTables>, clock),
      cardReader: new CardReader(folder),
      cardPress: new CardPress(folder),
      certificatePress: new CertificatePress(loadCredentials(officeFolder(folder, office))),
      codePool: new CodePool({
        ...{ ...desk, logger: createLogger(office, 'silent') },
        askForCodes: (allotment) => allotCodes(centre, office, allotment),
      }),
      checkCard: (answer, _code, exchange) => checkCard(cards, office, answer, exchange),
      claimCertificate: (origin, claim, exchange) => grantClaim(counterOf(origin), office, claim, exchange),
      notifyHome: (home, notice, account) => {
        const caller = { kind: 'office' as const, office };
        const exchange = { ...account, caller, concerns: new Set<string>() };
        return receiveFamilyRegisterNotice(counterOf(home), office, notice, exchange);
      },
    });
  }
  function counterOf(office: OfficeId): Counter {
    const counter = counters.get(office);
    if (!counter) throw new RangeError(`${codeOf(office)} is not in this country`);
    return counter;
  }
  return {
    clock,
    counter: counterOf,
    exchange: (office) => ({
      ...{ id: randomUUID(), nonce: randomBytes(16).toString('hex'), operator: 'operator-1', purpose: '' },
      ...{ caller: { kind: 'operator', office, name: 'operator-1' }, concerns: new Set() },
    }),
    async close() {
      for (const { codePool, ledger } of counters.values()) {
        await codePool.settled();
        await ledger.destroy();
      }
      await centre.ledger.destroy();
    },
  };
}
