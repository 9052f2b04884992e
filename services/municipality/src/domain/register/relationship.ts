import type { Sex } from '#core/domain/identification-information.js';
import { HOUSEHOLDER } from './resident-record.js';

const STEP = /^(夫|妻|子|父|母|兄|弟|姉|妹|夫\(未届\)|妻\(未届\))$/;
/** These stand alone: whoever lives with a lodger is a lodger. */
const ALONE = ['縁故者', '同居人'];
const MOST_STEPS = 5;
const SPOUSE = /^[夫妻](\(未届\))?$/;

/**
 * Whether a text is a 続柄: 世帯主, or the path from the householder (子の妻). Children are 子, whatever their order or
 * sex: 長男 is none.
 */
export function isRelationship(text: string): boolean {
  if (text === HOUSEHOLDER || ALONE.includes(text)) return true;
  const steps = text.split('の');
  return steps.length <= MOST_STEPS && steps.every((step) => STEP.test(step));
}

/** The sex that the last step of a path states; undefined where it states none. */
export function sexOf(relationship: string): Sex | undefined {
  const last = relationship.split('の').at(-1) ?? '';
  if (/^[妻母姉妹]/.test(last)) return 'FEMALE';
  return /^[夫父兄弟]/.test(last) ? 'MALE' : undefined;
}

/** Whether it is that of the householder's own spouse, of whom there is one at most. */
export function isSpouse(relationship: string): boolean {
  return SPOUSE.test(relationship);
}

/** The relationship of a child that is born to a member of the household. A spouse's child is the householder's. */
export function childOf(parent: string): string {
  if (parent === HOUSEHOLDER || /^[夫妻]$/.test(parent)) return '子';
  // The child of a child's spouse is that child's too.
  return ALONE.includes(parent) ? parent : `${parent.replace(/の[夫妻]$/, '')}の子`;
}
