import { createHash } from 'node:crypto';
import { type OfficeId, slugOf } from '#core/domain/office.js';
import type { OperatorRole } from '#core/domain/operator-role.js';

/** Whoever sits at the counter in the demo network, unless somebody else is named. */
export const OPERATOR = 'operator-1';
/** Each office has a second supervisor, since some acts need a second person. */
export const SECOND_OPERATOR = 'operator-2';

/** Who works at each office of the demo network. */
export const DEMO_OPERATORS: readonly { name: string; role: OperatorRole }[] = [
  { name: OPERATOR, role: 'SUPERVISOR' },
  { name: SECOND_OPERATOR, role: 'SUPERVISOR' },
  { name: 'operator-3', role: 'CLERK' },
  { name: 'operator-4', role: 'SECURITY_OFFICER' },
  { name: 'operator-5', role: 'AUDITOR' },
];

/** In the demo alone: whoever reads this knows every operator's password. */
export function demoPassword(office: OfficeId, operator: string): string {
  return `${slugOf(office)} ${operator} demo`;
}

/** In the demo alone: six digits that anybody can work out. */
export function demoPin(office: OfficeId, operator: string): string {
  const digest = createHash('sha256').update(`juki-net demo PIN ${office} ${operator}`).digest();
  return String(digest.readUInt32BE() % 1_000_000).padStart(6, '0');
}
