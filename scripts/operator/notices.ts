import { Command } from 'commander';
import { officeNamed, placeOf } from './place.js';
import { ListOfficerNotices } from './procedures.js';

interface Options {
  at: string;
  purpose: string;
}

/** juki notices: what the officers of a municipality are told. */
export function noticesCommand(): Command {
  return new Command('notices')
    .description('copies of restricted records that were asked for elsewhere; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the municipality whose operator looks')
    .requiredOption('--purpose <text>', 'why')
    .action(async ({ at, purpose }: Options, command: Command) => {
      const { network, json, operatorAt } = placeOf(command);
      const operator = operatorAt(officeNamed(network, at));
      try {
        const { notices } = await operator.ask(ListOfficerNotices, { purpose });
        console.log(JSON.stringify(notices, null, json ? 0 : 2));
      } finally {
        operator.close();
      }
    });
}
