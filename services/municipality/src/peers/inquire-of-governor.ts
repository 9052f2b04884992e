import type { Account } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import type { InquiryBeyond } from '#core/domain/provision/inquiry-schema.js';
import type { Asker } from '#core/peers/ask.js';
import { inquire } from '#core/peers/inquire.js';
import type { GovernorProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/GovernorProvisionService.js';
import { procedures } from '#core/wire/procedure.js';

/** The governor may have to ask another one meanwhile. */
const PATIENCE_MS = 8_000;

const { ProvideToMayor } = procedures<GovernorProvisionServiceDefinition>('juki.provision.v1.GovernorProvisionService');

/** Puts an inquiry to the municipality's own governor, and to no other office. */
export type InquireOfGovernor = (
  governor: OfficeId,
  request: InquiryBeyond,
  account: Account,
) => Promise<ProvisionAnswer>;

/** @returns a function that throws the governor's refusal, or OFFICE_UNAVAILABLE after eight seconds. */
export function inquireOfGovernor(asker: Asker): InquireOfGovernor {
  return (governor, request, account) =>
    inquire(asker, ProvideToMayor, { governor, request, account, withinMs: PATIENCE_MS });
}
