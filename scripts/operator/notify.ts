import { Argument, Command } from 'commander';
import type { Receipt__Output } from '#core/wire/generated/juki/register/v1/Receipt.js';
import type { SentNotice__Output } from '#core/wire/generated/juki/register/v1/SentNotice.js';
import type { Asked } from '#core/wire/procedure.js';
import { askAndPrint } from './ask-and-print.js';
import { jsonIn } from './options.js';
import {
  AcceptBirthReport,
  AcceptChangeOfAddress,
  AcceptCodeChangeRequest,
  AcceptDeathReport,
  AcceptHouseholdChange,
  AcceptMoveIn,
  AcceptMoveOut,
  CancelMoveOut,
} from './procedures.js';
import { receiptText } from './receipt.js';

/** By the names that their HTTP routes have. */
const NOTIFICATIONS = {
  'move-in': AcceptMoveIn,
  'change-of-address': AcceptChangeOfAddress,
  'move-out': AcceptMoveOut,
  'move-out-cancellation': CancelMoveOut,
  'household-change': AcceptHouseholdChange,
  'code-change': AcceptCodeChangeRequest,
  birth: AcceptBirthReport,
  death: AcceptDeathReport,
};

/** juki notify: any notification, as the JSON that its HTTP route takes. */
export function notifyCommand(): Command {
  return new Command('notify')
    .description('take a notification at the counter, as the JSON that POST /notifications/<what> takes')
    .addArgument(new Argument('<what>').choices(Object.keys(NOTIFICATIONS)))
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--file <json>', 'the notification; - for standard input')
    .action((what: keyof typeof NOTIFICATIONS, { at, file }: { at: string; file: string }, command: Command) => {
      const procedure: Asked<object, Taken> = NOTIFICATIONS[what];
      return askAndPrint(command, { at, procedure, request: jsonIn(file), tell: takenText });
    });
}

/** What every notification comes to: a receipt, or a notice to another municipality. */
interface Taken {
  receipt: Receipt__Output | null;
  notice?: SentNotice__Output | null;
}

function takenText({ receipt, notice }: Taken): string {
  return notice ? `notice to the home municipality: ${notice.outcome}` : receiptText(receipt);
}
