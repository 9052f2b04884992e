import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import closeWithGrace from 'close-with-grace';
import { Command } from 'commander';
import { RunningClock, today } from '#core/domain/clock.js';
import { type OfficeId, slugOf } from '#core/domain/office.js';
import { createLogger, faultOf } from '#core/logger.js';
import { Network } from '#core/network.js';
import { type Row, selfCheck } from './check/self-check.js';
import { busyPorts } from './network/busy-ports.js';
import { cardHolder } from './network/card-holder.js';
import { prepareNetwork } from './network/prepare-network.js';
import { pocketsIn, type RunningNetwork, startNetwork } from './network/start-network.js';
import type { SeededMunicipality } from './seed/residents.js';

/** As offices that run by themselves: once an hour. */
const CHECK_EVERY_MS = 3_600_000;

const { once, keep, logLevel, certs, data } = new Command('npm start --')
  .description('The demo network: every office in this process, checked, then up until Ctrl-C')
  .option('--once', 'stop after the table: exit code 0 if every row passed, else 1', false)
  .option('--keep', 'keep the ledgers of the last run instead of making the residents anew', false)
  .option('--log-level <level>', 'of the technical log on standard output', 'warn')
  .option('--certs <folder>', 'where certificates are, or are to be made', 'certs')
  .option('--data <folder>', 'where ledgers and cards are to be', 'data')
  .parse()
  .opts<{ once: boolean; keep: boolean; logLevel: string; certs: string; data: string }>();

try {
  await start();
} catch (error) {
  console.error(`the network can not start: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function start(): Promise<void> {
  const startedAt = performance.now();
  const network = Network.load('scripts/network.json');
  // Before anything is deleted: it could be the ledgers of a network that is up.
  const busy = await busyPorts(network);
  if (busy.length > 0) throw new Error(`something listens on ${busy.join(', ')} already; is a network up?`);
  if (!keep) removeLedgers(network);
  const { people, ...made } = await prepareNetwork(network, { certs, data, pockets: pocketsIn(data) });
  const clock = new RunningClock(network.clockStartsAt);
  const loggerOf = (office: OfficeId) => createLogger(office, logLevel);
  const running = await startNetwork({
    network,
    certs,
    data,
    clock,
    loggerOf,
    ports: 'STATED',
    checkEveryMs: CHECK_EVERY_MS,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  console.log(`${network.offices.length} offices are up: ${seconds} s in this process, ${megabytes} MB resident`);
  console.log(`${made.certificatesMade} certificates made, ${made.peopleEntered} people entered`);
  try {
    await check({ ...running, clock }, people);
  } catch (error) {
    await running.stopAll();
    throw error;
  }
}

/** What a network made, and nothing else that may be in the folder. */
function removeLedgers({ offices }: Network): void {
  const made = [...offices.map(({ office }) => join(data, slugOf(office))), pocketsIn(data)];
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
}

async function check(running: RunningNetwork & { clock: RunningClock }, people: SeededMunicipality[]): Promise<void> {
  const rows = await selfCheck(running, people);
  console.log(tableOf(rows));
  if (once) {
    process.exitCode = rows.every((row) => row.passed) ? 0 : 1;
    return running.stopAll();
  }
  running.clock.set(running.network.clockStartsAt);
  console.log(directionsFor(running, people));
  closeWithGrace({ delay: 5_000, logger: false }, async ({ err }) => {
    if (err) console.error('the network stops:', JSON.stringify(faultOf(err)));
    await running.stopAll();
  });
}

function tableOf(all: Row[]): string {
  const table = new Table({ head: ['', 'self-check', 'seen'], style: { head: [], border: [] } });
  table.push(...all.map(({ passed: good, what, seen }) => [good ? 'pass' : 'FAIL', what, seen]));
  return table.toString();
}

function directionsFor({ network, clock }: RunningNetwork, people: SeededMunicipality[]): string {
  const table = new Table({ head: ['office', '', 'gRPC', 'HTTPS'], style: { head: [], border: [] } });
  for (const { office, name, romaji, grpcPort, httpPort } of network.offices)
    table.push([office, `${romaji} ${name}`, `127.0.0.1:${grpcPort}`, `https://localhost:${httpPort}`]);
  const bunkyo = people.find(({ municipality }) => municipality === '131059');
  if (!bunkyo) throw new RangeError('the demo network is without Bunkyo');
  const { cardNumber, pin } = cardHolder(bunkyo, today(clock));
  return [
    table.toString(),
    'In another terminal:',
    `  npm run juki -- copy --at 131041 --home 131059 --card ${cardNumber} --pin ${pin}`,
    '  npm run juki -- people --of 131059',
    'Ctrl-C stops the network.',
  ].join('\n');
}
