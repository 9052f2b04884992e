import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { openPeopleFile } from '#agency/storage/people-file.js';
import { runBatch } from '#agency/use-cases/run-batch.js';
import { day } from '../operator/options.js';
import { type InquiryOptions, inquiryOf, withInquiry } from './inquiry.js';
import { asAgency } from './place.js';
import { progressOver } from './progress.js';

/** agency batch: batch provision, from a file of people to a file of answers. */
export function batchCommand(): Command {
  return new Command('batch')
    .description('have a file of people told, once an officer of the centre has approved it')
    .addCommand(requestCommand())
    .addCommand(statusCommand())
    .addCommand(runCommand());
}

function requestCommand(): Command {
  return withInquiry(new Command('request'))
    .description('put a file before the officers of the centre: how many people, for what, and its digests')
    .requiredOption('--in <file>', 'a person a line, as JSON')
    .option('--changes-since <day>', 'only what has changed since, as the centre came to know of it', day)
    .action(async (options: InquiryOptions & { in: string; changesSince?: string }, command: Command) => {
      const { people, digests: pieces } = await openPeopleFile(options.in);
      const since = options.changesSince ?? null;
      const kind = since === null ? 'IDENTIFICATION' : 'CHANGES';
      const request = { batchId: randomUUID(), inquiry: inquiryOf(options), kind, since, people, pieces } as const;
      const { batchId } = request;
      await asAgency(command, options.purposeId, async (agency, json) => {
        const standing = await agency.requestBatch(request);
        if (json) return console.log(JSON.stringify(standing));
        console.log(`batch ${batchId}: ${people} people in ${pieces.length} pieces`);
        console.log(
          `an officer of the centre has to approve it: npm run juki -- batch approve --at national --id ${batchId}`,
        );
      });
    });
}

function statusCommand(): Command {
  return new Command('status')
    .description('how far a batch is')
    .requiredOption('--id <id>', 'the batch')
    .action(({ id }: { id: string }, command: Command) =>
      asAgency(command, undefined, async (agency, json) => {
        const standing = await agency.batch(id);
        const { state, people, answered, acknowledged, notFound, mostNotFound } = standing;
        const misses = `${notFound} not found, of ${mostNotFound} at most`;
        const text = `${state}: ${people} people, ${answered} answered, ${acknowledged} acknowledged, ${misses}`;
        console.log(json ? JSON.stringify(standing) : text);
      }),
    );
}

function runCommand(): Command {
  return new Command('run')
    .description('have it answered; killed at any moment and started again, it goes on')
    .requiredOption('--id <id>', 'the batch')
    .requiredOption('--in <file>', 'the file that it was requested with')
    .requiredOption('--out <file>', 'an answer a line, in the order of the file; it appears once it is whole')
    .action(async ({ id: batchId, in: file, out }: { id: string; in: string; out: string }, command: Command) => {
      const people = await openPeopleFile(file);
      await asAgency(command, undefined, async (agency) => {
        const progress = progressOver(people.people);
        try {
          await runBatch(agency, { batchId, people, out, onProgress: progress.show });
        } finally {
          progress.stop();
        }
        console.log(`${people.people} answers in ${out}`);
      });
    });
}
