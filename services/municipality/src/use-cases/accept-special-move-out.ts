import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import { decideMoveOut } from '../domain/acts/move-out.js';
import { asOf, isKeptHere } from '../domain/cards/card.js';
import type { SpecialMoveOut } from '../domain/moves/departure.js';
import type { Receipt } from '../domain/register/receipt.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { cardsOf } from '../storage/cards.js';
import { enterDeparture, putDeparting } from '../storage/departures.js';
import { endMeasuresOfMovers } from './end-measures-of-movers.js';
import { householdLeft, presentCodes } from './households-touched.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import { type Performed, performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';
import type { CardDesk } from './trust-card.js';

/**
 * Takes the move-out notification of somebody with a card, and of who moves along (Article 24-2): no paper is made, and
 * from here on they wait for the first move-in with the card.
 *
 * @throws Refusal NOT_PARTICIPATING, OWN_MUNICIPALITY, ID_NOT_ACCEPTED and its like, NOT_FOUND, RECORD_DELETED,
 * NOT_SAME_HOUSEHOLD, NOTIFIER_NOT_ENTITLED, CARD_REQUIRED, or as `decideMoveOut`
 */
export async function acceptSpecialMoveOut(
  counter: Registrar & CardDesk,
  moveOut: SpecialMoveOut,
  exchange: Exchange,
): Promise<Receipt> {
  exchange.purpose = 'MOVE_OUT';
  for (const code of moveOut.movers) exchange.concerns.add(code);
  checkDestination(counter, moveOut);
  const identified = await identifyNotifier(counter, moveOut.notifier, exchange);
  const performed = await performAct(counter, exchange, async (trx) => {
    const { people: movers, relationships } = await presentCodes(trx, moveOut.movers, moveOut.relationships);
    const { left, concerned } = await householdLeft(trx, movers);
    const notifier = await standingAtCounter(trx, identified, concerned, left.members);
    await checkCard(counter, trx, concerned);
    return {
      decision: decideMoveOut({ ...moveOut, movers, relationships }, left),
      notifier,
      async also(within, done) {
        await endMeasuresOfMovers(within, done);
        await depart(counter, within, { moveOut, householderName: left.householderName, done });
      },
    };
  });
  return receiptOf(performed, counter);
}

/** @throws Refusal OWN_MUNICIPALITY, INVALID_REQUEST, NOT_PARTICIPATING: with a paper certificate they can move all the same */
function checkDestination({ office, network }: Registrar, { destinationMunicipality }: SpecialMoveOut): void {
  const destination = network.municipalityOf(destinationMunicipality);
  if (destination === office) throw new Refusal('OWN_MUNICIPALITY');
  if (!network.has(destination))
    throw new Refusal('INVALID_REQUEST', {
      ...{ field: 'destinationMunicipality', fault: 'is no municipality of this network' },
    });
  const outside = [office, destination].find((one) => !network.participates(one));
  if (outside) throw new Refusal('NOT_PARTICIPATING', { office: outside });
}

/** @throws Refusal CARD_REQUIRED where none of them has a card that is good, and goes on already if it came from elsewhere */
async function checkCard({ clock }: Registrar, trx: Trx, movers: ResidentRecord[]): Promise<void> {
  const cards = await cardsOf(
    trx,
    movers.map(({ recordId }) => recordId),
  );
  const isGood = (card: (typeof cards)[number]) =>
    isKeptHere(card) && card.lapsesBy === null && asOf(card, today(clock)).state === 'ACTIVE';
  if (!cards.some(isGood)) throw new Refusal('CARD_REQUIRED');
}

interface Departed {
  moveOut: SpecialMoveOut;
  householderName: string;
  done: Performed;
}

async function depart(
  { newId, clock, network }: Registrar,
  trx: Trx,
  { moveOut, householderName, done: { act, writings } }: Departed,
): Promise<void> {
  const departureId = newId();
  const at = clock.now();
  const { plannedOn, destination, channel } = moveOut;
  const destinationMunicipality = codeOf(network.municipalityOf(moveOut.destinationMunicipality));
  const departure = { departureId, actId: act.actId, plannedOn, destinationMunicipality, destination, notifiedAt: at };
  await enterDeparture(trx, departure, channel);
  const deleted = writings.map(({ record }) => record).filter(({ deletedOn }) => deletedOn !== null);
  for (const { recordId, changeVersion } of deleted)
    await putDeparting(trx, {
      ...{ departureId, recordId, householderName, state: 'OPEN', claimId: null, changedAt: at },
      // The deletion has the record's version, the entry at the destination the next one (CHAIN).
      nextVersion: changeVersion + 1,
    });
}
