import { dirname } from 'node:path';
import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import { auditExportCommand, exportOffice } from './audit-export.js';
import { CheckEntries, GetCheckpoint, ProveConsistency, ProveInclusion, SearchEntries } from './procedures.js';
import { type ExportLog, verifyCommand } from './verify-network.js';

interface Criteria {
  at: string;
  purpose: string;
  since?: string;
  until?: string;
  by?: string;
  procedure?: string;
  caller?: string;
  answering?: string;
  outcome?: string;
  event?: string;
  exchange?: string;
  statutoryPurpose?: string;
  from: string;
}

/** juki audit: the office's log, for its auditors. */
export function auditCommand(): Command {
  return new Command('audit')
    .description("an office's log, for its auditors: leaves and signatures, no residents' data")
    .addCommand(searchCommand())
    .addCommand(checkpointCommand())
    .addCommand(proveCommand())
    .addCommand(checkCommand())
    .addCommand(auditExportCommand())
    .addCommand(verifyCommand(exportInto));
}

const exportInto: ExportLog = async (place, office, folder) => {
  await exportOffice(place, office, dirname(folder));
};

function searchCommand(): Command {
  return atOffice('search', 'entries that have in common what is stated; 200 at a time')
    .requiredOption('--purpose <text>', 'why; kept in the log')
    .option('--since <time>', 'from this time on, ISO 8601', instant)
    .option('--until <time>', 'before this time', instant)
    .option('--by <operator>', 'who acted at the office that asked')
    .option('--procedure <name>', 'a method path, or an HTTP method and route')
    .option('--caller <uri>', 'juki://municipality/131041')
    .option('--answering <office>', 'the office that answered')
    .option('--outcome <reason>', 'OK, or the reason of a refusal')
    .option('--event <event>', 'ASKED, ANSWER_RECEIVED, ANSWERED or RECORDED')
    .option('--exchange <id>', 'one question and its answer')
    .option('--statutory-purpose <id>', 'of provisions: the entry of an appended table, TABLE_1_ITEM_77')
    .option('--from <position>', 'where to go on', '0')
    .action(({ at, by: operator, from: fromPosition, ...criteria }: Criteria, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: SearchEntries, request: { ...criteria, operator, fromPosition } },
        tell: ({ entries, nextPosition }) =>
          [
            ...entries.map(({ position, leaf, purpose }) => lineOf(position, leaf, purpose)),
            nextPosition === undefined ? 'the end of the log' : `goes on with --from ${nextPosition}`,
          ].join('\n'),
      }),
    );
}

function lineOf(position: string, leaf: string, purpose: string): string {
  const { at, event, procedure, caller, operator, outcome } = JSON.parse(leaf) as Record<string, string | null>;
  return [position, at, event, procedure, caller, operator ?? '-', outcome ?? '-', purpose].join('  ');
}

function checkpointCommand(): Command {
  return atOffice('checkpoint', 'what the log comes to by now: a signed note').action(
    ({ at }: { at: string }, command: Command) =>
      askAndPrint(command, { at, procedure: GetCheckpoint, request: {}, tell: ({ note }) => note.trimEnd() }),
  );
}

function proveCommand(): Command {
  return atOffice('prove', 'that an entry is in the log of a size, or that one size is the beginning of another')
    .option('--position <number>', 'which entry')
    .option('--before <size>', 'instead of an entry: the earlier size')
    .requiredOption('--size <size>', 'how many entries')
    .action(({ at, position, before, size }: Record<string, string>, command: Command) => {
      const tell = ({ hashes }: { hashes: Buffer[] }) => hashes.map((hash) => hash.toString('base64')).join('\n');
      return before === undefined
        ? askAndPrint(command, { at: at ?? '', procedure: ProveInclusion, request: { position, size }, tell })
        : askAndPrint(command, { at: at ?? '', procedure: ProveConsistency, request: { before, after: size }, tell });
    });
}

function checkCommand(): Command {
  return atOffice('check', 'has the office hold what stands beside its log against the leaves, a page at a time')
    .option('--from <position>', 'where to go on', '0')
    .action(({ at, from: fromPosition }: { at: string; from: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: CheckEntries, request: { fromPosition } },
        tell: ({ checked, nextPosition, misfit }) =>
          misfit
            ? `entry ${misfit.position} does not fit: ${misfit.what}`
            : `${checked} entries fit${nextPosition === undefined ? '' : `; goes on with --from ${nextPosition}`}`,
      }),
    );
}

function atOffice(name: string, description: string): Command {
  return new Command(name).description(description).requiredOption('--at <office>', 'the office');
}

function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new Error(`${text} is no instant`);
  return at;
}
