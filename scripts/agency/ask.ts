import { Command } from 'commander';
import type { PersonAskedFor, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { PersonAskedForSchema } from '#core/domain/provision/inquiry-schema.js';
import { readBySchema } from '#core/domain/schema-fault.js';
import { type InquiryOptions, inquiryOf, withInquiry } from './inquiry.js';
import { asAgency } from './place.js';

interface Options extends InquiryOptions {
  code?: string;
  knownName?: string;
  knownBorn?: string;
  knownSex?: string;
  knownAddress?: string;
  name?: string;
  born?: string;
  sex?: string;
  address?: string;
}

/** agency ask: immediate provision. */
export function askCommand(): Command {
  return withInquiry(new Command('ask'))
    .description('have one person told, by the code or by the four items: whole values, no parts of them')
    .option('--code <code>', 'the resident record code')
    .option('--known-name <name>', 'what is known besides the code: of what is still so, the answer has nothing')
    .option('--known-born <day>', 'the same')
    .option('--known-sex <sex>', 'the same')
    .option('--known-address <address>', 'the same')
    .option('--name <name>', 'without a code, all of the four')
    .option('--born <day>', 'YYYY-MM-DD')
    .option('--sex <sex>', 'MALE or FEMALE')
    .option('--address <address>', 'in any spelling')
    .action((options: Options, command: Command) =>
      asAgency(command, options.purposeId, async (agency, json) => {
        const answer = await agency.provide(inquiryOf(options), personOf(options));
        console.log(json ? JSON.stringify(answer) : answerText(answer));
      }),
    );
}

function personOf(options: Options): PersonAskedFor {
  const { code: residentRecordCode, name, born: birthDate, sex, address } = options;
  const { knownName, knownBorn, knownSex, knownAddress } = options;
  const known = stated({ name: knownName, birthDate: knownBorn, sex: knownSex, address: knownAddress });
  const fourItems = stated({ name, birthDate, sex, address });
  return readBySchema(PersonAskedForSchema, stated({ residentRecordCode, known, fourItems }));
}

/** Without what is not there; undefined where nothing is. */
function stated(values: object): object | undefined {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function answerText(answer: ProvisionAnswer): string {
  if (!('provided' in answer)) return answer.outcome;
  const { outcome, deleted, provided } = answer;
  const { changes = [], ...fields } = provided;
  const told = Object.entries(fields).map(([field, value]) => `  ${field}: ${value}`);
  const changed = changes.map(({ reason, causeOn }) => `  ${causeOn} ${reason}`);
  return [`${outcome}${deleted ? ', the record is deleted' : ''}`, ...told, ...changed].join('\n');
}
