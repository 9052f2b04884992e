import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { decideHouseholdChange, type HouseholdChange } from '../domain/acts/household-change.js';
import type { Receipt } from '../domain/register/receipt.js';
import { householdJoined, householdLeft, presentCodes } from './households-touched.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import { performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar } from './registrar.js';
import type { CardDesk } from './trust-card.js';

/**
 * Takes a household-change notification (世帯変更届, Article 25).
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOT_FOUND, RECORD_DELETED, NOTIFIER_NOT_ENTITLED, or as
 * `decideHouseholdChange`
 */
export async function acceptHouseholdChange(
  counter: Registrar & CardDesk,
  change: HouseholdChange,
  exchange: Exchange,
): Promise<Receipt> {
  exchange.purpose = 'HOUSEHOLD_CHANGE';
  for (const code of [change.householdOf, ...change.leaving]) exchange.concerns.add(code);
  const identified = await identifyNotifier(counter, change.notifier, exchange);
  const performed = await performAct(counter, exchange, async (trx) => {
    const { people: leaving, relationships } = await presentCodes(trx, change.leaving, change.relationships);
    const { left } = await householdLeft(trx, [change.householdOf]);
    const joined = await householdJoined(trx, change.joinHouseholdOf);
    const notifier = await standingAtCounter(trx, identified, left.members, joined?.members ?? []);
    const departure = { left, joined, today: today(counter.clock), newId: counter.newId };
    return { decision: decideHouseholdChange({ ...change, leaving, relationships }, departure), notifier };
  });
  return receiptOf(performed, counter);
}
