import { Command } from 'commander';
import { roleOf } from '#core/domain/office.js';
import { askAndPrint } from './ask-and-print.js';
import { day } from './options.js';
import { officeNamed, placeOf } from './place.js';
import { GetIdentificationInformation, GetResidentRecord } from './procedures.js';

interface Options {
  at: string;
  code: string;
  purpose: string;
  asOf?: string;
}

/** juki resident: what an office holds of a person. A municipality has a record, the others identification information. */
export function residentCommand(): Command {
  return new Command('resident')
    .description('what an office holds of a person; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the office whose operator looks')
    .requiredOption('--code <code>', 'the resident record code, 11 digits')
    .requiredOption('--purpose <text>', 'why')
    .option('--as-of <date>', 'as the register stood at the end of that day, YYYY-MM-DD; at a municipality', day)
    .action(({ at, code: residentRecordCode, purpose, asOf }: Options, command: Command) => {
      const request = { residentRecordCode, purpose };
      if (roleOf(officeNamed(placeOf(command).network, at)) === 'municipality')
        return askAndPrint(command, { at, procedure: GetResidentRecord, request: { ...request, asOf } });
      return askAndPrint(command, { at, procedure: GetIdentificationInformation, request });
    });
}
