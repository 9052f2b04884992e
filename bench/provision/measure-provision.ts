import { join } from 'node:path';
import { Network } from '#core/network.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { nodeFlags } from '#scripts/network/compose-file.js';
import { watchUsage } from '../changes/usage.js';
import type { Figure } from '../figure.js';
import { enterApproved } from './batch.js';
import { BUSY, Echo } from './echo.js';
import { interleaved } from './interleaved.js';
import type { Pace } from './latencies.js';
import type { Span } from './load.js';
import { LoadingProcesses } from './loading-processes.js';
import { OwnProcess } from './own-process.js';
import { codesOf, drawPeople, fillCentre } from './people.js';
import { Postgres } from './postgres.js';

const PEOPLE = 200_000;
const ROUNDS = 5;

const SPAN: Span = { atOnce: 64, seconds: 5 };
/** Until everything that is gone through is compiled. */
const WARM_UP: Span = { atOnce: 64, seconds: 15 };
const SHORT_WARM_UP: Span = { atOnce: 64, seconds: 5 };
/** An agency has one connection. An echo is measured over one, and over more, where it is not always faster. */
const [ONE, SEVERAL] = [1, 4];

/** Where everything is that is measured: the centre in one process, whoever asks it in another. */
interface Place {
  certs: string;
  ledgerUrl: string;
  people: number;
}

/** What provision costs beside a bare call, and beside a database that does as much. */
export async function measureProvision(folder: string, { people = PEOPLE }: { people?: number }): Promise<Figure[]> {
  const place = { certs: join(folder, 'certs'), ledgerUrl: `sqlite:${join(folder, 'centre.sqlite')}`, people };
  ensureCertificates(Network.load('scripts/network.json'), place.certs, new Date());
  await fillCentre(place.ledgerUrl, drawPeople(people));
  await enterApproved(place.ledgerUrl, codesOf(people));
  const centre = new OwnProcess('./centre-process.js', [place.certs, place.ledgerUrl], nodeFlags('national'));
  try {
    const port = await centre.told<number>();
    const immediate = await measureImmediate(place, port);
    return [...immediate.figures, ...(await measureBatch(place, port, centre, immediate.rate))];
  } finally {
    await centre.stop();
  }
}

async function measureImmediate({ certs, people }: Place, port: number): Promise<{ rate: number; figures: Figure[] }> {
  const args = [certs, String(port), String(people), String(ONE)];
  const agency = new LoadingProcesses('./look-up-client.js', args, { nodeOptions: [BUSY] });
  const echo = await Echo.start(certs, { connections: ONE });
  const wideEcho = await Echo.start(certs, { connections: SEVERAL });
  const postgres = await Postgres.start();
  try {
    await agency.load(WARM_UP);
    for (const one of [echo, wideEcho]) await one.load(SHORT_WARM_UP);
    const paces = await interleaved(ROUNDS, {
      provision: () => agency.load(SPAN),
      echo: () => echo.load(SPAN),
      wideEcho: () => wideEcho.load(SPAN),
      transaction: postgres && (() => postgres.load(SPAN, 'FOUR_STATEMENTS')),
      statement: postgres && (() => postgres.load(SPAN)),
    });
    return { rate: paces.provision.rate, figures: figuresOf(paces) };
  } finally {
    await agency.stop();
    for (const one of [echo, wideEcho]) await one.stop();
    await postgres?.stop();
  }
}

interface Paces {
  provision: Pace;
  echo: Pace;
  wideEcho: Pace;
  transaction: Pace | undefined;
  statement: Pace | undefined;
}

function figuresOf({ provision, echo, wideEcho, transaction, statement }: Paces): Figure[] {
  const held = (name: string, against: string, value: number): Figure => ({
    name: `look_ups_per_second_beside_${name}`,
    what: 'people looked up, 64 at once, with proof, receipt, policy and durable log; the agency in another process',
    ...{ measured: provision.rate, unit: 'a second', against: { what: against, value } },
  });
  const within = (share: 'p50' | 'p95' | 'p99'): Figure => ({
    name: `look_up_${share}_ms`,
    what: `${share.slice(1)} in a hundred of them were answered within`,
    ...{ measured: provision[share], unit: 'ms', against: { what: 'of the echo', value: echo[share] } },
  });
  return [
    held('echo', 'a bare echo of grpc-js over mutual TLS, over one connection as the agency has', echo.rate),
    held('wide_echo', `the same over ${SEVERAL} connections`, wideEcho.rate),
    ...(transaction
      ? [
          held(
            'transaction',
            'PostgreSQL over mutual TLS, pgbench: begin, select, insert of an audit row, end',
            transaction.rate,
          ),
        ]
      : []),
    ...(statement ? [held('statement', 'the fastest way to say the same to PostgreSQL', statement.rate)] : []),
    ...(['p50', 'p95', 'p99'] as const).map(within),
  ];
}

async function measureBatch(
  { certs, people }: Place,
  port: number,
  centre: OwnProcess,
  lookUps: number,
): Promise<Figure[]> {
  const usage = watchUsage(centre);
  const client = new OwnProcess('./batch-client.js', [certs, String(port), String(people)], [BUSY]);
  const { seconds } = await client.told<{ seconds: number }>();
  const { peak, quarters } = usage();
  await client.stop();
  const rate: Figure = {
    name: 'batch_answers_per_second',
    what: `people of a batch of ${people.toLocaleString('en')}, in the order of their codes, each named in the log`,
    ...{ measured: people / seconds, unit: 'a second', against: { what: 'looked up one by one', value: lookUps } },
  };
  const memory: Figure = {
    name: 'batch_memory_mb',
    what: 'memory of the centre meanwhile, at most',
    ...{ measured: peak, unit: 'MB' },
    against: quarters
      ? { what: 'in the second quarter of the run', value: quarters.second }
      : { what: 'the same', value: peak },
  };
  return [rate, memory];
}
