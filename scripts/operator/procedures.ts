import { service as health } from 'grpc-health-check';
import type { IdentityServiceDefinition } from '#core/wire/generated/juki/identity/v1/IdentityService.js';
import type { IssuanceCounterServiceDefinition } from '#core/wire/generated/juki/issuance/v1/IssuanceCounterService.js';
import type { OfficerNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/OfficerNoticeService.js';
import type { RegisterServiceDefinition } from '#core/wire/generated/juki/register/v1/RegisterService.js';
import { type Asked, procedures } from '#core/wire/procedure.js';

/** What an operator can ask their own office. */
export const { IssueWideAreaCopy } = procedures<IssuanceCounterServiceDefinition>(
  'juki.issuance.v1.IssuanceCounterService',
);
export const { GetResidentRecord } = procedures<RegisterServiceDefinition>('juki.register.v1.RegisterService');
export const { ListOfficerNotices } = procedures<OfficerNoticeServiceDefinition>(
  'juki.register.v1.OfficerNoticeService',
);
export const { GetIdentificationInformation } = procedures<IdentityServiceDefinition>(
  'juki.identity.v1.IdentityService',
);

/** The standard health service, of the library that serves it. */
export const CheckHealth: Asked<{ service?: string }, { status: string }> = {
  path: '/grpc.health.v1.Health/Check',
  encodeRequest: (request) => method().requestSerialize(request),
  decodeResponse: (bytes) => method().responseDeserialize(bytes) as { status: string },
};

function method() {
  const check = health['check'] ?? health['Check'];
  if (!check) throw new Error('the health service has no Check');
  return check;
}
