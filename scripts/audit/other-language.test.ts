import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inclusionProof } from '#core/audit/merkle-tree.js';
import { readNote } from '#core/trust/signed-note.js';
import { type MadeLog, MadeLogs } from '../../test/support/exported-logs.js';

/*
 * An export, checked by what shares nothing with this project: Python's hashlib for the tree, openssl for the signature.
 */

const BUNKYO = 'municipality/131059';
const [PYTHON, OPENSSL] = ['python3', 'openssl'];
const [SIZE, INDEXES] = [21, [0, 1, 15, 16, 19, 20]];

/** Says so where a tool is missing: then there is nothing to be seen here. */
function ifThere(tool: string, version: string): typeof it | typeof it.skip {
  if (spawnSync(tool, [version]).status === 0) return it;
  console.warn(`skipped: ${tool} is not on this machine, which checks an export independently of this project`);
  return it.skip;
}

describe('An export, in the hands of others', () => {
  let folder: string;
  let place: string;
  let log: MadeLog;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'juki-exports-'));
    place = join(folder, 'municipality-131059');
    const logs = new MadeLogs();
    for (let number = 1; number <= SIZE; number += 1) logs.record(BUNKYO, number);
    log = logs.log(BUNKYO);
    log.write(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const checked = (index: number, altered = false) => {
    const proof = inclusionProof(index, SIZE, log.subtrees()).map((hash) => hash.toString('base64'));
    const file = join(folder, 'proof.json');
    writeFileSync(file, JSON.stringify({ index, size: SIZE, proof: altered ? proof.toReversed() : proof }));
    return spawnSync(PYTHON, ['test/vectors/check_export.py', place, file], { encoding: 'utf8' });
  };

  const withPython = ifThere(PYTHON, '--version');
  withPython('has in Python the root of its checkpoint, and each inclusion proof leads to it', () => {
    const [, , root] = log.checkpoint().split('\n');
    for (const index of INDEXES) expect(checked(index)).toMatchObject({ status: 0, stdout: `${root} included\n` });
    expect(checked(5, true)).toMatchObject({ status: 1, stderr: 'the inclusion proof leads to another root\n' });
  });

  withPython('is found out in Python where an entry is another', () => {
    const file = join(place, 'leaves.jsonl');
    const leaves = readFileSync(file, 'utf8');
    writeFileSync(file, leaves.replace('MOVE_IN', 'MOVE_ON'));
    const { status, stderr } = checked(0);
    writeFileSync(file, leaves);
    expect([status, stderr]).toEqual([1, 'entry 0 is not the one that the tree was made of\n']);
  });

  const verifiedBy = (text: string) => {
    const { signatures } = readNote(readFileSync(join(place, 'checkpoint.note'), 'utf8')) ?? { signatures: [] };
    const key = new X509Certificate(log.signs.certificate).publicKey.export({ type: 'spki', format: 'pem' });
    for (const [name, bytes] of Object.entries({ text, key, signature: signatures[0]?.signature ?? '' }))
      writeFileSync(join(folder, name), bytes);
    const how = ['dgst', '-sha256', '-verify', join(folder, 'key'), '-signature', join(folder, 'signature')];
    return spawnSync(OPENSSL, [...how, join(folder, 'text')], { encoding: 'utf8' }).stdout;
  };
  ifThere(OPENSSL, 'version')('has a checkpoint whose signature openssl verifies, over this text alone', () => {
    expect(verifiedBy(log.checkpoint())).toBe('Verified OK\n');
    expect(verifiedBy(log.checkpoint().replace(`\n${SIZE}\n`, `\n${SIZE + 1}\n`))).toBe('Verification failure\n');
  });
});
