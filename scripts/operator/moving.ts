import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import { day } from './options.js';
import { AcceptCodeChangeRequest, AcceptMoveIn, AcceptMoveOut } from './procedures.js';
import { receiptText } from './receipt.js';
import { notifier, type Visitor } from './visitor.js';

interface MoveOut extends Visitor {
  at: string;
  codes: string[];
  to?: string;
  destination: string;
  on: string;
  save?: string;
}

interface MoveIn extends Visitor {
  at: string;
  certificate: string;
  people: string[];
  address: string;
  on: string;
}

/** juki move-out: a move-out notification, and the certificate on paper. */
export function moveOutCommand(): Command {
  return atCounter('move-out', '転出届: people of one household move out; prints the certificate')
    .requiredOption('--codes <code...>', 'who moves')
    .option('--to <code>', 'the local government code of the destination; left out by who moves abroad')
    .requiredOption('--destination <address>', 'the address there, or the country')
    .requiredOption('--on <date>', 'planned for, YYYY-MM-DD', day)
    .option('--save <file>', 'where to keep what the symbol on the paper holds')
    .action(({ at, codes, to, destination, on, save, ...visitor }: MoveOut, command: Command) =>
      askAndPrint(command, {
        at,
        procedure: AcceptMoveOut,
        request: {
          ...{ notifier: notifier(visitor), plannedOn: on, destinationMunicipality: to, destination, movers: codes },
        },
        tell: ({ receipt }) => {
          if (save) writeFileSync(save, receipt?.certificates.map(({ payload }) => payload).join('\n') ?? '');
          return receiptText(receipt);
        },
      }),
    );
}

/** juki move-in: a move-in notification with a certificate on paper. */
export function moveInCommand(): Command {
  return atCounter('move-in', '転入届: people move in with a certificate, into a household of their own')
    .requiredOption('--certificate <file>', 'what the symbol on the paper holds')
    .requiredOption('--people <code=relationship...>', 'who comes, as 89011154698=世帯主')
    .requiredOption('--address <address>', 'where they live now')
    .requiredOption('--on <date>', 'since when, YYYY-MM-DD', day)
    .action(({ at, certificate, people, address, on, ...visitor }: MoveIn, command: Command) =>
      askAndPrint(command, {
        at,
        procedure: AcceptMoveIn,
        request: {
          ...{ notifier: notifier(visitor), movedInOn: on, address, origin: 'MUNICIPALITY' },
          certificates: readFileSync(certificate, 'utf8').split('\n').filter(Boolean),
          people: people.map((text) => {
            const [residentRecordCode, relationship] = text.split('=');
            return { residentRecordCode, relationship };
          }),
        },
        tell: ({ receipt }) => receiptText(receipt),
      }),
    );
}

/** juki change-code: another resident record code, because somebody asks for it. */
export function changeCodeCommand(): Command {
  return atCounter('change-code', '変更請求: another code for somebody; prints the notice sheet')
    .requiredOption('--code <code>', 'the current one')
    .action(({ at, code, ...visitor }: Visitor & { at: string; code: string }, command: Command) =>
      askAndPrint(command, {
        at,
        procedure: AcceptCodeChangeRequest,
        request: { notifier: notifier(visitor), residentRecordCode: code },
        tell: ({ receipt }) => receiptText(receipt),
      }),
    );
}

function atCounter(name: string, what: string): Command {
  return new Command(name)
    .description(what)
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--by <name>', 'who comes to the counter, with a passport in that name')
    .option('--born <date>', 'the birth date in it, where others here have that name', day);
}
