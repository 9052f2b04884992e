import type { OfficeId } from '#core/domain/office.js';
import type { Violation } from '../invariants.js';

/**
 * LOST: nobody has them. DOUBLED: two have them, at one moment. FOLLOW: the code has changed. AGREES: above stands
 * something else than in the register. FROZEN and UNDER_WAY: a claim or a special move-in that never ends. WAITING:
 * entered elsewhere, and could be claimed all the same. CONFIRMED: not one confirmation for an entry. DEADLINE: entered
 * with a card out of time. KEPT and STATUS: cards. VERSION: two changes have one number.
 */
export interface MoveViolation {
  rule:
    | Violation['rule']
    | (
        | 'FOLLOW'
        | 'AGREES'
        | 'FROZEN'
        | 'UNDER_WAY'
        | 'WAITING'
        | 'CONFIRMED'
        | 'DEADLINE'
        | 'KEPT'
        | 'STATUS'
        | 'VERSION'
      );
  office: OfficeId;
  /** Nothing in it tells of a person. */
  detail: string;
}

export function violation(rule: MoveViolation['rule'], office: OfficeId, detail: string): MoveViolation {
  return { rule, office, detail };
}
