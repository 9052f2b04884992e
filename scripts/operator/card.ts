import { Command, Option } from 'commander';
import { CARD_KINDS } from '#core/domain/card-status.js';
import type { Card__Output } from '#core/wire/generated/juki/card/v1/Card.js';
import type { Asked } from '#core/wire/procedure.js';
import { askAndPrint } from './ask-and-print.js';
import { cardText } from './card-text.js';
import { day } from './options.js';
import {
  ChangeCardPin,
  ContinueCard,
  DestroyCard,
  IssueCard,
  ListCards,
  OrderCardReturn,
  ReportCardFound,
  ReportCardLoss,
  ReturnCard,
  UnlockCard,
  VerifyCard,
} from './procedures.js';
import { notifier, type Visitor } from './visitor.js';

interface Shown {
  at: string;
  card: string;
  pin: string;
}

/** What most of it comes to. */
interface Carded {
  card: Card__Output | null;
}
const tell = ({ card }: Carded) => cardText(card);

/** juki card: residents' juki cards and individual number cards. */
export function cardCommand(): Command {
  return new Command('card')
    .description('residents’ juki cards and individual number cards, at the counter')
    .addCommand(issueCommand())
    .addCommand(verifyCommand())
    .addCommand(pinCommand())
    .addCommand(unlockCommand())
    .addCommand(lossCommand())
    .addCommand(foundCommand())
    .addCommand(onCard('return', 'takes a card back', ReturnCard))
    .addCommand(onCard('order-return', 'orders a card back, which is not good from now on', OrderCardReturn))
    .addCommand(onCard('destroy', 'a card that was taken back has been destroyed', DestroyCard))
    .addCommand(continueCommand())
    .addCommand(listCommand());
}

interface Issue extends Visitor {
  at: string;
  code: string;
  kind: string;
  newPin: string;
  handBack?: string;
  reissue: boolean;
}

function issueCommand(): Command {
  const kind = new Option('--kind <kind>', 'which').choices(CARD_KINDS).default('INDIVIDUAL_NUMBER_CARD');
  return byVisitor('issue', 'a card for somebody who has none that is good')
    .requiredOption('--code <code>', 'whose')
    .addOption(kind)
    .requiredOption('--new-pin <digits>', 'the PIN that the holder keys in')
    .option('--hand-back <number>', 'a juki card, for an individual number card')
    .option('--reissue', 'in the place of one that is lost or damaged', false)
    .action(({ at, code, kind: wanted, newPin, handBack, reissue, ...visitor }: Issue, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: IssueCard, tell },
        request: {
          ...{ notifier: notifier(visitor), residentRecordCode: code, kind: wanted, pin: newPin },
          ...{ handedBack: handBack, reissue },
        },
      }),
    );
}

function verifyCommand(): Command {
  return inReader('verify', 'whose card it is; it is good today, wherever it is kept').action(
    ({ at, card: cardNumber, pin }: Shown, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: VerifyCard, request: { card: { cardNumber, pin } } },
        tell: ({ name, residentRecordCode, municipality }) =>
          `good: ${name}, ${residentRecordCode}, kept by ${municipality}`,
      }),
  );
}

function pinCommand(): Command {
  return inReader('pin', 'another PIN, for whoever knows the present one')
    .requiredOption('--new-pin <digits>', 'the next one')
    .action(({ at, card: cardNumber, pin, newPin }: Shown & { newPin: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ChangeCardPin, request: { card: { cardNumber, pin }, newPin } },
        tell: () => 'changed',
      }),
    );
}

function unlockCommand(): Command {
  return byVisitor('unlock', 'a card that three wrong PINs have locked, where it is kept')
    .requiredOption('--card <number>', 'which')
    .requiredOption('--new-pin <digits>', 'the PIN that the holder keys in')
    .action(
      ({ at, card, newPin, ...visitor }: Visitor & { at: string; card: string; newPin: string }, command: Command) =>
        askAndPrint(command, {
          ...{ at, procedure: UnlockCard, request: { notifier: notifier(visitor), cardNumber: card, newPin } },
          tell: () => 'unlocked',
        }),
    );
}

function lossCommand(): Command {
  return byVisitor('loss', 'somebody has lost their card: it is suspended')
    .requiredOption('--code <code>', 'whose')
    .action(({ at, code, ...visitor }: Visitor & { at: string; code: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ReportCardLoss, tell },
        request: { notifier: notifier(visitor), residentRecordCode: code },
      }),
    );
}

function foundCommand(): Command {
  return byVisitor('found', 'a card that was lost is found, and good again')
    .requiredOption('--card <number>', 'which')
    .action(({ at, card, ...visitor }: Visitor & { at: string; card: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ReportCardFound, tell },
        request: { notifier: notifier(visitor), cardNumber: card },
      }),
    );
}

function continueCommand(): Command {
  return inReader('continue', '継続利用: the card of somebody who moved in goes on').action(
    ({ at, card: cardNumber, pin }: Shown, command: Command) =>
      askAndPrint(command, { at, procedure: ContinueCard, request: { card: { cardNumber, pin } }, tell }),
  );
}

function listCommand(): Command {
  return atOffice('list', 'the cards that somebody has or had here; the look is logged with its purpose')
    .requiredOption('--code <code>', 'whose')
    .requiredOption('--purpose <text>', 'why')
    .action(({ at, code, purpose }: { at: string; code: string; purpose: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: ListCards, request: { residentRecordCode: code, purpose } },
        tell: ({ cards }) => cards.map(cardText).join('\n\n') || 'none',
      }),
    );
}

function onCard(name: string, what: string, procedure: Asked<object, Carded>): Command {
  return atOffice(name, what)
    .requiredOption('--card <number>', 'which')
    .action(({ at, card: cardNumber }: { at: string; card: string }, command: Command) =>
      askAndPrint(command, { at, procedure, request: { cardNumber }, tell }),
    );
}

function inReader(name: string, what: string): Command {
  return atOffice(name, what)
    .requiredOption('--card <number>', 'the card in the reader')
    .requiredOption('--pin <digits>', 'the PIN that its holder keys in');
}

function byVisitor(name: string, what: string): Command {
  return atOffice(name, what)
    .requiredOption('--by <name>', 'who comes to the counter, with a passport in that name')
    .option('--born <date>', 'the birth date in it, where others here have that name', day);
}

function atOffice(name: string, what: string): Command {
  return new Command(name).description(what).requiredOption('--at <office>', 'the municipality');
}
