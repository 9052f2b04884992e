import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOfficeId, type OfficeId } from '#core/domain/office.js';
import { FILE } from '#core/trust/credentials.js';
import type { TrustedAuthorities } from '#core/trust/peer-identity.js';
import { Signers } from '#core/trust/signers.js';
import { readExport } from './read-export.js';
import { MalformedExport } from './read-lines.js';
import { told, Unsound } from './unsound.js';
import { malformed } from './verify-log.js';
import { type Verdict, verifyLogs } from './verify-logs.js';

/**
 * Verifies what lies in a folder: an export of each office, in a folder named by its slug.
 *
 * @param authorities - the folder of the three authorities' certificates
 * @throws Error where there is nothing to verify, or no authority to hold it against
 */
export function verifyExports(folder: string, authorities: string): Verdict {
  const signers = signersIn(authorities);
  const offices = officesIn(folder);
  if (offices.length === 0) throw new Error(`${folder} holds no export of an office's log`);
  try {
    const logs = offices.map(({ office, name }) => readOf(office, join(folder, name)));
    return verifyLogs(logs, signers);
  } catch (error) {
    if (error instanceof Unsound) return { sound: false, wrong: error.finding };
    throw error;
  }
}

/** In one line for each office and one for all, or in one line what is wrong. */
export function verdictText(verdict: Verdict): string {
  if (!verdict.sound) return told(verdict.wrong);
  const { entries, offices } = verdict;
  const lines = offices.map((one) => `${one.office}: sound, ${one.entries} entries${restOf(one)}`);
  return [...lines, `sound, ${entries} entries of ${offices.length} offices`].join('\n');
}

/** The same as data. */
export function verdictJson(verdict: Verdict): string {
  return JSON.stringify(verdict.sound ? verdict : { ...verdict, text: told(verdict.wrong) });
}

function restOf({ entries, size, unmatched }: { entries: number; size: number; unmatched: number }): string {
  const pruned = size > entries ? `, ${size - entries} before them pruned` : '';
  return unmatched > 0 ? `${pruned}; ${unmatched} of them outside what the other office exported` : pruned;
}

/** In the order of their names. */
function officesIn(folder: string): { office: OfficeId; name: string }[] {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  return names.sort().flatMap((name) => {
    const office = name.replace('-', '/');
    return isOfficeId(office) ? [{ office, name }] : [];
  });
}

function readOf(office: OfficeId, folder: string) {
  try {
    return readExport(folder);
  } catch (error) {
    throw error instanceof MalformedExport ? malformed(office, error) : error;
  }
}

/** Those whom the authorities of a folder vouch for. */
export function signersIn(authorities: string): Signers {
  return new Signers(trustedIn(authorities));
}

/** As they lie in an office's folder (`offices-ca.pem`), or in that of the authorities (`offices/certificate.pem`). */
function trustedIn(folder: string): TrustedAuthorities {
  const read = (kind: keyof TrustedAuthorities) => {
    for (const path of [join(folder, FILE[kind]), join(folder, kind, FILE.certificate)]) {
      try {
        return new X509Certificate(readFileSync(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          throw new Error(`${path} is no certificate`, { cause: error });
      }
    }
    throw new Error(`${folder} has no ${FILE[kind]}: the certificate of an authority is missing`);
  };
  return { offices: read('offices'), operators: read('operators'), agencies: read('agencies') };
}
