import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Decision } from '../register/decision.js';
import { arrange, type Household } from '../register/household.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { checkFollows, checkHasHappened } from './dates.js';
import type { ExOfficioDeletion } from './ex-officio.js';

/**
 * Deletes the records of people who do not live here (Order 12).
 *
 * @throws Refusal DATE_NOT_POSSIBLE, or what `arrange` says of those who stay
 */
export function decideExOfficioDeletion(
  { people, on, noLongerCovered, relationships }: ExOfficioDeletion,
  left: Household,
  today: CalendarDate,
): Decision {
  const isGone = ({ residentRecordCode }: ResidentRecord) => people.includes(residentRecordCode);
  const gone = left.members.filter(isGone);
  checkHasHappened('on', on, today);
  for (const { becameResidentOn } of gone)
    checkFollows('on', on, 'the day on which one of them became a resident', becameResidentOn);
  const deleted = gone.map((record) => ({
    ...record,
    ...{ deletedOn: on, deletionReason: 'EX_OFFICIO_DELETION' as const },
  }));
  const staying = left.members.filter((record) => !isGone(record));
  return {
    ...{ kind: 'EX_OFFICIO_DELETION', causeOn: on, deadline: null, before: left.members },
    after: [...deleted, ...arrange(staying, relationships)],
    cards: { invalidBy: noLongerCovered ? 'NO_LONGER_COVERED' : 'RECORD_DELETED' },
  };
}
