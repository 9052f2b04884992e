import type { Account } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import type { InquiryOnBehalf } from '#core/domain/provision/inquiry-schema.js';
import type { Asker } from '#core/peers/ask.js';
import { inquire } from '#core/peers/inquire.js';
import type { GovernorProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/GovernorProvisionService.js';
import { procedures } from '#core/wire/procedure.js';

const PATIENCE_MS = 5_000;

const { ProvideToGovernor } = procedures<GovernorProvisionServiceDefinition>(
  'juki.provision.v1.GovernorProvisionService',
);

/** Puts an inquiry to the governor of another prefecture. */
export type InquireOfGovernor = (
  governor: OfficeId,
  request: InquiryOnBehalf,
  account: Account,
) => Promise<ProvisionAnswer>;

/** @returns a function that throws that governor's refusal, or OFFICE_UNAVAILABLE after five seconds. */
export function inquireOfGovernor(asker: Asker): InquireOfGovernor {
  return (governor, request, account) =>
    inquire(asker, ProvideToGovernor, { governor, request, account, withinMs: PATIENCE_MS });
}
