import { Command, InvalidArgumentError } from 'commander';
import type { Batch__Output } from '#core/wire/generated/juki/provision/v1/Batch.js';
import { askAndPrint } from './ask-and-print.js';
import { ApproveBatch, ListBatches, StopBatch } from './procedures.js';

/** juki batch: which batches of agencies may be answered (一括提供). */
export function batchCommand(): Command {
  return new Command('batch')
    .description('一括提供: which batches of agencies may be answered')
    .addCommand(listCommand())
    .addCommand(approveCommand())
    .addCommand(stopCommand());
}

function listCommand(): Command {
  return atCentre('list', 'those that are not complete or stopped, the oldest first').action(
    ({ at }: { at: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ListBatches, request: {} },
        tell: ({ batches }) => batches.map(batchText).join('\n') || 'none',
      }),
  );
}

function approveCommand(): Command {
  return ofBatch('approve', 'a batch, or lets one that was halted go on')
    .option('--most-not-found <number>', 'so many may not be found before it is halted', wholeNumber)
    .action(({ at, id, mostNotFound }: { at: string; id: string; mostNotFound?: number }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ApproveBatch, request: { batchId: id, mostNotFound } },
        tell: ({ batch }) => (batch ? batchText(batch) : ''),
      }),
    );
}

function stopCommand(): Command {
  return ofBatch('stop', 'a batch, for good').action(({ at, id }: { at: string; id: string }, command: Command) =>
    askAndPrint(command, {
      ...{ at, procedure: StopBatch, request: { batchId: id } },
      tell: ({ batch }) => (batch ? batchText(batch) : ''),
    }),
  );
}

function batchText({
  batchId,
  agency,
  state,
  inquiry,
  people,
  answered,
  notFound,
  mostNotFound,
}: Batch__Output): string {
  const progress = `${answered} of ${people} answered, ${notFound} of at most ${mostNotFound} not found`;
  return `${batchId}  ${agency}  ${inquiry?.statutoryPurpose}  ${state.replace('BATCH_STATE_', '')}  ${progress}`;
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new InvalidArgumentError('not a whole number');
  return Number(text);
}

function ofBatch(name: string, what: string): Command {
  return atCentre(name, what).requiredOption('--id <uuid>', 'which');
}

function atCentre(name: string, what: string): Command {
  return new Command(name).description(what).requiredOption('--at <office>', 'the national centre');
}
