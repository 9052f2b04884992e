import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import { CloseDiscrepancy, ListDiscrepancies } from './procedures.js';

/** juki discrepancies: what was found wrong, and has to be looked into (Article 12-5). */
export function discrepanciesCommand(): Command {
  return new Command('discrepancies')
    .description('what was found wrong, and has to be looked into')
    .addCommand(listCommand())
    .addCommand(closeCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('those that nobody has closed; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the office whose operator looks')
    .requiredOption('--purpose <text>', 'why')
    .action(({ at, purpose }: { at: string; purpose: string }, command: Command) =>
      askAndPrint(command, { at, procedure: ListDiscrepancies, request: { purpose } }),
    );
}

function closeCommand(): Command {
  return new Command('close')
    .description('one that was looked into')
    .requiredOption('--at <office>', 'the office')
    .requiredOption('--id <uuid>', 'which')
    .requiredOption('--finding <text>', 'what was found out')
    .action(({ at, id, finding }: { at: string; id: string; finding: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: CloseDiscrepancy, request: { discrepancyId: id, finding } },
        tell: () => 'closed',
      }),
    );
}
