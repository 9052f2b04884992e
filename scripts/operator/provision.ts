import { Command, InvalidArgumentError, Option } from 'commander';
import { OCCASIONS, PROVISION_FIELDS } from '#core/domain/provision/inquiry.js';
import { askAndPrint } from './ask-and-print.js';
import { day } from './options.js';
import { AskForProvision, ListPurposes } from './procedures.js';

interface Ask {
  at: string;
  purposeId: string;
  occasion: string;
  fields: string[];
  code?: string;
  name?: string;
  born?: string;
  sex?: string;
  address?: string;
  prefecture?: string;
}

/** juki provision: the network is asked instead of the citizen (本人確認情報の提供). */
export function provisionCommand(): Command {
  return new Command('provision')
    .description('本人確認情報の提供: the network is asked instead of the citizen')
    .addCommand(askCommand())
    .addCommand(purposesCommand());
}

function askCommand(): Command {
  return new Command('ask')
    .description('about one person, by the code or by all four items; beside a code, items are what is known')
    .requiredOption('--at <office>', 'the municipality or prefecture that asks')
    .requiredOption('--purpose-id <id>', 'the entry of the tables that is cited: TABLE_2_ITEM_4')
    .addOption(new Option('--occasion <occasion>', 'what is done').choices(OCCASIONS).makeOptionMandatory())
    .requiredOption('--fields <fields>', `joined by commas: ${PROVISION_FIELDS.join(', ')}`, fieldsIn)
    .option('--code <code>', 'resident record code')
    .option('--name <name>', 'name')
    .option('--born <date>', 'birth date, YYYY-MM-DD', day)
    .addOption(new Option('--sex <sex>', 'sex').choices(['MALE', 'FEMALE']))
    .option('--address <address>', 'address')
    .option('--prefecture <code>', 'whose people are asked about, for tables 3 and 4: 140007')
    .action((options: Ask, command: Command) =>
      askAndPrint(command, { at: options.at, procedure: AskForProvision, request: requestOf(options) }),
    );
}

function purposesCommand(): Command {
  return new Command('purposes')
    .description('what the office may cite today')
    .requiredOption('--at <office>', 'the municipality or prefecture')
    .action(({ at }: { at: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ListPurposes, request: {} },
        tell: ({ purposes }) => purposes.map(({ id, law }) => `${id}  ${law}`).join('\n') || 'none',
      }),
    );
}

function requestOf({ purposeId, occasion, fields, code, name, born, sex, address, prefecture }: Ask): object {
  const items = { name, birthDate: born, sex, address };
  const isKnown = Object.values(items).some((item) => item !== undefined);
  const byCode = { residentRecordCode: code, ...(isKnown && { known: items }) };
  const person = code === undefined ? { fourItems: items } : byCode;
  return { inquiry: { statutoryPurpose: purposeId, occasion, fields }, person, prefecture };
}

function fieldsIn(text: string): string[] {
  const fields = text.split(',');
  const unknown = fields.find((field) => !PROVISION_FIELDS.some((known) => known === field));
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is no field`);
  return fields;
}
