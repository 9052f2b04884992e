import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { lastDayWithin, NOTIFICATION_DAYS } from '#core/domain/deadline.js';
import { Refusal } from '#core/domain/refusal.js';
import { Notifier } from '../counter/notifier.js';
import { Address, Code, Codes, Day, Relationships } from '../fields.js';
import type { Decision } from '../register/decision.js';
import { arrange, type Household } from '../register/household.js';
import { checkFollows, checkHasHappened } from './dates.js';

/** 転居届, Article 23. */
export const ChangeOfAddress = z.strictObject({
  notifier: Notifier,
  movedOn: Day,
  address: Address,
  movers: Codes,
  joinHouseholdOf: Code.optional().meta({ description: 'A member of the household that they join there' }),
  relationships: Relationships,
});
export type ChangeOfAddress = z.infer<typeof ChangeOfAddress>;

/** What has to be known beside the notification itself. */
export interface Departure {
  /** The household that people leave, or move with. */
  left: Household;
  /** The household that they join. */
  joined: Household | undefined;
  today: CalendarDate;
  newId: () => string;
}

/**
 * Moves people within the municipality. All of a household keep it; some of it make a new one, unless they join another.
 *
 * @throws Refusal DATE_NOT_POSSIBLE, NOTHING_CHANGES, NO_SUCH_HOUSEHOLD, or what `arrange` says of the households
 */
export function decideChangeOfAddress(change: ChangeOfAddress, { left, joined, today, newId }: Departure): Decision {
  const { movedOn, address, movers, joinHouseholdOf, relationships } = change;
  checkHasHappened('movedOn', movedOn, today);
  if (joinHouseholdOf !== undefined && (!joined || joined.householdId === left.householdId))
    throw new Refusal('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' });
  const isMoving = ({ residentRecordCode }: { residentRecordCode: string }) => movers.includes(residentRecordCode);
  const moving = left.members.filter(isMoving);
  for (const { becameResidentOn, movedWithinTownOn } of moving)
    checkFollows('movedOn', movedOn, 'their last move', movedWithinTownOn ?? becameResidentOn);
  if (moving.every((record) => record.address === address)) throw new Refusal('NOTHING_CHANGES');
  const goTogether = moving.length === left.members.length;
  const householdId = joined?.householdId ?? (goTogether ? left.householdId : newId());
  const moved = moving.map((record) => ({ ...record, householdId, address, movedWithinTownOn: movedOn }));
  const staying = left.members.filter((record) => !isMoving(record));
  const before = [...left.members, ...(joined?.members ?? [])];
  return {
    kind: 'CHANGE_OF_ADDRESS',
    causeOn: movedOn,
    deadline: lastDayWithin(NOTIFICATION_DAYS, movedOn),
    before,
    after: arrange([...staying, ...moved, ...(joined?.members ?? [])], relationships),
  };
}
