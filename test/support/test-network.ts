import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type { AuditEntry } from '#core/audit/entry.js';
import { type AllowanceTable, withoutLimits } from '#core/domain/allowance.js';
import { type OfficeId, slugOf } from '#core/domain/office.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import type { Node } from '#core/node.js';
import { ledgerFile } from '#core/places.js';
import type { Later } from '#core/propagation/courier.js';
import { dialectFor } from '#core/storage/dialect.js';
import type { CoreTables } from '#core/storage/tables.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { pocketsIn, type RunningNetwork, startNetwork } from '#scripts/network/start-network.js';
import type { SeededMunicipality } from '#scripts/seed/residents.js';
import { copyPreparedNetwork } from './prepared-network.js';
import { SetClock } from './set-clock.js';
import { settleLevels } from './settle-levels.js';

/** A Friday morning, as the demo's clock starts. */
export const FRIDAY_MORNING = '2016-05-27T10:00:00+09:00';

const AN_HOUR_MS = 3_600_000;

interface Setting {
  /** Which offices run; all of them by default. */
  offices?: OfficeId[];
  /** Municipalities that are outside the network in this test, instead of those of the network file. */
  outside?: OfficeId[];
  /** Consistency checks come by themselves: at every start, and when `later` lets them. */
  checking?: boolean;
  /** Calls something later; after so many milliseconds by default. */
  later?: Later;
  /** Calls the next look into the folders of credentials; after two seconds by default. */
  laterForCredentials?: Later;
  /** How much callers may ask; without limits by default, since the clock of tests stands. */
  allowances?: AllowanceTable;
  /** The clock that nodes hold certificates and lists against; TLS goes by the real one. */
  machineClock?: () => Date;
}

/** An entry, and the nonce beside it in the ledger that opens its digests. */
export type LoggedEntry = AuditEntry & { nonce: string };

/** The demo network on free ports, with certificates, ledgers and cards of its own, and a clock that is set. */
export interface TestNetwork extends RunningNetwork {
  clock: SetClock;
  people: SeededMunicipality[];
  /** Everything that the nodes wrote to their technical log. */
  logLines: string[];
  /**
   * What every office that runs appended to its log while `act` ran, and what `act` came to. What couriers carry and alarms
   * meanwhile are left out: that is nothing that anybody asked for; and so are the checks of cards, which are the same
   * wherever somebody shows one.
   */
  watch<T>(act: () => Promise<T>): Promise<{ reply: T; entries: (office: OfficeId) => LoggedEntry[] }>;
  /** Stops a municipality, opens its ledger, which has one owner at a time, and starts it again. */
  withLedger<T>(office: OfficeId, act: (ledger: MunicipalityLedger) => Promise<T>): Promise<T>;
  /** The same for what every office has, a level above too. */
  withIdentityLedger<T>(office: OfficeId, act: (ledger: Kysely<CoreTables>) => Promise<T>): Promise<T>;
  /** Keeps a copy of an office's ledger as it is now. @returns what restores the office from it */
  backUp(office: OfficeId): Promise<() => Promise<void>>;
  /** Lets everything arrive that waits, level by level. */
  settle(): Promise<void>;
  remove(): Promise<void>;
}

type MunicipalityLedger = Awaited<ReturnType<typeof openMunicipalityLedger>>;

export async function startTestNetwork({
  offices,
  outside,
  checking = false,
  later,
  laterForCredentials,
  machineClock,
  allowances = withoutLimits,
}: Setting = {}): Promise<TestNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'juki-net-'));
  const [certs, data] = [join(folder, 'certs'), join(folder, 'data')];
  const network = demoNetwork(outside);
  const ids = offices ?? network.offices.map(({ office }) => office);
  const people = await copyPreparedNetwork(network, { certs, data, pockets: pocketsIn(data) }, ids);
  const clock = new SetClock(FRIDAY_MORNING);
  const logLines: string[] = [];
  const loggerOf = (office: OfficeId) => createLogger(office, 'trace', { write: (line) => void logLines.push(line) });
  const options = {
    certs,
    data,
    clock,
    loggerOf,
    offices: ids,
    allowances,
    ...(checking && { checkEveryMs: AN_HOUR_MS }),
    ...(later && { later }),
    ...(laterForCredentials && { laterForCredentials }),
    ...(machineClock && { machineClock }),
  };
  const running = await startNetwork({ ...options, network, ports: 'CHOSEN' });
  const testNetwork: TestNetwork = {
    ...running,
    clock,
    people,
    logLines,
    async watch(act) {
      const up = ids.filter((office) => isUp(running, office));
      const sizes = await Promise.all(up.map((office) => running.node(office).audit.size()));
      const reply = await act();
      const logs = await Promise.all(
        up.map(async (office, i) => (await logOf(running.node(office), sizes[i])).filter(isAskedFor)),
      );
      return { reply, entries: (office) => logs[up.indexOf(office)] ?? [] };
    },
    async withLedger(office, act) {
      await running.stop(office);
      const ledger = await openMunicipalityLedger(ledgerFile(data, office));
      try {
        return await act(ledger);
      } finally {
        await ledger.destroy();
        await running.start(office);
      }
    },
    async withIdentityLedger(office, act) {
      await running.stop(office);
      const ledger = new Kysely<CoreTables>({ dialect: dialectFor(ledgerFile(data, office)) });
      try {
        return await act(ledger);
      } finally {
        await ledger.destroy();
        await running.start(office);
      }
    },
    async backUp(office) {
      const kept = join(folder, 'backup', randomUUID());
      const place = join(data, slugOf(office));
      await running.stop(office);
      cpSync(place, kept, { recursive: true });
      await running.start(office);
      return async () => {
        await running.stop(office);
        rmSync(place, { recursive: true });
        cpSync(kept, place, { recursive: true });
        await running.start(office);
      };
    },
    settle: () =>
      settleLevels(
        running,
        ids.filter((office) => isUp(running, office)),
      ),
    async remove() {
      await running.stopAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return testNetwork;
}

const CHECK_CARD = '/juki.card.v1.CardCheckService/CheckCard';

/** Not what offices do by themselves, nor that a counter asks about the card that somebody shows. */
function isAskedFor({ operator, procedure, caller }: LoggedEntry): boolean {
  if (procedure === CHECK_CARD && /^juki:\/\/municipality\/\d+$/.test(caller)) return false;
  return operator !== 'courier' && operator !== 'misuse-watch' && operator !== 'witness';
}

/** Whether an office runs at the moment. */
export function isUp(running: Pick<RunningNetwork, 'node'>, office: OfficeId): boolean {
  try {
    return running.node(office) !== undefined;
  } catch {
    return false;
  }
}

/** What an office's log holds from a position on. While the office runs, its ledger is read over its own connection. */
async function logOf({ audit }: Node, from = 0): Promise<LoggedEntry[]> {
  const entries = await audit.entries(from);
  const rows = audit['db'].selectFrom('audit_entry').select('nonce').where('position', '>=', from).orderBy('position');
  const nonces = await rows.execute();
  return entries.map((entry, i) => ({ ...entry, nonce: nonces[i]?.nonce ?? '' }));
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
