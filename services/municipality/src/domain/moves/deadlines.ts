import { addDays, type CalendarDate } from '#core/domain/calendar-date.js';
import { dayOf } from '#core/domain/clock.js';
import { NOTIFICATION_DAYS } from '#core/domain/deadline.js';

/** Of a special move-in (Orders 24-2 and 30-20, Regulation 43); the first day is not counted. */
const DAYS_AFTER_PLANNED_MOVE_OUT = 30;
const DAYS_TO_CONTINUE_A_CARD = 90;

/** The last day on which a move-out can be followed by a first move-in with the card, as far as the origin knows. */
export function lastDayAfterMoveOut(plannedOn: CalendarDate): CalendarDate {
  return addDays(plannedOn, DAYS_AFTER_PLANNED_MOVE_OUT);
}

/**
 * The first day on which a first move-in can have been notified to the destination: not before the move-out to which it
 * belongs. One that was left over from an earlier move is none of this. Around midnight two offices' clocks show two days.
 */
export function firstDayOfFirstMoveIn(moveOutNotifiedAt: Date): CalendarDate {
  return addDays(dayOf(moveOutNotifiedAt), -1);
}

/** The last day on which the first move-in can be notified with the card. */
export function lastDayOfFirstMoveIn(plannedOn: CalendarDate, movedInOn: CalendarDate): CalendarDate {
  const [earlier = ''] = [lastDayAfterMoveOut(plannedOn), addDays(movedInOn, NOTIFICATION_DAYS)].sort();
  return earlier;
}

/** The last day on which a card can be handed over to go on, once its holder has moved in. */
export function lastDayToContinue(firstMoveInOn: CalendarDate): CalendarDate {
  return addDays(firstMoveInOn, DAYS_TO_CONTINUE_A_CARD);
}
