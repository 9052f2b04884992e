import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { type ChangeOfAddress, decideChangeOfAddress } from '../domain/acts/change-of-address.js';
import type { Receipt } from '../domain/register/receipt.js';
import { householdJoined, householdLeft, presentCodes } from './households-touched.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import { performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar } from './registrar.js';
import type { CardDesk } from './trust-card.js';

/**
 * Takes a change-of-address notification (転居届, Article 23).
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOT_FOUND, RECORD_DELETED, NOT_SAME_HOUSEHOLD, NOTIFIER_NOT_ENTITLED, or
 * as `decideChangeOfAddress`
 */
export async function acceptChangeOfAddress(
  counter: Registrar & CardDesk,
  change: ChangeOfAddress,
  exchange: Exchange,
): Promise<Receipt> {
  exchange.purpose = 'CHANGE_OF_ADDRESS';
  for (const code of change.movers) exchange.concerns.add(code);
  const identified = await identifyNotifier(counter, change.notifier, exchange);
  const performed = await performAct(counter, exchange, async (trx) => {
    const { people: movers, relationships } = await presentCodes(trx, change.movers, change.relationships);
    const { left, concerned } = await householdLeft(trx, movers);
    const joined = await householdJoined(trx, change.joinHouseholdOf);
    const notifier = await standingAtCounter(trx, identified, concerned, left.members);
    const departure = { left, joined, today: today(counter.clock), newId: counter.newId };
    return { decision: decideChangeOfAddress({ ...change, movers, relationships }, departure), notifier };
  });
  return receiptOf(performed, counter);
}
