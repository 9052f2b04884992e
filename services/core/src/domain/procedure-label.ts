import { accessPolicy } from './access-policy.js';
import type { Role } from './office.js';
import type { Wording } from './wording.js';

/** What reports sum up under one name, whichever entrance it was asked for at. */
type Business = 'COPY' | 'WIDE_AREA_COPY' | 'LOOK_UP' | 'NOTIFICATION' | 'SIGN_IN' | 'ALARM_CLOSED';

/** How reports call some procedures: by their meaning, not by their path. */
export interface ProcedureLabel extends Wording {
  procedures: readonly string[];
  business?: Business;
}

const ISSUANCE = '/juki.issuance.v1.IssuanceCounterService/';
const REGISTER = '/juki.register.v1.RegisterService/';
const NOTIFICATION = '/juki.register.v1.NotificationService/';
const FAMILY = '/juki.register.v1.FamilyRegisterService/';
const EX_OFFICIO = '/juki.register.v1.ExOfficioService/';
const MEASURE = '/juki.register.v1.ProtectiveMeasureService/';
const OPERATOR = '/juki.operator.v1.SignInService/';
const CARD = '/juki.card.v1.CardService/';
const PROVISION = '/juki.provision.v1.';
const MOVE = '/juki.transfer.v1.SpecialMoveService/';

export const procedureLabels: readonly ProcedureLabel[] = [
  label('住民票の写しの交付', 'Copies issued at home', [`${ISSUANCE}IssueCopy`, 'POST /copies'], 'COPY'),
  label(
    '他の市区町村の住民への広域交付',
    'Wide-area copies issued for residents of elsewhere',
    [`${ISSUANCE}IssueWideAreaCopy`, 'POST /wide-area-copies'],
    'WIDE_AREA_COPY',
  ),
  label('広域交付のための通知', 'Copy data given to other municipalities', [
    '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
  ]),

  label('本人確認情報の提供の求め', 'Provisions asked for instead of a document', [
    ...[`${PROVISION}ProvisionCounterService/AskForProvision`, 'POST /provisions'],
  ]),
  label('利用事務の確認', 'Looks at what the office may cite', [
    ...[`${PROVISION}ProvisionCounterService/ListPurposes`, 'GET /provision-purposes'],
  ]),
  label('市町村長への提供', 'Provisions to mayors', [`${PROVISION}GovernorProvisionService/ProvideToMayor`]),
  label('他の都道府県知事への提供', 'Provisions to other governors', [
    `${PROVISION}GovernorProvisionService/ProvideToGovernor`,
  ]),
  label('国の機関等への即時提供', 'Immediate provisions to agencies', [
    `${PROVISION}AgencyProvisionService/ProvideToAgency`,
    `${PROVISION}AgencyProvisionService/ProvideEachToAgency`,
  ]),
  label('国の機関等の利用事務の確認', 'Looks of agencies at what they may cite', [
    `${PROVISION}AgencyProvisionService/ListAgencyPurposes`,
  ]),
  label('一括提供の申込み', 'Batches asked for', [`${PROVISION}BatchProvisionService/RequestBatch`]),
  label('一括提供の進捗の確認', 'Looks at how far a batch is', [`${PROVISION}BatchProvisionService/GetBatch`]),
  label('一括提供の分割ファイルの処理', 'Pieces of batches answered', [
    `${PROVISION}BatchProvisionService/ProvideBatch`,
  ]),
  label('一括提供の一覧', 'Looks at batches that wait', [`${PROVISION}BatchApprovalService/ListBatches`]),
  label('一括提供の承認', 'Batches approved', [`${PROVISION}BatchApprovalService/ApproveBatch`]),
  label('一括提供の中止', 'Batches stopped', [`${PROVISION}BatchApprovalService/StopBatch`]),
  label('国の機関等の登録', 'Agencies registered', [`${PROVISION}AgencyRegistryService/RegisterAgency`]),
  label('国の機関等の登録の取消し', 'Agencies revoked', [`${PROVISION}AgencyRegistryService/RevokeAgency`]),
  label('国の機関等の一覧', 'Looks at the agencies', [`${PROVISION}AgencyRegistryService/ListAgencies`]),

  look('住民票の照会', 'Look-ups of a resident record', 'GetResidentRecord', 'read'),
  look('住民票の検索', 'Searches of resident records', 'SearchResidentRecords', 'search'),
  look('世帯の照会', 'Look-ups of a household', 'GetHousehold', 'household'),
  look('履歴の照会', 'Look-ups of a history', 'GetRecordHistory', 'history'),
  label(
    '本人確認情報の照会',
    'Look-ups of identification information',
    ['/juki.identity.v1.IdentityService/GetIdentificationInformation'],
    'LOOK_UP',
  ),
  label(
    '変更情報の照会',
    'Look-ups of change information',
    ['/juki.propagation.v1.ChangeHistoryService/GetChangeHistory'],
    'LOOK_UP',
  ),

  notification('転入届', 'Move-in notifications', `${NOTIFICATION}AcceptMoveIn`, 'move-in'),
  notification(
    '転居届',
    'Change-of-address notifications',
    `${NOTIFICATION}AcceptChangeOfAddress`,
    'change-of-address',
  ),
  notification('転出届', 'Move-out notifications', `${NOTIFICATION}AcceptMoveOut`, 'move-out'),
  notification('転出の取りやめ', 'Move-outs taken back', `${NOTIFICATION}CancelMoveOut`, 'move-out-cancellation'),
  notification(
    '世帯変更届',
    'Household-change notifications',
    `${NOTIFICATION}AcceptHouseholdChange`,
    'household-change',
  ),
  notification(
    '住民票コードの変更請求',
    'Code change requests',
    `${NOTIFICATION}AcceptCodeChangeRequest`,
    'code-change',
  ),
  notification('出生届', 'Birth reports', `${FAMILY}AcceptBirthReport`, 'birth'),
  notification('死亡届', 'Death reports', `${FAMILY}AcceptDeathReport`, 'death'),
  label('転出証明書の再交付', 'Move-out certificates once more', [
    ...[`${NOTIFICATION}ReissueMoveOutCertificate`, 'POST /move-out-certificates/reissue'],
  ]),

  label(
    '特例による転出届',
    'Move-out notifications with a card',
    [`${MOVE}AcceptSpecialMoveOut`, 'POST /special-moves/move-out'],
    'NOTIFICATION',
  ),
  label(
    '特例による転入届',
    'Move-in notifications with a card',
    [`${MOVE}CompleteSpecialMoveIn`, 'POST /special-moves/move-in'],
    'NOTIFICATION',
  ),
  label('最初の転入届', 'First move-ins with a card', [
    `${MOVE}BeginSpecialMoveIn`,
    'POST /special-moves/first-move-in',
  ]),
  label('転出証明書情報の通知', 'Move-out certificate information given to other municipalities', [
    '/juki.transfer.v1.MoveOutCertificateService/ClaimMoveOutCertificate',
  ]),
  label('カードの交付', 'Cards issued', [`${CARD}IssueCard`, 'POST /cards']),
  label('カードの継続利用', 'Cards that go on', [`${CARD}ContinueCard`, 'POST /cards/continue']),
  label('カードの紛失', 'Cards lost', [`${CARD}ReportCardLoss`, 'POST /cards/loss']),
  label('カードの返納', 'Cards taken back', [`${CARD}ReturnCard`, 'POST /cards/return']),

  label('職権の起案', 'Ex officio acts drafted', [`${EX_OFFICIO}DraftExOfficioAct`, 'POST /ex-officio-drafts']),
  label('職権の承認', 'Ex officio acts approved', [`${EX_OFFICIO}ApproveDraft`, 'POST /ex-officio-drafts/approve']),
  label('支援措置の実施', 'Protective measures set', [`${MEASURE}SetProtectiveMeasure`, 'POST /protective-measures']),

  label('サインイン', 'Sign-ins', [`${OPERATOR}SignIn`, 'POST /sign-in'], 'SIGN_IN'),
  label('サインアウト', 'Sign-outs', [`${OPERATOR}SignOut`, 'POST /sign-out']),
  label('ロックの解除', 'Operators unlocked', [`${OPERATOR}UnlockOperator`]),
  label('警報の確認', 'Looks at the alarms', ['/juki.audit.v1.AlarmService/ListAlarms']),
  label('警報の処理', 'Alarms closed', ['/juki.audit.v1.AlarmService/CloseAlarm'], 'ALARM_CLOSED'),
  label('報告', 'Reports', ['/juki.audit.v1.ReportService/GetReport', 'GET /reports/:kind']),
  label('変更情報の通知', 'Change information delivered', ['/juki.propagation.v1.PropagationService/DeliverChanges']),
  label('住民票コードの指定', 'Codes allotted', ['/juki.allotment.v1.AllotmentService/AllotCodes']),
];

