import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { municipalityId, slugOf } from '#core/domain/office.js';
import { officeFolder } from '#core/trust/credentials.js';
import { signersIn, verifyExports } from '../audit/verify-exports.js';
import { verifyReport } from '../audit/verify-report.js';
import { exportLog } from '../audit/write-export.js';
import { GetAccessReport } from '../operator/procedures.js';
import type { Check } from './check.js';
import type { Visit } from './visit.js';

const BUNKYO = municipalityId('131059');

/** What a network can show of its logs, with the files and the authorities' certificates alone. */
export const auditChecks: Check[] = [
  { what: 'a resident of Bunkyo is told who had to do with them, provably', see: residentIsTold },
  { what: 'the exported logs of all offices are sound, and agree', see: logsAreSound },
];

async function residentIsTold(visit: Visit) {
  const { residentRecordCode } = visit.cardHolder(BUNKYO);
  const asked = { residentRecordCode, purpose: 'self-check' };
  const { document } = await visit.operatorOf(BUNKYO).ask(GetAccessReport, asked);
  const verdict = verifyReport(document, signersIn(officeFolder(visit.network.certs, BUNKYO)));
  if (!verdict.sound) return { passed: false, seen: verdict.wrong };
  const { lines, logs, missing } = verdict;
  const isWhole = missing.length === 0 && lines.every(({ notLoggedBy }) => notLoggedBy === undefined);
  return { passed: isWhole && logs.length === 3, seen: `${lines.length} lines from ${logs.length} logs` };
}

async function logsAreSound(visit: Visit) {
  const folder = mkdtempSync(join(tmpdir(), 'juki-check-'));
  try {
    for (const { office } of visit.network.network.offices) await exportLog(visit.operatorOf(office), folder);
    const verdict = verifyExports(folder, officeFolder(visit.network.certs, BUNKYO));
    if (verdict.sound) return { passed: true, seen: `${verdict.entries} entries of ${verdict.offices.length} offices` };
    return { passed: false, seen: `${slugOf(verdict.wrong.office)}: ${verdict.wrong.wrong}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
