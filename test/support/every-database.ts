import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const url = (database: string) => {
    if (!container) throw new RangeError('the container has not started');
    const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
    return `postgres://postgres:${PASSWORD}@${address}/${database}`;
  };
  beforeAll(async () => {
    container = await new GenericContainer('postgres:17-trixie')
      .withEnvironment({ POSTGRES_PASSWORD: PASSWORD })
      .withTmpFs({ '/var/lib/postgresql/data': 'rw' })
      .withExposedPorts(5432)
      // Over TCP: while the image sets itself up, its server listens on a socket alone.
      .withHealthCheck({ test: ['CMD-SHELL', 'pg_isready -h 127.0.0.1 -U postgres'], interval: 250, retries: 240 })
      .withWaitStrategy(Wait.forHealthCheck())
      .start();
  }, 120_000);
  afterAll(() => container?.stop());
  tests(async (language) => {
    const database = `ledger_${randomUUID().replaceAll('-', '')}`;
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    const order = language === undefined ? '' : ` locale_provider icu icu_locale '${language}'`;
    await client.query(`create database ${database} template template0 locale 'C.UTF-8'${order}`);
    await client.end();
    return url(database);
  });
}
