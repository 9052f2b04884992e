import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Agency } from '#agency/use-cases/agency-over.js';
import type { Holding } from '#core/domain/fold-changes.js';
import type { PersonAskedFor, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { Random } from '#scripts/seed/random.js';
import { agencyOf, PENSION_SERVICE } from '../support/agencies.js';
import { approve, batchOf, byCode, hold, manyHoldings, namedInLog, piecesFrom } from '../support/batches.js';
import { BreakingLine } from '../support/breaking-line.js';
import { NATIONAL } from '../support/offices.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   pension service ══ piece ══╳  national centre        the line breaks, the centre is started again
 *                 ╳ ◀═ answers ══                        kill -9, and started again over its file of answers
 */
const BATCH = 'provision/BATCH';
const PIECES = 8;
/** About what a piece takes on the line, with its receipt. */
const BYTES_OF_PIECE = 30_000;
const KILLS = Number(process.env['JUKI_KILLS'] ?? 5);
const seed = String(process.env['JUKI_SEED'] ?? 'breaks');

let net: TestNetwork;
let held: Holding[];
let people: PersonAskedFor[];
let expected: ProvisionAnswer[];
let line: BreakingLine;
let batchId: string;
let namedBefore: Map<string, number>;
let random: Random;

beforeAll(async () => {
  net = await startTestNetwork({ offices: [NATIONAL] });
  held = manyHoldings(PIECES * 1_000 - 300);
  people = byCode(held);
  expected = held.map(({ identification: { name } }) => ({ outcome: 'PROVIDED', deleted: false, provided: { name } }));
  await hold(net, held);
});
afterAll(() => net.remove());

beforeEach(async () => {
  random = new Random(seed);
  line = await BreakingLine.open(() => net.addressOf(NATIONAL));
  namedBefore = await namedInLog(net, BATCH);
  const batch = batchOf(people);
  const agency = agencyOf(net, PENSION_SERVICE);
  await agency.requestBatch(batch);
  agency.close();
  batchId = batch.batchId;
  await approve(net, batchId);
});
afterEach(() => line.close());

/** Each of them once, whatever has broken. */
async function expectEachNamedOnce(): Promise<void> {
  const named = await namedInLog(net, BATCH);
  const times = held.map(({ identification: { residentRecordCode: code } }) => {
    return (named.get(code) ?? 0) - (namedBefore.get(code) ?? 0);
  });
  expect(times.filter((count) => count !== 1)).toEqual([]);
}

async function take(agency: Agency, onPiece: (number: number) => Promise<void> = async () => {}) {
  const told: ProvisionAnswer[] = [];
  for await (const { number, answers } of agency.provideBatch(batchId, piecesFrom(people))) {
    told.push(...answers);
    await onPiece(number);
  }
  return told;
}

describe('A batch whose line breaks at random moments', () => {
  it('goes on where it was: every answer once and in order, every person once in the log', async () => {
    let cuts = 0;
    const cutLater = () =>
      line.after(random.between(1, 3 * BYTES_OF_PIECE), () => {
        cuts += 1;
        line.cut();
        cutLater();
      });
    cutLater();
    const agency = agencyOf(net, PENSION_SERVICE, { addresses: [line.address], later: (act) => setImmediate(act) });
    expect(await take(agency)).toEqual(expected);
    agency.close();
    expect(cuts).toBeGreaterThan(2);
    await expectEachNamedOnce();
  }, 60_000);

  it('goes on at another address where the one does not answer any more', async () => {
    const addresses = [line.address, net.addressOf(NATIONAL)];
    const agency = agencyOf(net, PENSION_SERVICE, { addresses, later: (act) => setImmediate(act) });
    const told = await take(agency, async (number) => {
      if (number === 3) line.close();
    });
    expect(told).toEqual(expected);
    agency.close();
    await expectEachNamedOnce();
  }, 60_000);
});

describe('A batch whose centre is stopped and started again', () => {
  it('goes on where it was, by the clock that the centre has then', async () => {
    const agency = agencyOf(net, PENSION_SERVICE);
    let restarting = Promise.resolve();
    const restart = async () => {
      await net.stop(NATIONAL);
      net.clock.set(new Date(net.clock.now().getTime() + 3_600_000));
      await net.start(NATIONAL);
    };
    const told = await take(agency, async (number) => {
      if (number % 4 !== 1) return;
      await restarting;
      restarting = restart();
    });
    await restarting;
    agency.close();
    expect(told).toEqual(expected);
    await expectEachNamedOnce();
  }, 60_000);
});

describe('A batch whose agency is killed while it runs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'juki-batch-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** `npm run agency -- batch run`, at the end of the line. */
  function run(file: string, out: string): ChildProcess {
    const globals = ['--as', PENSION_SERVICE, '--centre', line.address, '--certs', net.certs];
    const command = ['batch', 'run', '--id', batchId, '--in', file, '--out', out];
    return spawn(process.execPath, ['scripts/dist/agency.js', ...globals, ...command], { stdio: 'ignore' });
  }

  /** Runs it until it has come to its end. @returns how often it was killed before */
  async function killAndRun(file: string, out: string): Promise<number> {
    for (let kills = 0; ; kills += 1) {
      const agency = run(file, out);
      if (kills < KILLS) line.after(random.between(1, 4 * BYTES_OF_PIECE), () => agency.kill('SIGKILL'));
      const [code, signal] = await once(agency, 'exit');
      // Nobody finds a part of it under its name.
      if (readdirSync(folder).includes('answers.jsonl')) expect(linesIn(out)).toEqual(expected);
      if (signal === null) {
        expect(code).toBe(0);
        return kills;
      }
    }
  }

  it('goes on over its file of answers when it is started again: the file appears once it is whole', async () => {
    const [file, out] = [join(folder, 'people.jsonl'), join(folder, 'answers.jsonl')];
    writeFileSync(file, people.map((person) => `${JSON.stringify(person)}\n`).join(''));
    const kills = await killAndRun(file, out);
    expect(kills).toBeGreaterThan(1);
    expect(linesIn(out)).toEqual(expected);
    expect(readdirSync(folder).sort()).toEqual(['answers.jsonl', 'people.jsonl']);
    await expectEachNamedOnce();
    expect(await once(run(file, out), 'exit')).toEqual([0, null]);
    expect(linesIn(out)).toEqual(expected);
  }, 120_000);
});

function linesIn(path: string): unknown[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((text) => JSON.parse(text));
}
