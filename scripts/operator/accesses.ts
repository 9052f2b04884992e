import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { officeNamed, placeOf } from './place.js';
import { GetAccessReport } from './procedures.js';

interface Options {
  at: string;
  code: string;
  purpose: string;
  out?: string;
}

/** juki accesses: who had to do with a resident, for that resident. */
export function accessesCommand(): Command {
  return new Command('accesses')
    .description('who had to do with a resident who stands at the counter, from the logs of every level (開示)')
    .requiredOption('--at <municipality>', 'where the resident is registered')
    .requiredOption('--code <code>', 'resident record code')
    .requiredOption('--purpose <text>', 'why the report is made; kept in the log')
    .option('--out <file>', 'where the document goes that can be checked')
    .action(async ({ at, code: residentRecordCode, purpose, out }: Options, command: Command) => {
      const { network, json, operatorAt } = placeOf(command);
      const operator = operatorAt(officeNamed(network, at));
      try {
        const { text, document } = await operator.ask(GetAccessReport, { residentRecordCode, purpose });
        if (out !== undefined) writeFileSync(out, document, { mode: 0o600 });
        console.log(json ? document : text);
      } finally {
        operator.close();
      }
    });
}
