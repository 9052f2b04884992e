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

const CONSISTENCY_METHODS = [
  ...['CompareRanges', 'ListHoldings', 'ListWaiting', 'QuarantineHoldings', 'RestateHoldings', 'ListChangesSince'],
];

const AUDIT_METHODS = [
  ...['SearchEntries', 'GetCheckpoint', 'ListLeaves', 'ListSigningCertificates', 'ListWitnesses'],
  ...['ProveInclusion', 'ProveConsistency', 'CheckEntries'],
];

const DISCLOSURE_METHODS = ['ReceiveRequest', 'ListRequests', 'GetRequest', 'ExtendRequest', 'AnswerRequest'];

/** The whole access policy: what has no row here is not served, and what is not served may have no row. */
export const accessPolicy: readonly PolicyRow[] = [
  row('/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData', ['municipality'], ['municipality']),
  row('/juki.register.v1.FamilyRegisterNoticeService/NotifyHome', ['municipality'], ['municipality']),
  ...['ClaimMoveOutCertificate', 'ReleaseMoveOutCertificate', 'NoticeMoveIn'].map((method) =>
    row(`/juki.transfer.v1.MoveOutCertificateService/${method}`, ['municipality'], ['municipality']),
  ),
  row('/juki.transfer.v1.MoveOutConfirmationService/ConfirmMoveOuts', ['prefecture'], ['municipality']),
  row('/juki.card.v1.CardCheckService/CheckCard', ['national'], ['municipality']),
  row('/juki.card.v1.CardStatusService/ReportCardStatuses', ['prefecture', 'national'], ['municipality', 'prefecture']),
  row('/juki.allotment.v1.AllotmentService/AllotCodes', ['national'], ['municipality']),
  ...['ProvideToAgency', 'ProvideEachToAgency', 'ListAgencyPurposes'].map((method) =>
    row(`/juki.provision.v1.AgencyProvisionService/${method}`, ['national'], ['agency']),
  ),
  row('/juki.provision.v1.GovernorProvisionService/ProvideToMayor', ['prefecture'], ['municipality']),
  row('/juki.provision.v1.GovernorProvisionService/ProvideToGovernor', ['prefecture'], ['prefecture']),
  ...['AskForProvision', 'ListPurposes'].map((method) =>
    row(`/juki.provision.v1.ProvisionCounterService/${method}`, ['municipality', 'prefecture'], ['operator']),
  ),
  ...['RequestBatch', 'GetBatch', 'ProvideBatch'].map((method) =>
    row(`/juki.provision.v1.BatchProvisionService/${method}`, ['national'], ['agency']),
  ),
  ...['RegisterAgency', 'RevokeAgency', 'ListAgencies'].map((method) =>
    row(`/juki.provision.v1.AgencyRegistryService/${method}`, ['national'], ['operator']),
  ),
  ...['ListBatches', 'ApproveBatch', 'StopBatch'].map((method) =>
    row(`/juki.provision.v1.BatchApprovalService/${method}`, ['national'], ['operator']),
  ),
  row(
    '/juki.propagation.v1.PropagationService/DeliverChanges',
    ['prefecture', 'national'],
    ['municipality', 'prefecture'],
  ),
  ...CONSISTENCY_METHODS.map((method) =>
    row(`/juki.propagation.v1.ConsistencyService/${method}`, ['prefecture', 'national'], ['municipality']),
  ),
  row('/juki.directory.v1.DirectoryService/PublishDirectory', EVERY_OFFICE, ['prefecture', 'national']),
  row('/juki.directory.v1.DirectoryService/GetDirectory', EVERY_OFFICE, ['municipality', 'prefecture', 'operator']),
  row('/juki.directory.v1.StandingService/CutOff', ['prefecture', 'national'], ['prefecture', 'operator']),
  row('/juki.directory.v1.StandingService/Rejoin', ['prefecture', 'national'], ['prefecture', 'operator']),
  row('/juki.directory.v1.ParticipationService/SetParticipation', ['national'], ['operator']),
  row('/juki.directory.v1.EmergencyService/SetThreatLevel', ['national'], ['operator']),
  row('/juki.propagation.v1.DiscrepancyService/ReportDiscrepancies', EVERY_OFFICE, ['prefecture', 'national']),
  row('/juki.audit.v1.AccessService/ListLogExtracts', ['municipality', 'prefecture'], ['prefecture', 'national']),
  row(
    '/juki.audit.v1.AccessGatheringService/GatherLogExtracts',
    ['prefecture', 'national'],
    ['municipality', 'prefecture'],
  ),
  ...DISCLOSURE_METHODS.map((method) => row(`/juki.audit.v1.DisclosureService/${method}`, EVERY_OFFICE, ['operator'])),
  ...AUDIT_METHODS.map((method) => row(`/juki.audit.v1.AuditService/${method}`, EVERY_OFFICE, ['operator'])),
  ...atTheCounter('/juki.audit.v1.AccessReportService/', ['GetAccessReport']),
  row('/juki.audit.v1.AlarmService/ListAlarms', EVERY_OFFICE, ['operator']),
  row('/juki.audit.v1.AlarmService/CloseAlarm', EVERY_OFFICE, ['operator']),
  row('/juki.audit.v1.AlarmService/GetAlarmEvidence', EVERY_OFFICE, ['operator']),
  row('/juki.audit.v1.ReportService/GetReport', EVERY_OFFICE, ['operator']),
  row('/juki.propagation.v1.SyncService/GetSyncStatus', EVERY_OFFICE, ['operator']),
  ...atTheCounter('/juki.propagation.v1.ConsistencyCheckService/', ['CheckConsistency']),
  ...atTheCounter('/juki.directory.v1.OwnLineService/', ['CutOwnLine', 'RestoreOwnLine']),
  row('/juki.propagation.v1.ChangeHistoryService/GetChangeHistory', ['prefecture', 'national'], ['operator']),
  row('/juki.propagation.v1.DiscrepancyService/ListDiscrepancies', EVERY_OFFICE, ['operator']),
  row('/juki.propagation.v1.DiscrepancyService/CloseDiscrepancy', EVERY_OFFICE, ['operator']),

  ...['SignIn', 'SignOut', 'UnlockOperator', 'ChangePassword', 'ReplaceCard'].map((method) =>
    row(`/juki.operator.v1.SignInService/${method}`, EVERY_OFFICE, ['operator']),
  ),
  ...atTheCounter('/juki.issuance.v1.IssuanceCounterService/', ['IssueWideAreaCopy', 'IssueCopy']),
  ...atTheCounter('/juki.register.v1.RegisterService/', [
    ...['GetResidentRecord', 'SearchResidentRecords', 'GetHousehold', 'GetRecordHistory', 'GetCodePool'],
  ]),
  ...atTheCounter('/juki.register.v1.NotificationService/', [
    ...['AcceptMoveIn', 'AcceptChangeOfAddress', 'AcceptMoveOut', 'CancelMoveOut', 'ReissueMoveOutCertificate'],
    ...['AcceptHouseholdChange', 'AcceptCodeChangeRequest'],
  ]),
  ...atTheCounter('/juki.register.v1.FamilyRegisterService/', [
    ...['AcceptBirthReport', 'AcceptDeathReport', 'SendWaitingNotices'],
  ]),
  ...atTheCounter('/juki.register.v1.ExOfficioService/', [
    ...['DraftExOfficioAct', 'ListDrafts', 'ApproveDraft', 'WithdrawDraft'],
  ]),
  ...atTheCounter('/juki.register.v1.ProtectiveMeasureService/', [
    ...['SetProtectiveMeasure', 'RenewProtectiveMeasure', 'EndProtectiveMeasure', 'ListProtectiveMeasures'],
  ]),
  ...atTheCounter('/juki.register.v1.OfficerNoticeService/', ['ListOfficerNotices']),
  ...atTheCounter('/juki.card.v1.CardService/', [
    ...['IssueCard', 'VerifyCard', 'ChangeCardPin', 'UnlockCard', 'ReportCardLoss', 'ReportCardFound', 'ReturnCard'],
    ...['OrderCardReturn', 'DestroyCard', 'ContinueCard', 'ListCards'],
  ]),
  ...atTheCounter('/juki.transfer.v1.SpecialMoveService/', [
    ...['AcceptSpecialMoveOut', 'IssueCertificateInstead', 'BeginSpecialMoveIn', 'CompleteSpecialMoveIn'],
    ...['ReleaseSpecialMoveIn', 'ListMoves'],
  ]),
  row('/juki.transfer.v1.MoveOutConfirmationService/ListSettledMoveOuts', ['prefecture'], ['operator']),
  row('/juki.identity.v1.IdentityService/GetIdentificationInformation', ['prefecture', 'national'], ['operator']),

  row('/grpc.health.v1.Health/Check', EVERY_OFFICE, ANYONE),
  row('/grpc.health.v1.Health/List', EVERY_OFFICE, ANYONE),
  row('/grpc.health.v1.Health/Watch', EVERY_OFFICE, ANYONE),
  row('/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', EVERY_OFFICE, ANYONE),
  row('/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo', EVERY_OFFICE, ANYONE),

  ...atTheCounter('POST /', [
    'wide-area-copies',
    'copies',
    'move-out-certificates/reissue',
    'family-register-notices/send',
  ]),
  ...atTheCounter('POST /resident-records/', ['read', 'search', 'household', 'history']),
  ...atTheCounter('POST /notifications/', [
    ...['move-in', 'change-of-address', 'move-out', 'move-out-cancellation', 'household-change', 'code-change'],
    ...['birth', 'death'],
  ]),
  ...atTheCounter('POST /cards', [
    ...['', '/verify', '/pin', '/unlock', '/loss', '/found', '/return', '/return-order', '/destruction', '/continue'],
    '/list',
  ]),
  ...atTheCounter('POST /special-moves/', [
    ...['move-out', 'certificate-instead', 'first-move-in', 'move-in', 'release', 'list'],
  ]),
  ...atTheCounter('POST /ex-officio-drafts', ['', '/list', '/approve', '/withdraw']),
  ...atTheCounter('POST /protective-measures', ['', '/renew', '/end', '/list']),
  ...atTheCounter('POST /', ['access-reports', 'self-service', 'self-service/access-reports']),
  ...atTheCounter('GET /', ['code-pool', 'self-service']),
  ...['POST /provisions', 'GET /provision-purposes'].map((method) =>
    row(method, ['municipality', 'prefecture'], ['operator']),
  ),
  ...['/sign-in', '/sign-in/challenge', '/sign-out'].map((path) => row(`POST ${path}`, EVERY_OFFICE, ['operator'])),
  row('GET /health', EVERY_OFFICE, ANYONE),
  row('GET /metrics', EVERY_OFFICE, ['operator']),
  row('GET /reports/:kind', EVERY_OFFICE, ['operator']),
  row('GET /openapi.json', EVERY_OFFICE, ANYONE),
];

const byMethod = new Map(accessPolicy.map((one) => [one.method, one]));

/** Whether a caller of this role may call the method. */
export function isAllowed(method: string, role: CallerRole | undefined): boolean {
  return role !== undefined && (byMethod.get(method)?.callers.includes(role) ?? false);
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

/** What an operator of a municipality can have done there. */
function atTheCounter(prefix: string, methods: readonly string[]): PolicyRow[] {
  return methods.map((method) => row(`${prefix}${method}`, ['municipality'], ['operator']));
}

function row(method: string, servedBy: PolicyRow['servedBy'], callers: PolicyRow['callers']): PolicyRow {
  return { method, servedBy, callers };
}
