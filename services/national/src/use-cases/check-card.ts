import type { Kysely } from 'kysely';
import { isAnswerOf } from '#core/cards/is-answer-of.js';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { CardAnswer } from '#core/domain/card-answer.js';
import { type CardStanding, type CardStatus, isValid, standingOn } from '#core/domain/card-status.js';
import { type Clock, today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { municipalityId, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { PROOF_WINDOW_MS } from '#core/domain/proof.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import type { Dispatch } from '#core/propagation/dispatch.js';
import { cardStatuses, lastAnswer, noteAnswers } from '#core/storage/card-statuses.js';
import { codesListedAs } from '#core/storage/discrepancies.js';
import { holdingsUnder } from '#core/storage/identity-ledger.js';
import type { CoreTables } from '#core/storage/tables.js';

interface Centre {
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  newId: () => string;
  dispatch: Pick<Dispatch, 'receive'>;
}

/** How a card stands today, and which municipality keeps it. */
export type CheckedCard = CardStanding & Pick<CardStatus, 'municipality'>;

/** So long can a question have been under way, by clocks that differ as much as they may. */
const UNDER_WAY_MS = 2 * PROOF_WINDOW_MS;

/**
 * Tells a municipality how the card in its reader stands nation-wide, once the chip itself has answered: with its key,
 * to this reader, and more often than ever before. Of a chip and its copy one falls behind; who keeps the card is told.
 * What can have been overtaken on the line is no sign of a copy, and is not trusted either.
 *
 * @throws Refusal NOT_PARTICIPATING where either municipality does not, CARD_INVALID where no such chip is known,
 * CARD_COPIED, CARD_NOT_CONFIRMED where a later answer has come a moment before
 */
export async function checkCard(
  centre: Centre,
  reader: OfficeId,
  answer: CardAnswer,
  exchange: Exchange,
): Promise<CheckedCard> {
  const { network, ledger, clock } = centre;
  if (!network.participates(reader)) throw new Refusal('NOT_PARTICIPATING', { office: reader });
  const status = (await cardStatuses(ledger, [answer.cardNumber])).get(answer.cardNumber);
  if (!status || !isAnswerOf(status, answer, reader)) throw new Refusal('CARD_INVALID');
  exchange.concerns.add(status.residentRecordCode);
  // Of a card that a municipality outside the network keeps, what became of it meanwhile is not known here.
  const keeper = municipalityId(status.municipality);
  if (!network.participates(keeper)) throw new Refusal('NOT_PARTICIPATING', { office: keeper });
  if (!(await noteAnswers(ledger, answer.cardNumber, { answers: answer.count, at: clock.now() }))) {
    if (await isOvertaken(centre, answer)) throw new Refusal('CARD_NOT_CONFIRMED');
    await tellKeeper(centre, status);
    throw new Refusal('CARD_COPIED');
  }
  return { ...(await standingAtCentre(ledger, status, today(clock))), municipality: status.municipality };
}

/** A code that has become another one is on no card that is good, whether its keeper has heard of it or not. */
async function standingAtCentre(
  ledger: Kysely<CoreTables>,
  status: CardStatus,
  day: CalendarDate,
): Promise<CardStanding> {
  const { residentRecordCode } = status;
  const holding = (await holdingsUnder(ledger, [residentRecordCode])).get(residentRecordCode);
  const standing = standingOn(status, day);
  if (!isValid(standing) || (holding?.successor ?? null) === null) return standing;
  return { state: 'INVALID', invalidBy: 'CODE_CHANGED' };
}

/** Somebody at a counter has shown the card again meanwhile. Two answers with one count are never of one chip. */
async function isOvertaken({ ledger, clock }: Centre, { cardNumber, count }: CardAnswer): Promise<boolean> {
  const last = await lastAnswer(ledger, cardNumber);
  return last !== undefined && count < last.answers && clock.now().getTime() - last.at.getTime() <= UNDER_WAY_MS;
}

/** Once, as long as nobody there has looked into it. */
async function tellKeeper({ ledger, clock, newId, dispatch }: Centre, status: CardStatus): Promise<void> {
  const { residentRecordCode, municipality } = status;
  if ((await codesListedAs(ledger, 'CARD_COPIED', [residentRecordCode])).size > 0) return;
  await dispatch.receive([
    {
      ...{ discrepancyId: newId(), municipality, residentRecordCode, changeId: null },
      ...{ what: 'CARD_COPIED', foundBy: NATIONAL_CENTRE, foundAt: clock.now() },
    },
  ]);
}
