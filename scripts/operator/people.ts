import Table from 'cli-table3';
import { Command } from 'commander';
import { codeOf } from '#core/domain/office.js';
import { residentsOf } from '../network/seed-ledgers.js';
import { officeNamed, placeOf } from './place.js';

/** juki people: who lives in the demo network. From the seed, not from a node: no node tells such a thing. */
export function peopleCommand(): Command {
  return new Command('people')
    .description('the made-up people of a municipality, with what they carry, for trying things out')
    .requiredOption('--of <office>', 'the municipality')
    .action(({ of }: { of: string }, command: Command) => {
      const { network, json } = placeOf(command);
      const code = codeOf(officeNamed(network, of));
      const town = residentsOf(network).find(({ municipality }) => municipality === code);
      if (!town) throw new Error(`${of} is no municipality`);
      if (json) return console.log(JSON.stringify(town));
      const style = { head: [], border: [] };
      const table = new Table({ style, head: ['name', 'born', 'sex', 'code', 'household', 'card', 'PIN', 'note'] });
      for (const record of town.records) {
        const card = town.cards.find((held) => held.residentRecordCode === record.residentRecordCode);
        const restriction = town.restrictions.find(({ recordId }) => recordId === record.recordId);
        const note = record.deletionReason ?? restriction?.kind ?? '';
        const { name, birthDate, sex, residentRecordCode, householdId } = record;
        table.push([
          name,
          birthDate,
          sex,
          residentRecordCode,
          householdId,
          card?.cardNumber ?? '',
          card?.pin ?? '',
          note,
        ]);
      }
      return console.log(table.toString());
    });
}
