import type { Caller } from './caller.js';
import { areOfOnePrefecture } from './local-government-code.js';
import { codeOf, type OfficeId, roleOf } from './office.js';
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
  ['/juki.provision.v1.GovernorProvisionService/ProvideToMayor', 'ONE_EXCHANGE'],
  ['/juki.provision.v1.GovernorProvisionService/ProvideToGovernor', 'ONE_EXCHANGE'],
  ['/juki.register.v1.FamilyRegisterNoticeService/NotifyHome', 'WHILE_IT_LASTS'],
]);

/** What a governor may also ask for a mayor of the prefecture: the card is that of the mayor's operator then. */
const HANDED_ON: readonly string[] = ['/juki.provision.v1.GovernorProvisionService/ProvideToGovernor'];

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

/**
 * Whose operator's card stands behind a question: who asks, or where that may hand on what a mayor asks for, the mayor's
 * office, by the card. Who else's card it is makes no difference: it is not the asking office's.
 *
 * @param holder whom the card's certificate names
 */
export function officeBehind(procedure: string, asking: OfficeId, holder: Caller | undefined): OfficeId {
  if (!HANDED_ON.includes(procedure) || roleOf(asking) !== 'prefecture' || holder?.kind !== 'operator') return asking;
  const isMayors =
    roleOf(holder.office) === 'municipality' && areOfOnePrefecture(codeOf(holder.office), codeOf(asking));
  return isMayors ? holder.office : asking;
}

/** Undefined where a question needs no mandate. */
export function mandateFor(procedure: string): 'ONE_EXCHANGE' | 'WHILE_IT_LASTS' | undefined {
  return MANDATED.get(procedure);
}
