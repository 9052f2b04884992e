import type { Account } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Reason } from '#core/domain/refusal.js';
import { type Asker, ask } from '#core/peers/ask.js';
import type { FamilyRegisterNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/FamilyRegisterNoticeService.js';
import type { NotifyHomeRequest } from '#core/wire/generated/juki/register/v1/NotifyHomeRequest.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import type { FamilyRegisterNotice } from '../domain/acts/family-register-notice.js';

const PATIENCE_MS = 5_000;

/** What home may say to it. */
const REASONS: readonly Reason[] = [
  'NOT_PARTICIPATING',
  'NOT_FOUND',
  'AMBIGUOUS',
  'RECORD_DELETED',
  'ALREADY_REGISTERED',
  'DATE_NOT_POSSIBLE',
  'RELATIONSHIP_CONTRADICTED',
  'ONE_HOUSEHOLDER',
  'CODES_EXHAUSTED',
  'ID_REUSED',
];

const { NotifyHome } = procedures<FamilyRegisterNoticeServiceDefinition>(
  'juki.register.v1.FamilyRegisterNoticeService',
);

/** Tells a home mayor of a birth or death that was reported here. */
export type NotifyHome = (home: OfficeId, notice: FamilyRegisterNotice, account: Account) => Promise<void>;

/** @returns a function that throws home's refusal, or OFFICE_UNAVAILABLE. */
export function notifyHome(asker: Asker): NotifyHome {
  return async (office, notice, account) => {
    const request = messageOf<NotifyHomeRequest>('juki.register.v1.NotifyHomeRequest', notice);
    await ask(asker, NotifyHome, {
      ...{ office, request, account, reasons: REASONS, withinMs: PATIENCE_MS },
      // A family register knows no codes.
      concerns: [],
    });
  };
}
