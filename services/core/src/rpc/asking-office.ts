import type { Exchange } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';

type Asked = Pick<Exchange, 'caller' | 'purpose'>;

/** Of a procedure that has one purpose, and no other. @throws Refusal INVALID_REQUEST */
export function checkPurposeIs(expected: string, { purpose }: Pick<Exchange, 'purpose'>): void {
  if (purpose !== expected)
    throw new Refusal('INVALID_REQUEST', { field: 'juki-purpose', fault: 'is not that of this procedure' });
}

/** @returns the office that asks, for this purpose. @throws Refusal ACCESS_DENIED, INVALID_REQUEST */
export function askingOffice(purpose: string, asked: Asked): OfficeId {
  const { caller } = asked;
  if (caller.kind !== 'office') throw new Refusal('ACCESS_DENIED');
  checkPurposeIs(purpose, asked);
  return caller.office;
}

/**
 * @returns the office right below this one that asks, for this purpose, and takes part
 * @throws Refusal ACCESS_DENIED, INVALID_REQUEST, NOT_PARTICIPATING
 */
export function officeBelow(
  { network, office }: { network: Network; office: OfficeId },
  purpose: string,
  asked: Asked,
): OfficeId {
  const { caller } = asked;
  if (caller.kind !== 'office' || network.entry(caller.office).parent !== office) throw new Refusal('ACCESS_DENIED');
  checkPurposeIs(purpose, asked);
  if (!network.participates(caller.office)) throw new Refusal('NOT_PARTICIPATING', { office: caller.office });
  return caller.office;
}
