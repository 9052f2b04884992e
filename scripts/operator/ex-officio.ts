import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import { jsonIn } from './options.js';
import { ApproveDraft, DraftExOfficioAct, ListDrafts, WithdrawDraft } from './procedures.js';
import { receiptText } from './receipt.js';

interface DraftOption {
  at: string;
  draft: string;
}

/** juki ex-officio: acts that one person drafts and another one approves. */
export function exOfficioCommand(): Command {
  return new Command('ex-officio')
    .description('職権: one person drafts, a second one approves (--operator operator-2)')
    .addCommand(draftCommand())
    .addCommand(listCommand())
    .addCommand(approveCommand())
    .addCommand(withdrawCommand());
}

function draftCommand(): Command {
  return new Command('draft')
    .description('draft an act, as the JSON that POST /ex-officio-drafts takes; it changes nothing')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--file <json>', 'the act and its grounds; - for standard input')
    .action(({ at, file }: { at: string; file: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: DraftExOfficioAct, request: jsonIn(file) },
        tell: ({ draftId }) => `draft ${draftId}`,
      }),
    );
}

function listCommand(): Command {
  return new Command('list')
    .description('what waits for a second person; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--purpose <text>', 'why')
    .action(({ at, purpose }: { at: string; purpose: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ListDrafts, request: { purpose } },
      }),
    );
}

function approveCommand(): Command {
  return new Command('approve')
    .description('do what a draft says, as a second person')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--draft <id>', 'the draft')
    .action(({ at, draft: draftId }: DraftOption, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ApproveDraft, request: { draftId } },
        tell: ({ receipt }) => receiptText(receipt),
      }),
    );
}

function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('withdraw a draft')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--draft <id>', 'the draft')
    .action(({ at, draft: draftId }: DraftOption, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: WithdrawDraft, request: { draftId } },
        tell: () => 'withdrawn',
      }),
    );
}
