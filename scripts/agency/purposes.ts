import Table from 'cli-table3';
import { Command } from 'commander';
import { asAgency } from './place.js';

/** agency purposes: what an agency may cite today. */
export function purposesCommand(): Command {
  return new Command('purposes')
    .description('which purposes the agency may cite today, and what each covers')
    .action((_options, command: Command) =>
      asAgency(command, undefined, async (agency, json) => {
        const purposes = await agency.purposes();
        if (json) return console.log(JSON.stringify(purposes));
        const table = new Table({ style: { head: [], border: [] }, head: ['purpose', 'law', 'covers', 'until'] });
        for (const { id, law, fields, until } of purposes) table.push([id, law, fields.join('\n'), until ?? '']);
        return console.log(table.toString());
      }),
    );
}
