import { Command } from 'commander';
import type { OfficeId } from '#core/domain/office.js';
import { type Exported, exportLog } from '../audit/write-export.js';
import { officeNamed, type Place, placeOf } from './place.js';

/** juki audit export: an office's log as files, that anybody can verify (docs/log-export.md). */
export function auditExportCommand(): Command {
  return new Command('export')
    .description('the logs of offices as files, a folder each, that anybody can verify; all of them by default')
    .argument('[office...]', 'by code or name')
    .requiredOption('--out <folder>', 'where they go')
    .action(async (named: string[], { out }: { out: string }, command: Command) => {
      const { network, json, operatorAt } = placeOf(command);
      const all = network.offices.map(({ office }) => office);
      const offices = named.length > 0 ? named.map((name) => officeNamed(network, name)) : all;
      for (const office of offices) {
        const exported = await exportOffice({ operatorAt }, office, out);
        console.log(json ? JSON.stringify(exported) : `${office}: ${exported.size} entries in ${exported.folder}`);
      }
    });
}

/** Into a folder of its own, which is named by the office. */
export async function exportOffice(
  { operatorAt }: Pick<Place, 'operatorAt'>,
  office: OfficeId,
  into: string,
): Promise<Exported> {
  const auditor = operatorAt(office);
  try {
    return await exportLog(auditor, into);
  } finally {
    auditor.close();
  }
}