/** What the log calls alarms. */
export const alarmLabels: Readonly<Record<string, Wording>> = {
  'alarm/MANY_OPERATORS': { ja: '多数の操作者による照会', en: 'Many operators look at one person' },
  'alarm/MANY_PEOPLE': { ja: '一人の操作者による多数の照会', en: 'One operator looks at many people' },
  'alarm/ODD_HOURS': { ja: '時間外の照会', en: 'A look at odd hours' },
  'alarm/GUESSING': { ja: '該当者のない照会の繰り返し', en: 'An agency asks about many people who are nobody' },
  'alarm/OWN_FAMILY': { ja: '操作者の家族の照会', en: 'An operator looks at their own family' },
  'alarm/LOG_CONTRADICTED': { ja: '記録と証人の検証値との矛盾', en: 'A log contradicts what a witness keeps' },
};

const byProcedure = new Map(procedureLabels.flatMap((row) => row.procedures.map((procedure) => [procedure, row])));
const policed = new Set(accessPolicy.map(({ method }) => method));

/** Undefined for what has no name but its path. */
export function labelOf(procedure: string): ProcedureLabel | undefined {
  return byProcedure.get(procedure);
}

/** Whether offices of this role have anything of it. */
export function isServedAt(role: Role, { procedures }: ProcedureLabel): boolean {
  return accessPolicy.some(({ method, servedBy }) => servedBy.includes(role) && procedures.includes(method));
}

/** Whether it is a procedure of this network: what callers ask for besides is logged in their own words. */
export function isOfNetwork(procedure: string): boolean {
  return policed.has(procedure);
}

function look(ja: string, en: string, method: string, path: string): ProcedureLabel {
  return label(ja, en, [`${REGISTER}${method}`, `POST /resident-records/${path}`], 'LOOK_UP');
}

function notification(ja: string, en: string, method: string, path: string): ProcedureLabel {
  return label(ja, en, [method, `POST /notifications/${path}`], 'NOTIFICATION');
}

function label(ja: string, en: string, procedures: readonly string[], business?: Business): ProcedureLabel {
  return { ja, en, procedures, ...(business && { business }) };
}
