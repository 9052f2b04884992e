import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { type OfficeId, slugOf } from '#core/domain/office.js';
import { officeFolder } from '#core/trust/credentials.js';
import { verdictJson, verdictText, verifyExports } from '../audit/verify-exports.js';
import type { Verdict } from '../audit/verify-logs.js';
import { type Place, placeOf } from './place.js';

/** Has an office export its log into a folder that is not there yet. */
export type ExportLog = (place: Place, office: OfficeId, folder: string) => Promise<void>;

/** juki audit verify: every office's log, and all of them against one another. Exit code 1 where one is not sound. */
export function verifyCommand(exportLog: ExportLog, print: (text: string) => void = console.log): Command {
  return new Command('verify')
    .description("export every office's log, and verify each and all against one another")
    .option('--authorities <folder>', "where the authorities' certificates are; else as an office has them")
    .action(async ({ authorities }: { authorities?: string }, command: Command) => {
      const place = placeOf(command);
      const verdict = await verifyNetwork(place, authorities ?? ownAuthorities(place), exportLog);
      print(place.json ? verdictJson(verdict) : verdictText(verdict));
      process.exitCode = verdict.sound ? 0 : 1;
    });
}

async function verifyNetwork(place: Place, authorities: string, exportLog: ExportLog): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'juki-verify-'));
  try {
    for (const { office } of place.network.offices) await exportLog(place, office, join(folder, slugOf(office)));
    return verifyExports(folder, authorities);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ownAuthorities({ network, certs }: Place): string {
  const [first] = network.offices;
  if (!first) throw new Error('the network has no office');
  return officeFolder(certs, first.office);
}
