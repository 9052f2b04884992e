import { Command } from 'commander';
import { Refusal } from '#core/domain/refusal.js';
import { officeNamed, placeOf } from './place.js';
import { CheckHealth } from './procedures.js';

/** juki health: whether offices answer. Exit code 1 where one does not. */
export function healthCommand(): Command {
  return new Command('health')
    .description('whether offices answer')
    .argument('[office...]', 'by code or name; all of them by default')
    .action(async (named: string[], _options, command: Command) => {
      const { network, json, operatorAt } = placeOf(command);
      const all = network.offices.map((entry) => entry.office);
      const offices = named.length > 0 ? named.map((name) => officeNamed(network, name)) : all;
      const rows = await Promise.all(
        offices.map(async (office) => {
          const operator = operatorAt(office);
          const status = await operator.ask(CheckHealth, {}).then((answer) => answer.status, reasonOf);
          operator.close();
          return { office, status };
        }),
      );
      console.log(json ? JSON.stringify(rows) : rows.map((row) => `${row.office.padEnd(20)} ${row.status}`).join('\n'));
      if (rows.some((row) => row.status !== 'SERVING')) process.exitCode = 1;
    });
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.reason;
  throw error;
}
