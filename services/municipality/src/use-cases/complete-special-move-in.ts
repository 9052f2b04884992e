import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { decideMoveIn } from '../domain/acts/move-in.js';
import type { Card } from '../domain/cards/card.js';
import type { SpecialMoveIn } from '../domain/moves/arrival.js';
import type { MovingCard } from '../domain/moves/claim.js';
import { lastDayToContinue } from '../domain/moves/deadlines.js';
import type { Decision } from '../domain/register/decision.js';
import type { Receipt } from '../domain/register/receipt.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { findArrival, putArrival } from '../storage/arrivals.js';
import { findCard } from '../storage/cards.js';
import { supersededAmong } from '../storage/codes.js';
import { knownHere } from './accept-move-in.js';
import type { BegunMoveIn } from './begin-special-move-in.js';
import { householdJoined, presentCodes } from './households-touched.js';
import { keepCard } from './keep-card.js';
import { performAct } from './perform-act.js';
import { queueWith } from './queue-with.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * Enters the people of a special move-in (Article 24-2) with the codes that they had, takes over their cards, and has the
 * origin told (Article 9(1)): one transaction. Nobody is entered whom the origin has not frozen for this very move-in.
 *
 * @throws Refusal NOT_FOUND, MOVE_UNDER_WAY while the origin has not answered, MOVE_SETTLED once it is done or given up,
 * NOTIFIER_NOT_ENTITLED where the holder of the card does not come, or as `decideMoveIn`
 */
export async function completeSpecialMoveIn(
  counter: Registrar,
  moveIn: SpecialMoveIn,
  exchange: Exchange,
): Promise<Receipt> {
  exchange.purpose = 'MOVE_IN';
  const performed = await performAct(counter, exchange, async (trx) => {
    const arrival = await claimedArrival(trx, moveIn.arrivalId);
    const { decision, entered } = await decide(counter, trx, moveIn, arrival);
    return {
      decision,
      notifier: holderOf(arrival, entered),
      async also(within) {
        for (const record of entered) await takeOverCards(counter, within, arrival, record, exchange.operator);
        await putArrival(within, { ...arrival, state: 'ENTERED', certificate: null, changedAt: counter.clock.now() });
        await queueNotice(counter, within, arrival, entered);
      },
    };
  });
  return receiptOf(performed, counter);
}

async function claimedArrival(trx: Trx, arrivalId: string): Promise<BegunMoveIn> {
  const arrival = await findArrival(trx, arrivalId);
  if (!arrival) throw new Refusal('NOT_FOUND', { field: 'arrivalId' });
  if (arrival.state === 'CLAIMING') throw new Refusal('MOVE_UNDER_WAY');
  if (arrival.state !== 'CLAIMED' || !arrival.certificate) throw new Refusal('MOVE_SETTLED');
  return { ...arrival, certificate: arrival.certificate };
}

async function decide(
  { newId, clock }: Registrar,
  trx: Trx,
  moveIn: SpecialMoveIn,
  { certificate, movedInOn, notifiedOn }: BegunMoveIn,
): Promise<{ decision: Decision; entered: ResidentRecord[] }> {
  const { address, joinHouseholdOf } = moveIn;
  const certified = certificate.people;
  const people = moveIn.people.length > 0 ? moveIn.people : certified;
  const stated = people.map(({ residentRecordCode, relationship }) => ({ residentRecordCode, relationship }));
  const codes = stated.map(({ residentRecordCode }) => residentRecordCode);
  const { relationships } = await presentCodes(trx, [], moveIn.relationships);
  const decision = decideMoveIn(
    {
      ...{ movedInOn, address, origin: 'MUNICIPALITY', certificates: [], people: stated, relationships },
      ...(joinHouseholdOf !== undefined && { joinHouseholdOf }),
    },
    {
      ...{ certified, freshCodes: [], newId, today: today(clock) },
      joined: await householdJoined(trx, joinHouseholdOf),
      known: await knownHere(trx, { people: stated }, certified),
      superseded: await supersededAmong(trx, codes),
    },
  );
  const isNew = ({ recordId }: ResidentRecord) => !decision.before.some((one) => one.recordId === recordId);
  const after = decision.after.map((record) => (isNew(record) ? { ...record, notifiedOn } : record));
  // In time by its first notification: the origin grants no other claim. An officer may have entered it later.
  return { decision: { ...decision, after, deadline: null }, entered: after.filter(isNew) };
}

/** @throws Refusal NOTIFIER_NOT_ENTITLED */
function holderOf({ residentRecordCode }: BegunMoveIn, entered: ResidentRecord[]) {
  const holder = entered.find((record) => record.residentRecordCode === residentRecordCode);
  if (!holder)
    throw new Refusal('NOTIFIER_NOT_ENTITLED', { field: 'people', fault: 'leave out the holder of the card' });
  return { name: holder.name, standing: 'PERSON_CONCERNED' as const, document: 'CARD' as const };
}

/** The card that was handed over goes on; those of others have to be handed over within 90 days (Order 30-20). */
async function takeOverCards(
  counter: Registrar,
  trx: Trx,
  { cardNumber: handedOver, notifiedOn, certificate }: BegunMoveIn,
  { recordId, residentRecordCode }: ResidentRecord,
  operator: string,
): Promise<void> {
  const theirs = certificate.people.find((one) => one.residentRecordCode === residentRecordCode)?.cards ?? [];
  for (const card of theirs) {
    const goesOn = card.cardNumber === handedOver;
    const lapse = { lapsesAfter: lastDayToContinue(notifiedOn), lapsesBy: 'NOT_CONTINUED' as const };
    const kept = { ...cardOf(card), recordId, residentRecordCode, answers: await answersOf(trx, card) };
    await keepCard(counter, trx, { ...kept, ...(!goesOn && lapse) }, operator);
  }
}

function cardOf(card: MovingCard): Omit<Card, 'recordId' | 'residentRecordCode' | 'answers'> {
  return { ...card, invalidBy: null, lapsesAfter: null, lapsesBy: null, movedTo: null };
}

/** A card can have been kept here before. */
async function answersOf(trx: Trx, { cardNumber }: MovingCard): Promise<number> {
  return (await findCard(trx, cardNumber))?.answers ?? 0;
}

async function queueNotice(
  counter: Registrar,
  trx: Trx,
  { arrivalId, origin, residentRecordCode, movedInOn }: BegunMoveIn,
  entered: ResidentRecord[],
): Promise<void> {
  const residentRecordCodes = entered.map((record) => record.residentRecordCode);
  const notice = { claimId: arrivalId, movedInOn, residentRecordCode, residentRecordCodes };
  await queueWith(counter, trx, { destination: origin, kind: 'MOVE_IN_NOTICE' }, [notice]);
}
