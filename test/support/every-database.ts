import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import pg from 'pg';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { describeWithDocker } from './docker.js';

const PASSWORD = 'a-password-for-tests';

/**
 * Makes a new, empty database, and gives back the URL that a ledger is opened with. Where a language is named, PostgreSQL
 * orders texts as its dictionaries do; SQLite orders them by their bytes, always.
 */
export type Fresh = (language?: string) => Promise<string>;

/** Describes what has to hold on both databases: on SQLite always, on PostgreSQL where a Docker engine answers. */
export function describeOnEveryDatabase(what: string, tests: (fresh: Fresh) => void): void {
  describe(`${what}, on SQLite`, () => onSqlite(tests));
  describeWithDocker(`${what}, on PostgreSQL`, () => onPostgres(tests));
}

/** Describes what several processes share, which only a database server lets them. */
export function describeOnPostgres(what: string, tests: (fresh: Fresh) => void): void {
  describeWithDocker(what, () => onPostgres(tests));
}

function onSqlite(tests: (fresh: Fresh) => void): void {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'juki-ledgers-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  tests(() => Promise.resolve(`sqlite:${join(folder, `${randomUUID()}.sqlite`)}`));
}

function onPostgres(tests: (fresh: Fresh) => void): void {
  let container: StartedTestContainer | undefined;
  const made: string[] = [];
  const url = (database: string) => {
    if (!container) throw new RangeError('the container has not started');
    const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
    return `postgres://postgres:${PASSWORD}@${address}/${database}`;
  };
  const run = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  beforeAll(async () => {
    container = await serverOfThisWorker();
  }, 120_000);
  afterAll(() => run(...made.map((database) => `drop database ${database} with (force)`)), 60_000);
  tests(async (language) => {
    const database = `ledger_${randomUUID().replaceAll('-', '')}`;
    const order = language === undefined ? '' : ` locale_provider icu icu_locale '${language}'`;
    await run(`create database ${database} template template0 locale 'C.UTF-8'${order}`);
    made.push(database);
    return url(database);
  });
}

/** The files that a worker tests, one after another, share a server: setting one up takes longer than most of them. */
async function serverOfThisWorker(): Promise<StartedTestContainer> {
  const server = await new GenericContainer('postgres:17-trixie')
    .withEnvironment({ POSTGRES_PASSWORD: PASSWORD })
    .withTmpFs({ '/var/lib/postgresql/data': 'rw' })
    // All of it is in memory, and the log of what was done and dropped would take most of that.
    .withCommand(['postgres', '-c', 'max_wal_size=64MB'])
    .withExposedPorts(5432)
    // Over TCP: while the image sets itself up, its server listens on a socket alone. Asked until it answers and no longer:
    // a health check of the engine goes on for as long as the container, and each is a process to start.
    .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready -h 127.0.0.1 -U postgres'))
    .withLabels({ 'net.juki.test': `${basename(tmpdir())}/${process.env['JEST_WORKER_ID']}` })
    .withReuse()
    .start();
  writeFileSync(join(tmpdir(), `${server.getId()}.container`), '');
  return server;
}
