import type { OfficeId } from './office.js';
import type { SignedStatement } from './proof.js';

/** For so long does an operator's card stand behind what it has signed, in milliseconds; and clocks may differ by as much. */
export const MANDATE_MS = 5 * 60_000;

/**
 * What another office is asked only for an operator whose card has signed for it: so an office's server and key alone ask
 * nothing about anybody. Where people's data comes back, a mandate serves the one exchange that it names.
 */
const MANDATED: ReadonlyMap<string, 'ONE_EXCHANGE' | 'WHILE_IT_LASTS'> = new Map([
  ['/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData', 'ONE_EXCHANGE'],
  ['/juki.transfer.v1.MoveOutCertificateService/ClaimMoveOutCertificate', 'ONE_EXCHANGE'],
  ['/juki.register.v1.FamilyRegisterNoticeService/NotifyHome', 'WHILE_IT_LASTS'],
]);

/** What an operator's card signs: that this operator has something asked for this purpose, now. */
export interface MandateStatement {
  office: OfficeId;
  operator: string;
  purpose: string;
  at: Date;
  /** A UUID that the operator's tool has drawn: names what comes of it in every log. */
  exchange: string;
}

/** An operator's mandate, with what it takes to hold it against their card's certificate. */
export interface Mandate extends SignedStatement {
  exchange: string;
}

/** The bytes that a card signs; one form only, and unlike everything else that is signed. */
export function mandateBytes({ office, operator, purpose, at, exchange }: MandateStatement): Buffer {
  return Buffer.from(JSON.stringify(['juki-mandate/1', office, operator, purpose, at.toISOString(), exchange]));
}

/** Undefined where a question needs no mandate. */
export function mandateFor(procedure: string): 'ONE_EXCHANGE' | 'WHILE_IT_LASTS' | undefined {
  return MANDATED.get(procedure);
}
