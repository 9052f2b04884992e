import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { Day } from '../fields.js';
import type { Decision } from '../register/decision.js';
import { arrange, type Household } from '../register/household.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { NamedPerson } from './birth.js';
import { checkFollows, checkHasHappened } from './dates.js';

/** 死亡届, as far as the resident register needs it. */
export const Death = z.strictObject({ deceased: NamedPerson, diedOn: Day });
export type Death = z.infer<typeof Death>;

/**
 * Deletes the record of somebody who died. Where two or more are left without a householder, the household waits for
 * its notification of who follows.
 *
 * @throws Refusal DATE_NOT_POSSIBLE
 */
export function decideDeath(
  { diedOn }: Death,
  deceased: ResidentRecord,
  household: Household,
  today: CalendarDate,
): Decision {
  checkHasHappened('diedOn', diedOn, today);
  checkFollows('diedOn', diedOn, 'the birth', deceased.birthDate);
  checkFollows('diedOn', diedOn, 'their last move', deceased.movedWithinTownOn ?? deceased.becameResidentOn);
  const staying = household.members.filter(({ recordId }) => recordId !== deceased.recordId);
  return {
    ...{ kind: 'DEATH', causeOn: diedOn, deadline: null, before: household.members },
    after: [{ ...deceased, deletedOn: diedOn, deletionReason: 'DEATH' }, ...arrange(staying, [], 'ALLOWED')],
    cards: { invalidBy: 'DEATH' },
  };
}
