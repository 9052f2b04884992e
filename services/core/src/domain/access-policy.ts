import type { CallerRole } from './caller.js';
import type { Role } from './office.js';

/** Who may call what, and which offices serve it. `operator` is an operator of the very office that is called. */
export interface PolicyRow {
  method: string;
  servedBy: readonly Role[];
  callers: readonly CallerRole[];
}

const EVERY_OFFICE = ['municipality', 'prefecture', 'national'] as const;
const ANYONE = [...EVERY_OFFICE, 'operator', 'agency'] as const;

/** The whole access policy: what has no row here is not served, and what is not served may have no row. */
export const accessPolicy: readonly PolicyRow[] = [
  row('/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData', ['municipality'], ['municipality']),
  row('/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy', ['municipality'], ['operator']),
  row('/juki.register.v1.RegisterService/GetResidentRecord', ['municipality'], ['operator']),
  row('/juki.register.v1.OfficerNoticeService/ListOfficerNotices', ['municipality'], ['operator']),
  row('/juki.identity.v1.IdentityService/GetIdentificationInformation', ['prefecture', 'national'], ['operator']),

  row('/grpc.health.v1.Health/Check', EVERY_OFFICE, ANYONE),
  row('/grpc.health.v1.Health/List', EVERY_OFFICE, ANYONE),
  row('/grpc.health.v1.Health/Watch', EVERY_OFFICE, ANYONE),
  row('/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', EVERY_OFFICE, ANYONE),
  row('/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo', EVERY_OFFICE, ANYONE),

  row('POST /wide-area-copies', ['municipality'], ['operator']),
  row('GET /health', EVERY_OFFICE, ANYONE),
  row('GET /openapi.json', EVERY_OFFICE, ANYONE),
];

/** Whether a caller of this role may call the method. */
export function isAllowed(method: string, role: CallerRole | undefined): boolean {
  const found = accessPolicy.find((candidate) => candidate.method === method);
  return role !== undefined && (found?.callers.includes(role) ?? false);
}

/**
 * Holds what a node serves against the policy, in both directions.
 *
 * @throws Error that names every method without a row and every row without a method: such a node must not start.
 */
export function checkPolicy(role: Role, served: readonly string[], policy = accessPolicy): void {
  const rows = policy.filter((candidate) => candidate.servedBy.includes(role)).map((candidate) => candidate.method);
  const withoutRow = served.filter((method) => !rows.includes(method));
  const withoutMethod = rows.filter((method) => !served.includes(method));
  if (withoutRow.length + withoutMethod.length === 0) return;
  const list = (methods: string[]) => methods.join(', ') || 'none';
  throw new Error(`access policy: without a row: ${list(withoutRow)}; without a method: ${list(withoutMethod)}`);
}

function row(method: string, servedBy: PolicyRow['servedBy'], callers: PolicyRow['callers']): PolicyRow {
  return { method, servedBy, callers };
}
