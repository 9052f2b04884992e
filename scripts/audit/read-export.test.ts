import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MadeLogs } from '../../test/support/exported-logs.js';
import { readExport } from './read-export.js';
import { verdictText, verifyExports } from './verify-exports.js';

const [BUNKYO, KUNITACHI] = ['municipality/131059', 'municipality/132152'];

let folder: string;
let place: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-exports-'));
  const logs = new MadeLogs();
  for (let i = 0; i < 3; i += 1) logs.ask(BUNKYO, KUNITACHI);
  logs.witness(KUNITACHI, BUNKYO);
  logs.write(join(folder, 'exports'));
  logs.writeAuthorities(join(folder, 'authorities'));
  place = join(folder, 'exports', 'municipality-131059');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (file: string) => readFileSync(join(place, file), 'utf8');
const lines = (file: string) => text(file).split('\n').slice(0, -1);
const put = (file: string, written: string) => writeFileSync(join(place, file), written);
const told = () => verdictText(verifyExports(join(folder, 'exports'), join(folder, 'authorities')));

describe('An export that is as it should be', () => {
  it('is read entry by entry, with what was signed of it', () => {
    const log = readExport(place);
    expect(log).toMatchObject({ office: BUNKYO, from: 0, size: 6, pruned: [] });
    const entries = [...log.entries()];
    expect(entries.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(entries.map(({ leaf }) => leaf.toString())).toEqual(lines('leaves.jsonl'));
    expect(entries.map(({ evidence }) => Boolean(evidence?.proof))).toEqual([true, false, true, false, true, false]);
  });
});

describe('An export that is malformed is told by its office, file and line:', () => {
  it.each<[string, string, () => string]>([
    ['log.json is not JSON', 'log.json', () => '{'],
    ['log.json is not as the format says: format', 'log.json', () => text('log.json').replace('export/1', 'export/2')],
    ['log.json is not as the format says: size', 'log.json', () => text('log.json').replace('"size":6', '"size":-6')],
    ['log.json names another office than the folder', 'log.json', () => text('log.json').replace('131059', '131156')],
    ['leaves.jsonl line 6 is torn: it has no end', 'leaves.jsonl', () => text('leaves.jsonl').slice(0, -9)],
    [
      'leaves.jsonl line 6 is missing: there are fewer leaves than the size says',
      'leaves.jsonl',
      () => cut('leaves.jsonl'),
    ],
    ['leaf-hashes.txt line 6 is missing', 'leaf-hashes.txt', () => cut('leaf-hashes.txt')],
    ['leaf-hashes.txt line 7 is of no leaf', 'leaf-hashes.txt', () => `${text('leaf-hashes.txt')}AAAA\n`],
    [
      'leaf-hashes.txt line 2 is not as the format says',
      'leaf-hashes.txt',
      () => otherwise('leaf-hashes.txt', 1, 'AAAA'),
    ],
    ['evidence.jsonl line 3 is not JSON', 'evidence.jsonl', () => otherwise('evidence.jsonl', 2, '{')],
    [
      'evidence.jsonl line 3 is out of order',
      'evidence.jsonl',
      () => otherwise('evidence.jsonl', 2, lines('evidence.jsonl')[0]),
    ],
    ['evidence.jsonl line 7 is of no leaf', 'evidence.jsonl', () => `${text('evidence.jsonl')}${NOTHING}\n`],
    ['certificates.pem is not PEM', 'certificates.pem', () => `${text('certificates.pem')}certificate`],
    [
      'witnesses.jsonl line 1 is not as the format says: witness',
      'witnesses.jsonl',
      () => text('witnesses.jsonl').replace('"witness"', '"by"'),
    ],
    ['witnessed.jsonl line 1 is not JSON', 'witnessed.jsonl', () => '\n'],
  ])('%s', (fault, file, written) => {
    put(file, written());
    expect(told()).toBe(`${BUNKYO}: the export is malformed: ${fault}`);
  });

  it.each([
    ...['log.json', 'leaves.jsonl', 'leaf-hashes.txt', 'evidence.jsonl'],
    ...['certificates.pem', 'checkpoint.note', 'witnessed.jsonl', 'witnesses.jsonl'],
  ])('%s can not be read', (file) => {
    rmSync(join(place, file));
    expect(told()).toBe(`${BUNKYO}: the export is malformed: ${file} can not be read`);
  });

  it('hashes of what is pruned that do not cover it', () => {
    put('log.json', text('log.json').replace('"from":0', '"from":1').replace('"size":6', '"size":7'));
    expect(told()).toContain('size');
    put('log.json', text('log.json').replace('"size":7', '"size":6'));
    expect(told()).toBe(`${BUNKYO}: the hashes of what is pruned do not cover it`);
  });
});

describe('A folder', () => {
  it('without any export is nothing to verify', () => {
    expect(() => verifyExports(join(folder, 'authorities'), join(folder, 'authorities'))).toThrow('holds no export');
  });

  it('without the certificates of the authorities is nothing to verify by', () => {
    expect(() => verifyExports(join(folder, 'exports'), place)).toThrow('offices-ca.pem');
  });
});

const NOTHING = '{"position":9,"proof":null,"receipt":null,"mandate":null}';

/** Without its last line. */
function cut(file: string): string {
  return joined(lines(file).slice(0, -1));
}

function otherwise(file: string, index: number, line = ''): string {
  return joined(lines(file).with(index, line));
}

function joined(all: string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
