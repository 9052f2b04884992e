import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { type Reason, refusalOf } from '#core/domain/refusal.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import {
  AcceptSpecialMoveOut,
  BeginSpecialMoveIn,
  CompleteSpecialMoveIn,
  ReleaseSpecialMoveIn,
} from '../../operator/procedures.js';
import type { Staff } from '../../operator/staff.js';
import type { Family } from './families.js';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;
const THERE = '神奈川県横浜市中区本町六丁目50番10号';

/** What a counter says where its office, or another whom that has to ask, is gone. */
const UNANSWERED: readonly Reason[] = ['OFFICE_UNAVAILABLE', 'DEADLINE_PASSED', 'CARD_NOT_CONFIRMED'];
/** What it says besides, as long as the origin has not heard that the first one was given up. */
const NOT_YET: readonly Reason[] = ['MOVE_UNDER_WAY'];

interface Move {
  family: Family;
  from: OfficeId;
  to: OfficeId;
  day: string;
  /** Whether the first move-in is given up once, and begun again. */
  givesUpOnce: boolean;
}

/** Operators at their counters, and who starts offices that have died. */
interface Counters {
  operatorOf(office: OfficeId): Staff;
  startAll(): Promise<void>;
}

/**
 * Moves a family with its card, as patient officers would: what gets no answer is asked again once whoever is gone is
 * there again, until it is done, or the answer shows that it was done.
 *
 * @throws Refusal where a counter refuses it for any other reason, or does not answer for a minute
 */
export async function moveFamily(counters: Counters, { family, from, to, day, givesUpOnce }: Move): Promise<void> {
  const { householder, codes, card } = family;
  const { name, birthDate } = householder;
  const on = calendarDateMessage(day);
  const origin = counters.operatorOf(from);
  const destination = counters.operatorOf(to);
  const passport = { kind: 'PHOTO_ID_KIND_PASSPORT' as const, expiresOn: { year: 2099, month: 1, day: 1 } };
  const moveOut = () =>
    origin.ask(AcceptSpecialMoveOut, {
      notifier: { photoId: { ...passport, name, birthDate: calendarDateMessage(birthDate) } },
      ...{ channel: 'CHANNEL_COUNTER', plannedOn: on, destinationMunicipality: codeOf(to), destination: THERE },
      movers: codes,
    });
  await untilDone(counters, moveOut, { wasDone: 'RECORD_DELETED' });
  const { cardNumber, pin } = card;
  const begin = async (wait: readonly Reason[]) => {
    const ask = () => destination.ask(BeginSpecialMoveIn, { card: { cardNumber, pin }, movedInOn: on });
    return (await untilDone(counters, ask, { wait }))?.arrivalId ?? '';
  };
  if (givesUpOnce) {
    const arrivalId = await begin([]);
    await untilDone(counters, () => destination.ask(ReleaseSpecialMoveIn, { arrivalId }));
  }
  const arrivalId = await begin(givesUpOnce ? NOT_YET : []);
  const complete = () => destination.ask(CompleteSpecialMoveIn, { arrivalId, address: THERE });
  await untilDone(counters, complete, { wasDone: 'MOVE_SETTLED' });
}

/**
 * @param wasDone - the refusal that shows that it was done, where an answer did not come before
 * @param wait - refusals that are waited for to pass
 * @returns undefined where it was done, and the answer did not come
 */
async function untilDone<Output>(
  counters: Counters,
  ask: () => Promise<Output>,
  { wasDone, wait = [] }: { wasDone?: Reason; wait?: readonly Reason[] } = {},
): Promise<Output | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let isAgain = false; ; isAgain = true) {
    try {
      return await ask();
    } catch (error) {
      const { reason } = refusalOf(error);
      if (isAgain && reason === wasDone) return undefined;
      if (![...UNANSWERED, ...wait].includes(reason) || performance.now() > deadline) throw error;
      await counters.startAll();
      await pause(PAUSE_MS);
    }
  }
}
