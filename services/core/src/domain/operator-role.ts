/** What an operator's office lets them do. */
export const OPERATOR_ROLES = ['CLERK', 'SUPERVISOR', 'SECURITY_OFFICER', 'AUDITOR'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** Who may have something done: operators of these roles, or whoever holds a card of the office, signed in or not. */
export interface RoleRow {
  method: string;
  roles: readonly OperatorRole[] | 'WITHOUT_SIGN_IN';
}

const OPEN = 'WITHOUT_SIGN_IN';
/** Residents' data is for those who serve residents; whoever watches over them sees none. */
const COUNTER = ['CLERK', 'SUPERVISOR'] as const;
/** What takes something back, or settles it, is not for the one who began it. */
const SECOND = ['SUPERVISOR'] as const;
/** What tells of logs, and of no resident. */
const WATCHING = ['SUPERVISOR', 'AUDITOR'] as const;
const UNLOCKING = ['SUPERVISOR', 'SECURITY_OFFICER'] as const;
/** Cutting somebody off comes first, and questions after. */
const SWITCHING = ['SECURITY_OFFICER'] as const;

/** Who reads the log, and nothing else. */
const AUDITING = ['AUDITOR'] as const;

/** Every procedure that operators are callers of in the access policy, and the roles that it takes. */
export const roleTable: readonly RoleRow[] = [
  ...rows(OPEN, '/juki.operator.v1.SignInService/', ['SignIn', 'SignOut']),
  ...rows(UNLOCKING, '/juki.operator.v1.SignInService/', ['UnlockOperator', 'ReplaceCard']),
  ...rows(OPERATOR_ROLES, '/juki.operator.v1.SignInService/', ['ChangePassword']),
  ...rows(OPERATOR_ROLES, '/juki.propagation.v1.SyncService/', ['GetSyncStatus']),
  ...rows(OPERATOR_ROLES, '/juki.directory.v1.DirectoryService/', ['GetDirectory']),
  ...rows(SWITCHING, '/juki.directory.v1.StandingService/', ['CutOff', 'Rejoin']),
  ...rows(SWITCHING, '/juki.directory.v1.EmergencyService/', ['SetThreatLevel']),
  ...rows(SWITCHING, '/juki.directory.v1.OwnLineService/', ['CutOwnLine', 'RestoreOwnLine']),
  ...rows(SECOND, '/juki.directory.v1.ParticipationService/', ['SetParticipation']),
  ...rows(SECOND, '/juki.provision.v1.AgencyRegistryService/', ['RegisterAgency', 'RevokeAgency']),
  ...rows(WATCHING, '/juki.provision.v1.AgencyRegistryService/', ['ListAgencies']),
  ...rows(SECOND, '/juki.provision.v1.BatchApprovalService/', ['ListBatches', 'ApproveBatch', 'StopBatch']),
  ...rows(COUNTER, '/juki.provision.v1.ProvisionCounterService/', ['AskForProvision', 'ListPurposes']),
  ...rows(AUDITING, '/juki.audit.v1.AuditService/', [
    ...['SearchEntries', 'GetCheckpoint', 'ListLeaves', 'ListSigningCertificates', 'ListWitnesses'],
    ...['ProveInclusion', 'ProveConsistency', 'CheckEntries'],
  ]),
  ...rows(SECOND, '/juki.audit.v1.AlarmService/', ['ListAlarms', 'CloseAlarm']),
  ...rows(WATCHING, '/juki.audit.v1.AlarmService/', ['GetAlarmEvidence']),
  ...rows(WATCHING, '/juki.audit.v1.ReportService/', ['GetReport']),
  ...rows(SECOND, '/juki.propagation.v1.ConsistencyCheckService/', ['CheckConsistency']),
  ...rows(COUNTER, '/juki.propagation.v1.ChangeHistoryService/', ['GetChangeHistory']),
  ...rows(COUNTER, '/juki.propagation.v1.DiscrepancyService/', ['ListDiscrepancies']),
  ...rows(SECOND, '/juki.propagation.v1.DiscrepancyService/', ['CloseDiscrepancy']),
  ...rows(COUNTER, '/juki.issuance.v1.IssuanceCounterService/', ['IssueWideAreaCopy', 'IssueCopy']),
  ...rows(COUNTER, '/juki.audit.v1.AccessReportService/', ['GetAccessReport']),
  ...rows(COUNTER, '/juki.audit.v1.DisclosureService/', ['ReceiveRequest', 'ListRequests', 'GetRequest']),
  ...rows(SECOND, '/juki.audit.v1.DisclosureService/', ['ExtendRequest', 'AnswerRequest']),
  ...rows(COUNTER, '/juki.register.v1.RegisterService/', [
    ...['GetResidentRecord', 'SearchResidentRecords', 'GetHousehold', 'GetRecordHistory', 'GetCodePool'],
  ]),
  ...rows(COUNTER, '/juki.register.v1.NotificationService/', [
    ...['AcceptMoveIn', 'AcceptChangeOfAddress', 'AcceptMoveOut', 'CancelMoveOut', 'ReissueMoveOutCertificate'],
    ...['AcceptHouseholdChange', 'AcceptCodeChangeRequest'],
  ]),
  ...rows(COUNTER, '/juki.register.v1.FamilyRegisterService/', [
    ...['AcceptBirthReport', 'AcceptDeathReport', 'SendWaitingNotices'],
  ]),
  ...rows(COUNTER, '/juki.register.v1.ExOfficioService/', ['DraftExOfficioAct', 'ListDrafts']),
  ...rows(SECOND, '/juki.register.v1.ExOfficioService/', ['ApproveDraft', 'WithdrawDraft']),
  ...rows(COUNTER, '/juki.register.v1.ProtectiveMeasureService/', ['SetProtectiveMeasure', 'ListProtectiveMeasures']),
  ...rows(SECOND, '/juki.register.v1.ProtectiveMeasureService/', ['RenewProtectiveMeasure', 'EndProtectiveMeasure']),
  ...rows(COUNTER, '/juki.register.v1.OfficerNoticeService/', ['ListOfficerNotices']),
  ...rows(COUNTER, '/juki.card.v1.CardService/', [
    ...['IssueCard', 'VerifyCard', 'ChangeCardPin', 'UnlockCard', 'ReportCardLoss', 'ReportCardFound', 'ReturnCard'],
    ...['ContinueCard', 'ListCards'],
  ]),
  ...rows(SECOND, '/juki.card.v1.CardService/', ['OrderCardReturn', 'DestroyCard']),
  ...rows(COUNTER, '/juki.transfer.v1.SpecialMoveService/', [
    ...['AcceptSpecialMoveOut', 'IssueCertificateInstead', 'BeginSpecialMoveIn', 'CompleteSpecialMoveIn'],
    ...['ReleaseSpecialMoveIn', 'ListMoves'],
  ]),
  ...rows(COUNTER, '/juki.transfer.v1.MoveOutConfirmationService/', ['ListSettledMoveOuts']),
  ...rows(COUNTER, '/juki.identity.v1.IdentityService/', ['GetIdentificationInformation']),
  ...rows(OPEN, '/grpc.health.v1.Health/', ['Check', 'List', 'Watch']),
  ...rows(OPEN, '/grpc.reflection.', [
    ...['v1.ServerReflection/ServerReflectionInfo', 'v1alpha.ServerReflection/ServerReflectionInfo'],
  ]),

  ...rows(OPEN, 'POST /', ['sign-in', 'sign-in/challenge', 'sign-out']),
  ...rows(COUNTER, 'POST /', ['wide-area-copies', 'copies']),
  ...rows(COUNTER, 'POST /', ['move-out-certificates/reissue', 'family-register-notices/send']),
  ...rows(COUNTER, 'POST /resident-records/', ['read', 'search', 'household', 'history']),
  ...rows(COUNTER, 'POST /notifications/', [
    ...['move-in', 'change-of-address', 'move-out', 'move-out-cancellation', 'household-change', 'code-change'],
    ...['birth', 'death'],
  ]),
  ...rows(COUNTER, 'POST /cards', [
    ...['', '/verify', '/pin', '/unlock', '/loss', '/found', '/return', '/continue', '/list'],
  ]),
  ...rows(SECOND, 'POST /cards/', ['return-order', 'destruction']),
  ...rows(COUNTER, 'POST /special-moves/', [
    ...['move-out', 'certificate-instead', 'first-move-in', 'move-in', 'release', 'list'],
  ]),
  ...rows(COUNTER, 'POST /ex-officio-drafts', ['', '/list']),
  ...rows(SECOND, 'POST /ex-officio-drafts', ['/approve', '/withdraw']),
  ...rows(COUNTER, 'POST /protective-measures', ['', '/list']),
  ...rows(SECOND, 'POST /protective-measures', ['/renew', '/end']),
  ...rows(COUNTER, 'POST /', ['access-reports']),
  // A terminal in the town hall shows a certificate of the office; who signs in there is the resident, with their card.
  ...rows(OPEN, 'GET /', ['self-service']),
  ...rows(OPEN, 'POST /', ['self-service', 'self-service/access-reports']),
  ...rows(COUNTER, 'POST /', ['provisions']),
  ...rows(COUNTER, 'GET /', ['code-pool', 'provision-purposes']),
  ...rows(WATCHING, 'GET /', ['reports/:kind']),
  ...rows(OPEN, 'GET /', ['health', 'openapi.json']),
  // Prometheus reads it with a certificate of the office: nobody is there to sign it in, and it tells of no person.
  ...rows(OPEN, 'GET /', ['metrics']),
];

const rolesOf = new Map(roleTable.map(({ method, roles }) => [method, roles]));

/** Whether only operators who have signed in may call the method; what has no row is not for anybody else either. */
export function needsSignIn(method: string): boolean {
  return rolesOf.get(method) !== OPEN;
}

/** Whether an operator of this role may call the method. */
export function mayDo(role: OperatorRole, method: string): boolean {
  const roles = rolesOf.get(method);
  return roles === OPEN || (roles?.includes(role) ?? false);
}

function rows(roles: RoleRow['roles'], prefix: string, methods: readonly string[]): RoleRow[] {
  return methods.map((method) => ({ method: `${prefix}${method}`, roles }));
}
