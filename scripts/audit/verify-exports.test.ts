import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { slugOf } from '#core/domain/office.js';
import { MadeLogs } from '../../test/support/exported-logs.js';
import { verdictText, verifyExports } from './verify-exports.js';

const [BUNKYO, KUNITACHI, TOKYO] = ['municipality/131059', 'municipality/132152', 'prefecture/130001'];

let folder: string;
let logs: MadeLogs;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-exports-'));
  logs = new MadeLogs();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const exports = () => join(folder, 'exports');
const authorities = () => join(folder, 'authorities');
const verify = () => {
  logs.writeAuthorities(authorities());
  return verifyExports(exports(), authorities());
};
const path = (office: string, file: string) => join(exports(), slugOf(office), file);

/** Bunkyo asks Kunitachi about somebody again and again, and Tokyo witnesses both. */
function ordinaryDays(): void {
  for (let number = 1; number <= 5; number += 1) {
    logs.record(BUNKYO);
    logs.ask(BUNKYO, KUNITACHI, { number });
    logs.ask(KUNITACHI, BUNKYO);
    if (number === 3) for (const office of [BUNKYO, KUNITACHI]) logs.witness(TOKYO, office);
  }
  logs.record(TOKYO);
}

describe('Logs that were kept as they should be', () => {
  it('are sound, each with its entries and all together', () => {
    ordinaryDays();
    logs.write(exports());
    const offices = [
      { office: BUNKYO, entries: 20, size: 20, unmatched: 0 },
      { office: KUNITACHI, entries: 15, size: 15, unmatched: 0 },
      { office: TOKYO, entries: 1, size: 1, unmatched: 0 },
    ];
    expect(verify()).toEqual({ sound: true, entries: 36, offices });
    expect(verdictText(verify()).split('\n')).toEqual([
      ...offices.map(({ office, entries }) => `${office}: sound, ${entries} entries`),
      'sound, 36 entries of 3 offices',
    ]);
  });

  it('are sound where an export says nothing of its time: its entries do', () => {
    ordinaryDays();
    logs.write(exports(), { saysWhen: false });
    expect(verify()).toMatchObject({ sound: true, entries: 36 });
  });

  it('are sound while nothing is in them', () => {
    logs.log(BUNKYO).write(exports());
    expect(verify()).toMatchObject({ sound: true, entries: 0 });
  });

  it.each([1, 2, 3, 4, 7, 8, 13, 20])('are sound where the first %i entries of one are pruned', (from) => {
    ordinaryDays();
    logs.write(exports());
    logs.log(BUNKYO).write(exports(), { from, exportedAt: logs.time });
    const verdict = verify();
    expect(verdict).toMatchObject({ sound: true, entries: 36 - from });
    expect(verdictText(verdict)).toContain(`sound, ${20 - from} entries, ${from} before them pruned`);
  });
});

/** Takes an entry out of a log; tree and checkpoint are made and signed anew when it is written. */
function takeOut(office: string, event: string, exchange: string): void {
  const { entries } = logs.log(office);
  const at = entries.findIndex(({ leaf }) => leaf.includes(`"event":"${event}"`) && leaf.includes(exchange));
  expect(at).toBeGreaterThanOrEqual(0);
  entries.splice(at, 1);
}

