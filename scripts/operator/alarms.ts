import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import { CloseAlarm, GetAlarmEvidence, ListAlarms } from './procedures.js';

/** juki alarms: what looks like misuse, and logs that contradict themselves. */
export function alarmsCommand(): Command {
  return new Command('alarms')
    .description('what looks like misuse by operators of the office, and logs that contradict what was seen of them')
    .addCommand(listCommand())
    .addCommand(closeCommand())
    .addCommand(evidenceCommand());
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

function evidenceCommand(): Command {
  return new Command('evidence')
    .description('what an alarm about a log can be shown with to others; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the office')
    .requiredOption('--id <uuid>', 'which')
    .requiredOption('--purpose <text>', 'why')
    .requiredOption('--out <file>', 'where to write it')
    .action(({ at, id, purpose, out }: { at: string; id: string; purpose: string; out: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: GetAlarmEvidence, request: { alarmId: id, purpose } },
        tell: ({ evidence }) => {
          writeFileSync(out, `${evidence}\n`);
          return `written to ${out}`;
        },
      }),
    );
}
