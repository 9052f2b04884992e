import type { KeyObject } from 'node:crypto';
import { type MandateStatement, mandateBytes } from '#core/domain/mandate.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { signCompact } from '#core/trust/compact-signature.js';
import { mandateText } from '#core/wire/mandate-text.js';
import { FAMILY_REGISTER_NOTICE } from '#municipality/domain/acts/family-register-notice.js';
import { WIDE_AREA_ISSUANCE } from '#municipality/domain/issuance/copy-data-request.js';
import { SPECIAL_MOVE_IN } from '#municipality/domain/moves/claim.js';

/** For what the counter asks another office on an operator's behalf. */
const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy', WIDE_AREA_ISSUANCE],
  ['POST /wide-area-copies', WIDE_AREA_ISSUANCE],
  ['/juki.transfer.v1.SpecialMoveService/BeginSpecialMoveIn', SPECIAL_MOVE_IN],
  ['POST /special-moves/first-move-in', SPECIAL_MOVE_IN],
  ['/juki.register.v1.FamilyRegisterService/AcceptBirthReport', FAMILY_REGISTER_NOTICE],
  ['/juki.register.v1.FamilyRegisterService/AcceptDeathReport', FAMILY_REGISTER_NOTICE],
  ['/juki.register.v1.FamilyRegisterService/SendWaitingNotices', FAMILY_REGISTER_NOTICE],
  ['POST /notifications/birth', FAMILY_REGISTER_NOTICE],
  ['POST /notifications/death', FAMILY_REGISTER_NOTICE],
  ['POST /family-register-notices/send', FAMILY_REGISTER_NOTICE],
  ['/juki.provision.v1.ProvisionCounterService/AskForProvision', PROVISION],
  ['POST /provisions', PROVISION],
]);

export const MANDATE_PURPOSES = [...new Set(PURPOSES.values())];

/** The purpose for which a card has to sign before its holder asks for this; undefined where it need not. */
export function purposeOfMandate(method: string): string | undefined {
  return PURPOSES.get(method);
}

/** @param key of the card. @returns the mandate as metadata and headers carry it */
export function signMandate(statement: MandateStatement, key: KeyObject): string {
  const signature = signCompact(mandateBytes(statement), key);
  return mandateText({ at: statement.at.getTime(), exchange: statement.exchange, signature });
}
