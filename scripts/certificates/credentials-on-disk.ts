import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE } from '#core/trust/credentials.js';
import type { KeyAndCertificate } from '#core/trust/issue-certificate.js';

const ONLY_ITS_OWNER = 0o600;

/** A certificate and the key that belongs to it; undefined where one of them is missing, torn or another's. */
export function readPair(folder: string): { certificate: X509Certificate; pem: string; key: KeyObject } | undefined {
  const [pem, keyPem] = [readText(join(folder, FILE.certificate)), readText(join(folder, FILE.key))];
  if (pem === undefined || keyPem === undefined) return undefined;
  try {
    const [certificate, key] = [new X509Certificate(pem), createPrivateKey(keyPem)];
    return certificate.checkPrivateKey(key) ? { certificate, pem, key } : undefined;
  } catch {
    return undefined; // A file that was torn is made again like one that is missing.
  }
}

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function pairFiles({ key, certificatePem }: KeyAndCertificate): Record<string, string> {
  return { [FILE.key]: key.export({ type: 'pkcs8', format: 'pem' }).toString(), [FILE.certificate]: certificatePem };
}

/**
 * Writes files into a folder. A mount point can not be replaced, so they are replaced one by one, each whole, and all of
 * them are written before the first is replaced: a key and its certificate are of two kinds for no longer than two
 * renames take, and a node that looks in between does not use them.
 */
export function writeFiles(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeNew(join(folder, `${name}.new`), content, name);
  for (const name of Object.keys(files)) renameSync(join(folder, `${name}.new`), join(folder, name));
}

/** A key that others could read is theirs alone again. */
export function closeKey(folder: string): void {
  const key = join(folder, FILE.key);
  const found = statSync(key, { throwIfNoEntry: false });
  if (found && (found.mode & 0o077) !== 0) chmodSync(key, ONLY_ITS_OWNER);
}

function writeNew(path: string, content: string, name: string): void {
  if (name === FILE.key) writeNewKey(path, content);
  else writeFileSync(path, content, { mode: 0o644 });
}

function writeNewKey(path: string, content: string): void {
  const asNew = { mode: ONLY_ITS_OWNER, flag: 'wx' };
  try {
    writeFileSync(path, content, asNew);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // What an earlier run left there would keep its mode.
    rmSync(path);
    writeFileSync(path, content, asNew);
  }
}
