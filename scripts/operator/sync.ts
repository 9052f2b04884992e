import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import { CheckConsistency, GetSyncStatus } from './procedures.js';

/** juki sync: how far an office and the levels above it agree. */
export function syncCommand(): Command {
  return new Command('sync')
    .description('how far an office and the levels above it agree')
    .addCommand(statusCommand())
    .addCommand(checkCommand('check', 'hold the ledger of a municipality against those above it', false))
    .addCommand(checkCommand('repair', 'the same; restate there what differs, and take back here what was lost', true));
}

function statusCommand(): Command {
  return new Command('status')
    .description('what waits to go up, since when, what the last checks found, who is outside')
    .requiredOption('--at <office>', 'the office')
    .action(({ at }: { at: string }, command: Command) =>
      askAndPrint(command, { at, procedure: GetSyncStatus, request: {} }),
    );
}

function checkCommand(name: string, what: string, repair: boolean): Command {
  return new Command(name)
    .description(what)
    .requiredOption('--at <office>', 'the municipality')
    .action(({ at }: { at: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: CheckConsistency, request: { repair } },
        tell: ({ checks }) =>
          checks
            .map(
              ({ above, differing, repaired, recovered }) =>
                `${above}: ${differing} differ, ${repaired} repaired there, ${recovered} recovered here`,
            )
            .join('\n'),
      }),
    );
}