describe('An entry that one of two offices removes, with its tree made and signed anew', () => {
  it('is named where the answering office hides that it answered', () => {
    logs.record(KUNITACHI);
    const exchange = logs.ask(BUNKYO, KUNITACHI);
    takeOut(KUNITACHI, 'ANSWERED', exchange);
    logs.write(exports());
    const wrong = { office: KUNITACHI, wrong: 'NOT_LOGGED_BY_ANSWERING_OFFICE', exchange, other: BUNKYO };
    expect(verify()).toEqual({ sound: false, wrong: { ...wrong, otherPosition: 0 } });
    expect(verdictText(verify())).toBe(
      `${KUNITACHI}, exchange ${exchange}, with ${BUNKYO} entry 0: the answering office has no entry of this exchange`,
    );
  });

  it('is named where the asking office hides that it asked', () => {
    logs.record(KUNITACHI);
    const exchange = logs.ask(BUNKYO, KUNITACHI);
    logs.record(BUNKYO);
    for (const event of ['ASKED', 'ANSWER_RECEIVED']) takeOut(BUNKYO, event, exchange);
    logs.write(exports());
    const wrong = { office: BUNKYO, wrong: 'NOT_LOGGED_BY_ASKING_OFFICE', exchange, other: KUNITACHI };
    expect(verify()).toEqual({ sound: false, wrong: { ...wrong, otherPosition: 1 } });
  });

  it('is named at once where it leaves an answer without its question', () => {
    const exchange = logs.ask(BUNKYO, KUNITACHI);
    takeOut(BUNKYO, 'ASKED', exchange);
    logs.write(exports());
    expect(verify()).toEqual({
      sound: false,
      wrong: { office: BUNKYO, wrong: 'QUESTION_MISSING', position: 0, exchange },
    });
  });

  it.each([
    ['asking', KUNITACHI, BUNKYO],
    ['answering', BUNKYO, KUNITACHI],
  ])('is no removed one where the %s office exported before the exchange began', (_which, later, earlier) => {
    logs.record(earlier);
    logs.log(earlier).write(exports(), { exportedAt: logs.time });
    logs.ask(BUNKYO, KUNITACHI);
    logs.log(later).write(exports(), { exportedAt: logs.time });
    const offices = [
      { office: BUNKYO, unmatched: later === BUNKYO ? 1 : 0 },
      { office: KUNITACHI, unmatched: later === KUNITACHI ? 1 : 0 },
    ];
    expect(verify()).toMatchObject({ sound: true, offices });
    expect(verdictText(verify())).toContain('1 of them outside what the other office exported');
  });

  it('is one where the other log goes on after that time, whatever its export says of when it was made', () => {
    const before = logs.time;
    const exchange = logs.ask(BUNKYO, KUNITACHI);
    logs.record(KUNITACHI);
    takeOut(KUNITACHI, 'ANSWERED', exchange);
    logs.write(exports(), { exportedAt: before });
    expect(verify()).toMatchObject({ wrong: { wrong: 'NOT_LOGGED_BY_ANSWERING_OFFICE', exchange } });
  });
});

describe('A log that is signed again after it was witnessed', () => {
  const again = (change: (entries: { leaf: string }[]) => void, file?: 'witnesses.jsonl') => {
    ordinaryDays();
    const log = logs.log(BUNKYO);
    change(log.entries);
    logs.write(exports());
    if (file) writeFileSync(path(BUNKYO, file), '');
    return verify();
  };
  it.each([undefined, 'witnesses.jsonl' as const])(
    'contradicts the witness where it was truncated (without %s)',
    (file) => {
      const verdict = again((entries) => entries.splice(8), file);
      expect(verdict).toEqual({
        ...{ sound: false },
        wrong: { wrong: 'LOG_TRUNCATED', office: BUNKYO, other: TOKYO, sizes: [8, 12] },
      });
    },
  );

  it.each([undefined, 'witnesses.jsonl' as const])(
    'contradicts the witness where it was rewritten (without %s)',
    (file) => {
      const verdict = again((entries) => entries.splice(0, 1), file);
      expect(verdict).toMatchObject({
        wrong: { wrong: 'LOG_REWRITTEN', office: BUNKYO, other: TOKYO, sizes: [19, 12] },
      });
    },
  );

  it('contradicts nobody where it only grew', () => {
    expect(again(() => {})).toMatchObject({ sound: true });
  });
});

/** A hexadecimal digit stays one, and so does a character of base64: what is wrong then is not the form. */
function otherByOneBit(byte: number): number {
  const others = [1, 2, 4, 8, 16].map((bit) => byte ^ bit);
  const alike = [/[0-9a-f]/, /[A-Za-z0-9+/]/].find((form) => form.test(String.fromCharCode(byte)));
  return others.find((other) => alike?.test(String.fromCharCode(other))) ?? byte ^ 1;
}

