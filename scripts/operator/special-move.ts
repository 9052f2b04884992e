import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { BeginSpecialMoveInResponse__Output } from '#core/wire/generated/juki/transfer/v1/BeginSpecialMoveInResponse.js';
import { askAndPrint } from './ask-and-print.js';
import { day } from './options.js';
import {
  AcceptSpecialMoveOut,
  BeginSpecialMoveIn,
  CompleteSpecialMoveIn,
  IssueCertificateInstead,
  ListMoves,
  ListSettledMoveOuts,
  ReleaseSpecialMoveIn,
} from './procedures.js';
import { receiptText } from './receipt.js';

/** Whoever comes shows a passport in the name that is stated. */
const PASSPORT = { kind: 'PASSPORT', expiresOn: '2099-12-31' };

interface Out {
  at: string;
  by: string;
  born?: string;
  codes: string[];
  to: string;
  destination: string;
  on: string;
  post: boolean;
}

interface Enter {
  at: string;
  arrival: string;
  address: string;
  people: string[];
  join?: string;
}

/** juki special-move: people who move with a card in the place of a paper (Article 24-2). */
export function specialMoveCommand(): Command {
  return new Command('special-move')
    .description('転入届の特例: people move with a card in the place of a paper')
    .addCommand(outCommand())
    .addCommand(beginCommand())
    .addCommand(enterCommand())
    .addCommand(releaseCommand())
    .addCommand(paperCommand())
    .addCommand(listCommand())
    .addCommand(settledCommand());
}

function outCommand(): Command {
  return at('out', '転出届 at the origin: one of those who move has a card')
    .requiredOption('--by <name>', 'who notifies, with a passport in that name')
    .option('--born <date>', 'the birth date in it, where others here have that name', day)
    .requiredOption('--codes <code...>', 'who moves')
    .requiredOption('--to <code>', 'the local government code of the destination')
    .requiredOption('--destination <address>', 'the address there')
    .requiredOption('--on <date>', 'planned for, YYYY-MM-DD', day)
    .option('--post', 'by post, with a copy of the passport', false)
    .action(({ at: office, by: name, born: birthDate, codes, to, destination, on, post }: Out, command: Command) =>
      askAndPrint(command, {
        ...{ at: office, procedure: AcceptSpecialMoveOut },
        request: {
          notifier: { photoId: { ...PASSPORT, name, birthDate } },
          ...{ channel: post ? 'POST' : 'COUNTER', plannedOn: on },
          ...{ destinationMunicipality: to, destination, movers: codes },
        },
        tell: ({ receipt }) => receiptText(receipt),
      }),
    );
}

function beginCommand(): Command {
  return at('begin', '最初の転入届 at the destination: the card is handed over, and the origin asked')
    .requiredOption('--card <number>', 'the card in the reader')
    .requiredOption('--pin <pin>', 'what its holder keys in')
    .requiredOption('--on <date>', 'since when they live here, YYYY-MM-DD', day)
    .action(({ at: office, card, pin, on }: { at: string; card: string; pin: string; on: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at: office, procedure: BeginSpecialMoveIn },
        request: { card: { cardNumber: card, pin }, movedInOn: on },
        tell: begunText,
      }),
    );
}

function enterCommand(): Command {
  return at('enter', '転入届 at the destination: the people of a special move-in that has begun')
    .requiredOption('--arrival <id>', 'which, as begin names it')
    .requiredOption('--address <address>', 'where they live now')
    .option('--people <code=relationship...>', 'who comes; all, with the relationships that they had, if left out', [])
    .option('--join <code>', 'a member of the household that they join')
    .action(({ at: office, arrival: arrivalId, address, people, join }: Enter, command: Command) =>
      askAndPrint(command, {
        ...{ at: office, procedure: CompleteSpecialMoveIn },
        request: {
          ...{ arrivalId, address, joinHouseholdOf: join },
          people: people.map((text) => {
            const [residentRecordCode, relationship] = text.split('=');
            return { residentRecordCode, relationship };
          }),
        },
        tell: ({ receipt }) => receiptText(receipt),
      }),
    );
}

function releaseCommand(): Command {
  return at('release', 'a special move-in that has begun is given up')
    .requiredOption('--arrival <id>', 'which')
    .action(({ at: office, arrival: arrivalId }: { at: string; arrival: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at: office, procedure: ReleaseSpecialMoveIn, request: { arrivalId } },
        tell: () => 'given up; the origin is told',
      }),
    );
}

function paperCommand(): Command {
  return at('paper', 'the paper certificate after all, at the origin; the card does not move them any more')
    .requiredOption('--code <code>', 'one of those who moved out together')
    .requiredOption('--purpose <text>', 'why')
    .option('--save <file>', 'where to keep what the symbol on the paper holds')
    .action(
      (
        { at: office, code, purpose, save }: { at: string; code: string; purpose: string; save?: string },
        command: Command,
      ) =>
        askAndPrint(command, {
          ...{ at: office, procedure: IssueCertificateInstead, request: { residentRecordCode: code, purpose } },
          tell({ certificates }) {
            if (save) writeFileSync(save, certificates.map(({ payload }) => payload).join('\n'));
            return certificates.map(({ paper, payload }) => `${paper}\n${payload}`).join('\n');
          },
        }),
    );
}

function listCommand(): Command {
  return at('list', 'what is under way at this end: its next step, since when, and why it is stuck')
    .requiredOption('--purpose <text>', 'why')
    .action(({ at: office, purpose }: { at: string; purpose: string }, command: Command) =>
      askAndPrint(command, { at: office, procedure: ListMoves, request: { purpose } }),
    );
}

function settledCommand(): Command {
  return at('settled', '転出確定通知: which move-outs of somebody are settled, at the prefecture')
    .requiredOption('--code <code>', 'whose')
    .requiredOption('--purpose <text>', 'why')
    .action(({ at: office, code, purpose }: { at: string; code: string; purpose: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at: office, procedure: ListSettledMoveOuts, request: { residentRecordCode: code, purpose } },
      }),
    );
}

function at(name: string, what: string): Command {
  return new Command(name).description(what).requiredOption('--at <office>', 'the office');
}

function begunText({ arrivalId, origin, people }: BeginSpecialMoveInResponse__Output): string {
  return [
    `begun: arrival ${arrivalId}, from ${origin}`,
    ...people.map(({ residentRecordCode, relationship, name }) => `  ${residentRecordCode}  ${relationship}  ${name}`),
  ].join('\n');
}
