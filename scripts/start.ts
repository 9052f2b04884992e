import { rmSync } from 'node:fs';
import Table from 'cli-table3';
import closeWithGrace from 'close-with-grace';
import { Command } from 'commander';
import { RunningClock } from '#core/domain/clock.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { ensureCertificates } from './certificates/ensure-certificates.js';
import { type Row, selfCheck } from './check/self-check.js';
import { residentsOf, seedCards, seedLedgers } from './network/seed-ledgers.js';
import { pocketsIn, type RunningNetwork, startNetwork } from './network/start-network.js';

const { once, keep, logLevel } = new Command('npm start --')
  .description('The demo network: every office in this process, checked, then up until Ctrl-C')
  .option('--once', 'stop after the table: exit code 0 if every row passed, else 1', false)
  .option('--keep', 'keep the ledgers of the last run instead of making the residents anew', false)
  .option('--log-level <level>', 'of the technical log on standard output', 'warn')
  .parse()
  .opts<{ once: boolean; keep: boolean; logLevel: string }>();

const CERTS = 'certs';
const DATA = 'data';

const startedAt = performance.now();
const file = Network.load('scripts/network.json');
const made = ensureCertificates(file, CERTS, new Date());
if (!keep) rmSync(DATA, { recursive: true, force: true });
const people = residentsOf(file);
const entered = await seedLedgers(file, DATA, people);
seedCards(
  pocketsIn(DATA),
  people.flatMap(({ cards }) => cards),
);
const clock = new RunningClock(file.clockStartsAt);
const running = await startNetwork({
  network: file,
  certs: CERTS,
  data: DATA,
  clock,
  loggerOf: (office) => createLogger(office, logLevel),
  ports: 'STATED',
});
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(
  `${file.offices.length} offices are up after ${seconds} s: ${made} certificates made, ${entered} people entered`,
);

const rows = await selfCheck({ ...running, clock }, people);
console.log(tableOf(rows));
const passed = rows.every((row) => row.passed);
if (once) {
  await running.stopAll();
  process.exitCode = passed ? 0 : 1;
} else {
  clock.set(file.clockStartsAt);
  console.log(directionsFor(running));
  closeWithGrace({ delay: 5_000, logger: false }, () => running.stopAll());
}

function tableOf(all: Row[]): string {
  const table = new Table({ head: ['', 'self-check', 'seen'], style: { head: [], border: [] } });
  table.push(...all.map(({ passed: good, what, seen }) => [good ? 'pass' : 'FAIL', what, seen]));
  return table.toString();
}

function directionsFor({ network }: RunningNetwork): string {
  const table = new Table({ head: ['office', '', 'gRPC', 'HTTPS'], style: { head: [], border: [] } });
  for (const { office, name, romaji, grpcPort, httpPort } of network.offices)
    table.push([office, `${romaji} ${name}`, `127.0.0.1:${grpcPort}`, `https://localhost:${httpPort}`]);
  const holder = people.flatMap(({ municipality, cards }) => (municipality === '131059' ? cards : []));
  const card = holder.find(({ expiresOn }) => expiresOn > '2016-06');
  return [
    table.toString(),
    'In another terminal:',
    `  npm run juki -- copy --at 131041 --home 131059 --card ${card?.cardNumber} --pin ${card?.pin}`,
    '  npm run juki -- people --of 131059',
    'Ctrl-C stops the network.',
  ].join('\n');
}
