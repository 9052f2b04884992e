import type { Kysely } from 'kysely';
import { AuditLog } from './audit/audit-log.js';
import { ShownLog } from './audit/show-log.js';
import { WitnessOfLogs } from './audit/witness-logs.js';
import { DirectoryKeeper } from './directory/directory-keeper.js';
import { OwnLine } from './directory/own-line.js';
import type { Clock } from './domain/clock.js';
import type { Fresh } from './domain/exchange.js';
import type { OfficeId } from './domain/office.js';
import type { Logger } from './logger.js';
import type { AddressOf, Network } from './network.js';
import { deliverChanges } from './peers/deliver-changes.js';
import { askForDirectory, publishDirectory } from './peers/hand-on-directory.js';
import { Peers } from './peers/peers.js';
import { reportedCardStatuses } from './peers/report-card-statuses.js';
import { reportDiscrepancies } from './peers/report-discrepancies.js';
import type { Later } from './propagation/courier.js';
import { Dispatch } from './propagation/dispatch.js';
import type { CoreTables } from './storage/tables.js';
import type { LiveCredentials } from './trust/live-credentials.js';
import { type Signing, Statements } from './trust/statements.js';

/** What an office is furnished with; nothing in it is global. */
interface Means extends Fresh {
  office: OfficeId;
  network: Network;
  addressOf: AddressOf;
  /** At the centre: the addresses that the directory tells everybody; none by default. */
  stateAddress?: (office: OfficeId) => string | undefined;
  /** Whether `addressOf` counts, whatever the directory says; by default it is for what that does not say. */
  ownAddresses?: boolean;
  credentials: LiveCredentials;
  clock: Clock;
  logger: Logger;
  later: Later;
  /** How statements are signed and checked, where a measurement wants to know what that costs. */
  signing?: Signing;
}

/** What every office has: log, connections, signatures, couriers, directory, its own switch. Nothing of it listens yet. */
export async function furnishOffice(
  options: Means,
  ledger: Kysely<CoreTables>,
  { isOnlyDesk = false }: { isOnlyDesk?: boolean } = {},
) {
  const audit = new AuditLog(ledger, options.clock);
  const { credentials } = options;
  const { network } = options;
  const peers = new Peers(credentials.current, addressOfPeers(options));
  const statements = new Statements(credentials.current, options.signing, {
    signingKeys: (office) => network.signingKeys(office),
    now: credentials.machineClock,
  });
  credentials.onChange((next) => {
    peers.renew(next, options.later);
    statements.renew(next);
  });
  network.onChange(() => peers.drop((office) => network.isLineCut(office)));
  const random = () => options.randomBytes(4).readUInt32BE() / 2 ** 32;
  const asker = { ...options, peers, audit, statements };
  const shown = { ...options, ledger, audit, statements };
  const logs = { shownLog: new ShownLog(shown), witness: new WitnessOfLogs(shown) };
  const dispatch = new Dispatch({
    ...{ ...options, ledger, random },
    deliver: deliverChanges({ ...asker, ...logs }),
    report: reportDiscrepancies(asker),
  });
  dispatch.carry(reportedCardStatuses(asker));
  /** Who wants to know that somebody joined, left, was cut off or let back in. */
  const changed = [() => dispatch.hurry()];
  const tell = () => {
    for (const act of changed) act();
  };
  const directories = new DirectoryKeeper({
    ...{ ...options, ledger, random, statements, followed: tell },
    publish: publishDirectory(asker),
    askAbove: askForDirectory(asker),
  });
  const ownLine = new OwnLine({ ...options, ledger }, tell);
  // What the centre states is stated by one process.
  await (isOnlyDesk ? directories.followKept() : directories.load());
  await ownLine.load();
  return { ...logs, audit, peers, statements, random, dispatch, directories, ownLine, changed };
}

/** Where the directory says that an office is, unless this node was told to go by its own configuration. */
function addressOfPeers({ network, addressOf, ownAddresses = false }: Means): AddressOf {
  return (office) => (ownAddresses ? undefined : network.address(office)) ?? addressOf(office);
}
