import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { CardPress } from '../devices/card-press.js';
import { asOf, type Card, invalidated, isKeptHere, isValid, returned } from '../domain/cards/card.js';
import { checkIssued, expiryOf } from '../domain/cards/issue.js';
import type { CardIssue, CardView } from '../domain/cards/requests.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { cardsOfPeople, findCard } from '../storage/cards.js';
import { activeRecord } from '../storage/resident-register.js';
import { cardWritten } from './card-view.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import { keepCard } from './keep-card.js';
import type { Registrar, Trx } from './registrar.js';
import type { CardDesk } from './trust-card.js';

type IssuingDesk = Registrar & CardDesk & { cardPress: CardPress };

/**
 * Issues a card and sets its PIN (Article 30-44 of 2013; from 2016 by the Number Act). A person has one valid card: a
 * juki card is handed back for an individual number card, and one that is lost or damaged is not good any more.
 *
 * @throws Refusal NOT_PARTICIPATING, ID_NOT_ACCEPTED and its like, NOT_FOUND, RECORD_DELETED, NOTIFIER_NOT_ENTITLED,
 * CARD_NOT_ISSUED, CARD_HELD, or NOT_FOUND where what is handed back is no card of theirs
 */
export async function issueCard(desk: IssuingDesk, issue: CardIssue, exchange: Exchange): Promise<CardView> {
  const { office, network, ledger, clock, cardPress } = desk;
  exchange.purpose = 'CARD_ISSUE';
  exchange.concerns.add(issue.residentRecordCode);
  if (!network.participates(office)) throw new Refusal('NOT_PARTICIPATING', { office });
  const identified = await identifyNotifier(desk, issue.notifier, exchange);
  let made: string | undefined;
  try {
    const view = await ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      const record = await activeRecord(trx, issue.residentRecordCode);
      await standingAtCounter(trx, identified, [record], []);
      checkIssued(issue.kind, record, today(clock));
      await endEarlierCards(desk, trx, record, issue, exchange.operator);
      const cardNumber = await newNumber(desk, trx);
      const card = make(desk, record, { ...issue, cardNumber });
      made = cardNumber;
      return cardWritten(desk, trx, await keepCard(desk, trx, card, exchange.operator), exchange, 'card/ISSUE');
    });
    desk.dispatch.wake();
    return view;
  } catch (error) {
    if (made !== undefined) cardPress.shred(made);
    throw error;
  }
}

/** @throws Refusal CARD_HELD, NOT_FOUND where what is handed back is no card of theirs that is kept here */
async function endEarlierCards(
  desk: IssuingDesk,
  trx: Trx,
  { recordId, residentRecordCode }: ResidentRecord,
  issue: CardIssue,
  operator: string,
): Promise<void> {
  const day = today(desk.clock);
  const theirs = await cardsOfPeople(trx, { recordIds: [recordId], codes: [residentRecordCode] });
  const cards = theirs.filter(isKeptHere).map((card) => asOf(card, day));
  const handedBack = cards.find(({ cardNumber }) => cardNumber === issue.handedBack);
  if (issue.handedBack !== undefined && !handedBack) throw new Refusal('NOT_FOUND', { field: 'handedBack' });
  for (const held of cards.filter(isValid)) await keepCard(desk, trx, ended(held, issue), operator);
  // One that was not good any more is taken back all the same.
  if (handedBack?.state === 'INVALID') await keepCard(desk, trx, returned(handedBack), operator);
}

/** @throws Refusal CARD_HELD */
function ended(held: Card, { kind, handedBack, reissue }: CardIssue): Card {
  const isExchanged = kind === 'INDIVIDUAL_NUMBER_CARD' && held.kind === 'JUKI_CARD';
  if (isExchanged && handedBack === held.cardNumber) return returned(held);
  if (reissue && handedBack === undefined && (!isExchanged || held.state === 'SUSPENDED'))
    return invalidated(held, 'REISSUED');
  throw new Refusal('CARD_HELD', isExchanged ? { field: 'handedBack', fault: 'is to be handed back' } : {});
}

/** A number stands for one chip for ever. */
async function newNumber({ cardPress, randomBytes }: IssuingDesk, trx: Trx): Promise<string> {
  for (;;) {
    const cardNumber = `JC${String(randomBytes(6).readUIntBE(0, 6) % 10 ** 10).padStart(10, '0')}`;
    if (!cardPress.isTaken(cardNumber) && !(await findCard(trx, cardNumber))) return cardNumber;
  }
}

function make(
  { cardPress, randomBytes, clock }: IssuingDesk,
  record: ResidentRecord,
  { cardNumber, kind, pin }: Pick<CardIssue, 'kind' | 'pin'> & { cardNumber: string },
): Card {
  const { recordId, residentRecordCode, name } = record;
  const day = today(clock);
  const managementKey = randomBytes(32).toString('hex');
  const expiresOn = expiryOf(kind, record, day);
  const publicKey = cardPress.make({ cardNumber, kind, name, residentRecordCode, expiresOn, pin, managementKey });
  return {
    ...{ cardNumber, kind, recordId, residentRecordCode, issuedOn: day, expiresOn, publicKey, managementKey },
    ...{ state: 'ACTIVE', invalidBy: null, lapsesAfter: null, lapsesBy: null, version: 0, answers: 0, movedTo: null },
  };
}
