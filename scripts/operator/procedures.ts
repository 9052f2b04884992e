import { service as health } from 'grpc-health-check';
import type { AccessReportServiceDefinition } from '#core/wire/generated/juki/audit/v1/AccessReportService.js';
import type { AlarmServiceDefinition } from '#core/wire/generated/juki/audit/v1/AlarmService.js';
import type { AuditServiceDefinition } from '#core/wire/generated/juki/audit/v1/AuditService.js';
import type { DisclosureServiceDefinition } from '#core/wire/generated/juki/audit/v1/DisclosureService.js';
import type { ReportServiceDefinition } from '#core/wire/generated/juki/audit/v1/ReportService.js';
import type { CardServiceDefinition } from '#core/wire/generated/juki/card/v1/CardService.js';
import type { DirectoryServiceDefinition } from '#core/wire/generated/juki/directory/v1/DirectoryService.js';
import type { EmergencyServiceDefinition } from '#core/wire/generated/juki/directory/v1/EmergencyService.js';
import type { OwnLineServiceDefinition } from '#core/wire/generated/juki/directory/v1/OwnLineService.js';
import type { ParticipationServiceDefinition } from '#core/wire/generated/juki/directory/v1/ParticipationService.js';
import type { StandingServiceDefinition } from '#core/wire/generated/juki/directory/v1/StandingService.js';
import type { IdentityServiceDefinition } from '#core/wire/generated/juki/identity/v1/IdentityService.js';
import type { IssuanceCounterServiceDefinition } from '#core/wire/generated/juki/issuance/v1/IssuanceCounterService.js';
import type { SignInServiceDefinition } from '#core/wire/generated/juki/operator/v1/SignInService.js';
import type { ChangeHistoryServiceDefinition } from '#core/wire/generated/juki/propagation/v1/ChangeHistoryService.js';
import type { ConsistencyCheckServiceDefinition } from '#core/wire/generated/juki/propagation/v1/ConsistencyCheckService.js';
import type { DiscrepancyServiceDefinition } from '#core/wire/generated/juki/propagation/v1/DiscrepancyService.js';
import type { SyncServiceDefinition } from '#core/wire/generated/juki/propagation/v1/SyncService.js';
import type { AgencyRegistryServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyRegistryService.js';
import type { BatchApprovalServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchApprovalService.js';
import type { ProvisionCounterServiceDefinition } from '#core/wire/generated/juki/provision/v1/ProvisionCounterService.js';
import type { ExOfficioServiceDefinition } from '#core/wire/generated/juki/register/v1/ExOfficioService.js';
import type { FamilyRegisterServiceDefinition } from '#core/wire/generated/juki/register/v1/FamilyRegisterService.js';
import type { NotificationServiceDefinition } from '#core/wire/generated/juki/register/v1/NotificationService.js';
import type { OfficerNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/OfficerNoticeService.js';
import type { ProtectiveMeasureServiceDefinition } from '#core/wire/generated/juki/register/v1/ProtectiveMeasureService.js';
import type { RegisterServiceDefinition } from '#core/wire/generated/juki/register/v1/RegisterService.js';
import type { MoveOutConfirmationServiceDefinition } from '#core/wire/generated/juki/transfer/v1/MoveOutConfirmationService.js';
import type { SpecialMoveServiceDefinition } from '#core/wire/generated/juki/transfer/v1/SpecialMoveService.js';
import { type Asked, procedures } from '#core/wire/procedure.js';

/** What an operator can ask their own office. */
export const { ReceiveRequest, ListRequests, GetRequest, ExtendRequest, AnswerRequest } =
  procedures<DisclosureServiceDefinition>('juki.audit.v1.DisclosureService');
export const {
  SearchEntries,
  GetCheckpoint,
  ListLeaves,
  ListSigningCertificates,
  ListWitnesses,
  ProveInclusion,
  ProveConsistency,
  CheckEntries,
} = procedures<AuditServiceDefinition>('juki.audit.v1.AuditService');
export const { GetAccessReport } = procedures<AccessReportServiceDefinition>('juki.audit.v1.AccessReportService');
export const { IssueWideAreaCopy, IssueCopy } = procedures<IssuanceCounterServiceDefinition>(
  'juki.issuance.v1.IssuanceCounterService',
);
export const { GetResidentRecord, SearchResidentRecords, GetHousehold, GetRecordHistory, GetCodePool } =
  procedures<RegisterServiceDefinition>('juki.register.v1.RegisterService');
export const {
  AcceptMoveIn,
  AcceptChangeOfAddress,
  AcceptMoveOut,
  CancelMoveOut,
  ReissueMoveOutCertificate,
  AcceptHouseholdChange,
  AcceptCodeChangeRequest,
} = procedures<NotificationServiceDefinition>('juki.register.v1.NotificationService');
export const {
  IssueCard,
  VerifyCard,
  ChangeCardPin,
  UnlockCard,
  ReportCardLoss,
  ReportCardFound,
  ReturnCard,
  OrderCardReturn,
  DestroyCard,
  ContinueCard,
  ListCards,
} = procedures<CardServiceDefinition>('juki.card.v1.CardService');
export const {
  AcceptSpecialMoveOut,
  IssueCertificateInstead,
  BeginSpecialMoveIn,
  CompleteSpecialMoveIn,
  ReleaseSpecialMoveIn,
  ListMoves,
} = procedures<SpecialMoveServiceDefinition>('juki.transfer.v1.SpecialMoveService');
export const { ListSettledMoveOuts } = procedures<MoveOutConfirmationServiceDefinition>(
  'juki.transfer.v1.MoveOutConfirmationService',
);
export const { AcceptBirthReport, AcceptDeathReport, SendWaitingNotices } = procedures<FamilyRegisterServiceDefinition>(
  'juki.register.v1.FamilyRegisterService',
);
export const { DraftExOfficioAct, ListDrafts, ApproveDraft, WithdrawDraft } = procedures<ExOfficioServiceDefinition>(
  'juki.register.v1.ExOfficioService',
);
export const { SetProtectiveMeasure, RenewProtectiveMeasure, EndProtectiveMeasure, ListProtectiveMeasures } =
  procedures<ProtectiveMeasureServiceDefinition>('juki.register.v1.ProtectiveMeasureService');
export const { AskForProvision, ListPurposes } = procedures<ProvisionCounterServiceDefinition>(
  'juki.provision.v1.ProvisionCounterService',
);
export const { RegisterAgency, RevokeAgency, ListAgencies } = procedures<AgencyRegistryServiceDefinition>(
  'juki.provision.v1.AgencyRegistryService',
);
export const { ListBatches, ApproveBatch, StopBatch } = procedures<BatchApprovalServiceDefinition>(
  'juki.provision.v1.BatchApprovalService',
);
export const { CutOff, Rejoin } = procedures<StandingServiceDefinition>('juki.directory.v1.StandingService');
export const { SetThreatLevel } = procedures<EmergencyServiceDefinition>('juki.directory.v1.EmergencyService');
export const { CutOwnLine, RestoreOwnLine } = procedures<OwnLineServiceDefinition>('juki.directory.v1.OwnLineService');
export const { ListAlarms, CloseAlarm, GetAlarmEvidence } =
  procedures<AlarmServiceDefinition>('juki.audit.v1.AlarmService');
export const { GetReport } = procedures<ReportServiceDefinition>('juki.audit.v1.ReportService');
export const { GetDirectory } = procedures<DirectoryServiceDefinition>('juki.directory.v1.DirectoryService');
export const { SetParticipation } = procedures<ParticipationServiceDefinition>(
  'juki.directory.v1.ParticipationService',
);
export const { GetSyncStatus } = procedures<SyncServiceDefinition>('juki.propagation.v1.SyncService');
export const { CheckConsistency } = procedures<ConsistencyCheckServiceDefinition>(
  'juki.propagation.v1.ConsistencyCheckService',
);
export const { GetChangeHistory } = procedures<ChangeHistoryServiceDefinition>(
  'juki.propagation.v1.ChangeHistoryService',
);
export const { ListDiscrepancies, CloseDiscrepancy } = procedures<DiscrepancyServiceDefinition>(
  'juki.propagation.v1.DiscrepancyService',
);
export const { ListOfficerNotices } = procedures<OfficerNoticeServiceDefinition>(
  'juki.register.v1.OfficerNoticeService',
);
export const { GetIdentificationInformation } = procedures<IdentityServiceDefinition>(
  'juki.identity.v1.IdentityService',
);

export const { UnlockOperator, ChangePassword, ReplaceCard } = procedures<SignInServiceDefinition>(
  'juki.operator.v1.SignInService',
);

/** The standard health service, of the library that serves it. */
export const CheckHealth: Asked<{ service?: string }, { status: string }> = {
  path: '/grpc.health.v1.Health/Check',
  question: 'grpc.health.v1.HealthCheckRequest',
  answer: 'grpc.health.v1.HealthCheckResponse',
  encodeRequest: (request) => method().requestSerialize(request),
  decodeResponse: (bytes) => method().responseDeserialize(bytes) as { status: string },
};

function method() {
  const check = health['check'] ?? health['Check'];
  if (!check) throw new Error('the health service has no Check');
  return check;
}
