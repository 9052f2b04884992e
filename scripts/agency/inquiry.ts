import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type Inquiry,
  OCCASIONS,
  type Occasion,
  PROVISION_FIELDS,
  type ProvisionField,
} from '#core/domain/provision/inquiry.js';

/** What is asked for and by which right, as options have it. */
export interface InquiryOptions {
  purposeId: string;
  occasion: Occasion;
  fields: ProvisionField[];
}

export function withInquiry(command: Command): Command {
  return command
    .requiredOption('--purpose-id <id>', 'the entry of the appended tables: TABLE_1_ITEM_77')
    .addOption(new Option('--occasion <occasion>', 'what it is for').choices(OCCASIONS).makeOptionMandatory())
    .requiredOption('--fields <fields>', PROVISION_FIELDS.join(','), fieldsIn);
}

export function inquiryOf({ purposeId, occasion, fields }: InquiryOptions): Inquiry {
  return { statutoryPurpose: purposeId, occasion, fields };
}

function fieldsIn(text: string): ProvisionField[] {
  return text.split(',').map((word) => {
    const field = PROVISION_FIELDS.find((one) => one === word);
    if (!field) throw new InvalidArgumentError(`not ${PROVISION_FIELDS.join(', ')}`);
    return field;
  });
}
