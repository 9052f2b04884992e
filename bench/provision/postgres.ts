import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { Latencies, type Pace } from './latencies.js';
import type { Span } from './load.js';
import { CLIENT_ENVIRONMENT, lineFiles, OWN_SERVER_KEY, SETTINGS } from './postgres-line.js';
import { scriptOf, tables, WAYS, type Way } from './postgres-look-ups.js';

/** Of pgbench: one a core, which the server shares. */
const THREADS = '2';
const TABLES = '/tmp/tables.sql';
const LOG = '/tmp/look-ups';
const TRIAL: Span = { atOnce: 64, seconds: 2 };

/** The library's own clean-up is a container that not every engine can run; whoever starts this stops it. */
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';

/**
 * What a database gives by itself: one person looked up over mutual TLS, and a row about it on the disk. pgbench, which
 * asks, is in the same container.
 */
export class Postgres {
  private readonly container: StartedTestContainer;
  /** How it is asked: the fastest way, once that has been found out. */
  private way: Way = 'ONE_STATEMENT';

  private constructor(container: StartedTestContainer) {
    this.container = container;
  }

  /** Undefined where no Docker engine answers, and says so. */
  static async start({ people = 100_000 } = {}): Promise<Postgres | undefined> {
    if (spawnSync('docker', ['version'], { timeout: 10_000 }).status !== 0) {
      console.error('look-ups are not held against PostgreSQL, because no Docker engine answers');
      return undefined;
    }
    const postgres = new Postgres(await startContainer(people));
    try {
      await postgres.run('psql', '--quiet', '--set=ON_ERROR_STOP=1', `--file=${TABLES}`);
      await postgres.chooseWay();
      return postgres;
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  }

  /**
   * The latencies are as pgbench counts them: without what a caller waits between two calls until its thread comes round
   * to it, which is up to a quarter.
   *
   * @param way another than the fastest
   */
  async load({ atOnce, seconds }: Span, way = this.way): Promise<Pace> {
    await this.run('sh', '-c', `rm -f ${LOG}*`);
    const told = await this.run(
      ...['pgbench', '--no-vacuum', '--protocol=prepared', `--file=${scriptPath(way)}`, '--log', `--log-prefix=${LOG}`],
      ...[`--client=${atOnce}`, `--jobs=${THREADS}`, `--time=${seconds}`],
    );
    const [, rate] = /^tps = ([0-9.]+)/m.exec(told) ?? [];
    const latencies = new Latencies();
    const microseconds = await this.run('sh', '-c', `cut -d ' ' -f 3 ${LOG}*`);
    for (const line of microseconds.trimEnd().split('\n')) latencies.add(Number(line) / 1000);
    return latencies.pace(Number(rate));
  }

  async stop(): Promise<void> {
    await this.container.stop({ removeVolumes: true });
  }

  private async chooseWay(): Promise<void> {
    let fastest = 0;
    // What is tried first would pay for what is not in memory yet.
    await this.load(TRIAL);
    for (const way of WAYS) {
      const { rate } = await this.load(TRIAL, way);
      console.error(`PostgreSQL, ${way}: ${rate.toFixed(0)} a second`);
      if (rate > fastest) [this.way, fastest] = [way, rate];
    }
  }

  /** @throws Error where it fails */
  private async run(...command: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.container.exec(command, { env: CLIENT_ENVIRONMENT });
    if (exitCode !== 0) throw new Error(`${command[0]} ended with ${exitCode}: ${stderr}`);
    return stdout;
  }
}

/** What it keeps is on the engine's disk: there, a commit has to wait as it would anywhere. */
function startContainer(people: number): Promise<StartedTestContainer> {
  const settings = SETTINGS.map((setting) => `-c ${setting}`).join(' ');
  return (
    new GenericContainer('postgres:17-trixie')
      .withEnvironment({ POSTGRES_PASSWORD: randomUUID() })
      .withCopyContentToContainer([
        ...lineFiles(new Date()),
        { target: TABLES, content: tables(people) },
        ...WAYS.map((way) => ({ target: scriptPath(way), content: scriptOf(way, people) })),
      ])
      .withEntrypoint(['sh', '-c', `${OWN_SERVER_KEY} && exec docker-entrypoint.sh postgres ${settings}`])
      .withExposedPorts(5432)
      // Over TCP: while the image sets itself up, its server listens on a socket alone. No health check, which would go on
      // beside what is measured.
      .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready -h 127.0.0.1'))
      .start()
  );
}

function scriptPath(way: Way): string {
  return `/tmp/${way}.sql`;
}
