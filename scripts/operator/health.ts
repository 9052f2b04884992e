import { Command } from 'commander';
import { Refusal } from '#core/domain/refusal.js';
import { OPERATOR } from '../certificates/demo-operators.js';
import { askHealth, linesOf, type ToldHealth } from './ask-health.js';
import { officeNamed, placeOf } from './place.js';
import { CheckHealth } from './procedures.js';

/** juki health: whether offices answer, and which directory they hold. Exit code 1 where one does not. */
export function healthCommand(): Command {
  return new Command('health')
    .description('whether offices answer, and which directory they hold')
    .argument('[office...]', 'by code or name; all of them by default')
    .action(async (named: string[], _options, command: Command) => {
      const { network, json, operatorNamed } = placeOf(command);
      const atHosts = process.env['JUKI_PEERS'] === 'HOSTS';
      const all = network.offices.map((entry) => entry.office);
      const offices = named.length > 0 ? named.map((name) => officeNamed(network, name)) : all;
      const rows = await Promise.all(
        offices.map(async (office) => {
          const operator = operatorNamed(office, OPERATOR);
          const status = await operator.ask(CheckHealth, {}).then((answer) => answer.status, reasonOf);
          operator.close();
          const { credentials } = operator;
          const told = status === 'SERVING' ? await askHealth({ credentials, network, atHosts }, office) : undefined;
          return { office, status, ...(told && { directory: told.directory, warnings: told.warnings }) };
        }),
      );
      console.log(json ? JSON.stringify(rows) : rows.map(textOf).join('\n'));
      if (rows.some((row) => row.status !== 'SERVING')) process.exitCode = 1;
    });
}

function textOf({ office, status, ...told }: { office: string; status: string } & Partial<ToldHealth>): string {
  const { directory, warnings = [] } = told;
  const [first = '', ...more] = directory ? linesOf({ directory, warnings }) : [];
  return [`${office.padEnd(20)} ${status.padEnd(8)} ${first}`.trimEnd(), ...more.map((line) => `  ${line}`)].join('\n');
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.reason;
  throw error;
}