describe('One bit that is changed', () => {
  let unchanged: Map<string, Buffer>;
  let made: string;
  let shared: MadeLogs;
  const office = BUNKYO;
  beforeAll(() => {
    made = mkdtempSync(join(tmpdir(), 'juki-exports-'));
    shared = new MadeLogs();
    for (const number of [1, 2]) shared.ask(BUNKYO, KUNITACHI, { number });
    shared.witness(KUNITACHI, BUNKYO);
    shared.witness(BUNKYO, KUNITACHI);
    shared.write(join(made, 'exports'));
    shared.writeAuthorities(join(made, 'authorities'));
    const place = join(made, 'exports', slugOf(office));
    unchanged = new Map(readdirSync(place).map((name) => [name, readFileSync(join(place, name))]));
  });
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  const changed = (name: string, from: string | number) => {
    const bytes = Buffer.from(unchanged.get(name) ?? Buffer.alloc(0));
    const at = typeof from === 'number' ? from : bytes.indexOf(from) + from.length;
    bytes.writeUInt8(otherByOneBit(bytes.readUInt8(at)), at);
    const place = join(made, 'exports', slugOf(office), name);
    try {
      writeFileSync(place, bytes);
      return verifyExports(join(made, 'exports'), join(made, 'authorities'));
    } finally {
      writeFileSync(place, unchanged.get(name) ?? '');
    }
  };

  it.each([
    ['log.json', '"size":', { wrong: 'CHECKPOINT_OF_ANOTHER_SIZE', office }],
    ['log.json', '"office":"municipality/1310', { wrong: 'MALFORMED', office }],
    ['leaves.jsonl', '"purposeDigest":"', { wrong: 'ENTRY_ALTERED', office, position: 0 }],
    ['leaf-hashes.txt', '\n', { wrong: 'ENTRY_ALTERED', office, position: 1 }],
    ['evidence.jsonl', '{"position":1,"proof":null,"receipt":{"at":14643', { wrong: 'RECEIPT_NOT_VALID', position: 1 }],
    ['evidence.jsonl', '"proof":{"at":14643', { wrong: 'PROOF_NOT_VALID', office, position: 0 }],
    ['evidence.jsonl', '"signature":"', { wrong: 'PROOF_ALTERED', office, position: 0 }],
    ['evidence.jsonl', '"certificate":"', { wrong: 'CERTIFICATE_MISSING', office, position: 0 }],
    ['evidence.jsonl', '"mandate":{"at":14643', { wrong: 'MANDATE_NOT_VALID', office, position: 0 }],
    ['certificates.pem', '-----BEGIN CERTIFICATE-----\nMII', { wrong: 'CHECKPOINT_NOT_SIGNED', office }],
    ['certificates.pem', '-----BEGIN CERT', { wrong: 'MALFORMED', office }],
    ['checkpoint.note', 'juki-net/municipality/131059\n', { wrong: 'CHECKPOINT_NOT_SIGNED', office }],
    ['checkpoint.note', 'log-key A', { wrong: 'CHECKPOINT_NOT_SIGNED', office }],
    ['witnessed.jsonl', '"size":', { wrong: 'CHECKPOINT_NOT_VALID', office, other: KUNITACHI }],
    ['witnessed.jsonl', '"note":"juki-net/municipality/1321', { wrong: 'CHECKPOINT_NOT_VALID', office }],
    ['witnesses.jsonl', '"certificate":"MII', { wrong: 'CHECKPOINT_NOT_VALID', office, other: KUNITACHI }],
  ])('in %s after %j is named', (name, after, wrong) => {
    expect(changed(name, after)).toMatchObject({ sound: false, wrong });
  });

  it.each(['leaves.jsonl', 'leaf-hashes.txt', 'checkpoint.note', 'certificates.pem', 'evidence.jsonl'])(
    'anywhere in %s is found',
    (name) => {
      const { length } = unchanged.get(name) ?? [];
      const [missed, step] = [[] as number[], Math.max(1, Math.floor((length ?? 0) / 40))];
      for (let at = 0; at < (length ?? 0); at += step) if (changed(name, at).sound) missed.push(at);
      expect(length).toBeGreaterThan(40);
      expect(missed).toEqual([]);
    },
  );
});
