import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { DeletionReason } from '#municipality/domain/register/resident-record.js';
import { dayBetween, LAST_EVENT } from './days.js';
import { HEAD, type Member } from './family-members.js';
import type { Fate } from './plan.js';
import type { Random } from './random.js';

/** After every household that somebody leaves has settled, and has notified it. */
const FIRST_DELETION: CalendarDate = '2015-04-20';

interface Deletion {
  on: CalendarDate;
  reason: DeletionReason;
}

export interface Fated {
  member: Member;
  deletion: Deletion | null;
}

export function befall(random: Random, fate: Fate | null, members: Member[]): Fated[] {
  const on = dayBetween(random, FIRST_DELETION, LAST_EVENT);
  if (fate === 'BEREAVED') return bereave(members, { on, reason: 'DEATH' });
  const leaving = fate === 'MOVED_OUT' ? members : fate === 'CHILD_LEFT' ? members.filter(isChild).slice(0, 1) : [];
  return members.map((member) => ({
    member,
    deletion: leaving.includes(member) ? { on, reason: 'MOVE_OUT' } : null,
  }));
}

/**
 * The householder dies, and the widow or widower is householder; the deleted record keeps what it said last.
 * Only couples without others in the household are bereaved here, so that no other relationship changes.
 */
function bereave([householder, spouse]: Member[], deletion: Deletion): Fated[] {
  const dead = householder === undefined ? [] : [{ member: householder, deletion }];
  const left = spouse === undefined ? [] : [{ member: { ...spouse, relationship: HEAD }, deletion: null }];
  return [...dead, ...left];
}

function isChild(member: Member): boolean {
  return member.relationship === '子';
}
