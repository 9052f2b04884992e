import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry } from '#core/audit/entry.js';
import type { OfficeId } from '#core/domain/office.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { residentsOf, seedCards, seedLedgers } from '#scripts/network/seed-ledgers.js';
import { pocketsIn, type RunningNetwork, startNetwork } from '#scripts/network/start-network.js';
import type { SeededMunicipality } from '#scripts/seed/residents.js';
import { SetClock } from './set-clock.js';

/** A Friday morning, as the demo's clock starts. */
const FRIDAY_MORNING = '2016-05-27T10:00:00+09:00';

interface Setting {
  /** Which offices run; all of them by default. */
  offices?: OfficeId[];
  /** Municipalities that are outside the network in this test, instead of those of the network file. */
  outside?: OfficeId[];
}

/** The demo network on free ports, with certificates, ledgers and cards of its own, and a clock that is set. */
export interface TestNetwork extends RunningNetwork {
  clock: SetClock;
  people: SeededMunicipality[];
  /** Everything that the nodes wrote to their technical log. */
  logLines: string[];
  /** What an office appended to its log while `act` ran. */
  entriesDuring(office: OfficeId, act: () => Promise<unknown>): Promise<AuditEntry[]>;
  remove(): Promise<void>;
}

export async function startTestNetwork({ offices, outside }: Setting = {}): Promise<TestNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'juki-net-'));
  const [certs, data] = [join(folder, 'certs'), join(folder, 'data')];
  const network = demoNetwork(outside);
  ensureCertificates(network, certs, new Date());
  const people = residentsOf(network);
  await seedLedgers(network, data, people);
  seedCards(
    pocketsIn(data),
    people.flatMap(({ cards }) => cards),
  );
  const clock = new SetClock(FRIDAY_MORNING);
  const logLines: string[] = [];
  const loggerOf = (office: OfficeId) => createLogger(office, 'trace', { write: (line) => void logLines.push(line) });
  const running = await startNetwork({
    ...{ network, certs, data, clock, loggerOf },
    ports: 'CHOSEN',
    ...(offices && { offices }),
  });
  return {
    ...running,
    clock,
    people,
    logLines,
    async entriesDuring(office, act) {
      const before = await running.node(office).audit.size();
      await act();
      return running.node(office).audit.entries(before);
    },
    async remove() {
      await running.stopAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function demoNetwork(outside: OfficeId[] | undefined): Network {
  const file = JSON.parse(readFileSync('scripts/network.json', 'utf8'));
  if (!outside) return new Network(file);
  const isOutside = (office: OfficeId) => outside.includes(office);
  const offices = file.offices.map((entry: { office: OfficeId; participating?: boolean }) =>
    entry.participating === undefined ? entry : { ...entry, participating: !isOutside(entry.office) },
  );
  return new Network({ ...file, offices });
}
