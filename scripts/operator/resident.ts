import { Command } from 'commander';
import { roleOf } from '#core/domain/office.js';
import { officeNamed, placeOf } from './place.js';
import { GetIdentificationInformation, GetResidentRecord } from './procedures.js';

interface Options {
  at: string;
  code: string;
  purpose: string;
}

/** juki resident: what an office holds of a person. A municipality has a record, the others identification information. */
export function residentCommand(): Command {
  return new Command('resident')
    .description('what an office holds of a person; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the office whose operator looks')
    .requiredOption('--code <code>', 'the resident record code, 11 digits')
    .requiredOption('--purpose <text>', 'why')
    .action(async ({ at, code: residentRecordCode, purpose }: Options, command: Command) => {
      const { network, json, operatorAt } = placeOf(command);
      const office = officeNamed(network, at);
      const operator = operatorAt(office);
      try {
        const request = { residentRecordCode, purpose };
        const answer =
          roleOf(office) === 'municipality'
            ? await operator.ask(GetResidentRecord, request)
            : await operator.ask(GetIdentificationInformation, request);
        console.log(JSON.stringify(answer, null, json ? 0 : 2));
      } finally {
        operator.close();
      }
    });
}
