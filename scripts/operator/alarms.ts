import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import { CloseAlarm, ListAlarms } from './procedures.js';

/** juki alarms: what looks like misuse. */
export function alarmsCommand(): Command {
  return new Command('alarms')
    .description('what looks like misuse by operators of the office')
    .addCommand(listCommand())
    .addCommand(closeCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('those that nobody has closed; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the office')
    .requiredOption('--purpose <text>', 'why')
    .action(({ at, purpose }: { at: string; purpose: string }, command: Command) =>
      askAndPrint(command, { at, procedure: ListAlarms, request: { purpose } }),
    );
}

function closeCommand(): Command {
  return new Command('close')
    .description('one that was looked into; not by whom it is about')
    .requiredOption('--at <office>', 'the office')
    .requiredOption('--id <uuid>', 'which')
    .requiredOption('--finding <text>', 'what was found out')
    .action(({ at, id, finding }: { at: string; id: string; finding: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: CloseAlarm, request: { alarmId: id, finding } },
        tell: () => 'closed',
      }),
    );
}
