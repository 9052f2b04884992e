import { z } from 'zod';
import { lastDayWithin, NOTIFICATION_DAYS } from '#core/domain/deadline.js';
import { Refusal } from '#core/domain/refusal.js';
import { Notifier } from '../counter/notifier.js';
import { Code, Day, Relationships, SomeCodes } from '../fields.js';
import type { Decision } from '../register/decision.js';
import { arrange } from '../register/household.js';
import type { ResidentRecord } from '../register/resident-record.js';
import type { Departure } from './change-of-address.js';
import { checkFollows, checkHasHappened } from './dates.js';

/** 世帯変更届, Article 25: another householder, other relationships, a household divided or joined with another. */
export const HouseholdChange = z.strictObject({
  notifier: Notifier,
  changedOn: Day,
  householdOf: Code.meta({ description: 'A member of the household that changes' }),
  leaving: SomeCodes.meta({ description: 'Members who leave it without moving' }),
  joinHouseholdOf: Code.optional().meta({ description: 'A member of the household that they join; else a new one' }),
  relationships: Relationships,
});
export type HouseholdChange = z.infer<typeof HouseholdChange>;

/**
 * Changes who heads a household, who stands how to whom, or who belongs to it. Nobody's address changes.
 *
 * @throws Refusal DATE_NOT_POSSIBLE, NO_SUCH_HOUSEHOLD, NOT_SAME_HOUSEHOLD, or what `arrange` says of the households
 */
export function decideHouseholdChange(change: HouseholdChange, { left, joined, today, newId }: Departure): Decision {
  const { changedOn, leaving, joinHouseholdOf, relationships } = change;
  checkHasHappened('changedOn', changedOn, today);
  if (joinHouseholdOf !== undefined && (!joined || joined.householdId === left.householdId))
    throw new Refusal('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' });
  const isLeaving = ({ residentRecordCode }: ResidentRecord) => leaving.includes(residentRecordCode);
  const going = left.members.filter(isLeaving);
  if (going.length < leaving.length) throw new Refusal('NOT_SAME_HOUSEHOLD', { field: 'leaving' });
  const before = [...left.members, ...(joined?.members ?? [])];
  for (const { becameResidentOn } of before)
    checkFollows('changedOn', changedOn, 'the day on which a member became a resident', becameResidentOn);
  const allGo = going.length === left.members.length;
  const householdId = joined?.householdId ?? (allGo ? left.householdId : newId());
  const moved = going.map((record) => ({ ...record, householdId }));
  const staying = left.members.filter((record) => !isLeaving(record));
  return {
    kind: 'HOUSEHOLD_CHANGE',
    causeOn: changedOn,
    deadline: lastDayWithin(NOTIFICATION_DAYS, changedOn),
    before,
    after: arrange([...staying, ...moved, ...(joined?.members ?? [])], relationships),
  };
}
