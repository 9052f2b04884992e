/** What somebody had to do with a person, as the person is told. */
type AccessKind = 'LOOK_UP' | 'COPY' | 'PROVISION' | 'CHANGE' | 'MEASURE' | 'UPKEEP' | 'DISCLOSURE' | 'ALARM';

/** What a procedure is to the person whom it concerns. */
export interface AccessRow {
  /** As the log has it, or how it begins. */
  procedure: string;
  kind: AccessKind;
  /** Of the Basic Resident Registration Act, or of its Order. */
  basis: string;
  ja: string;
  en: string;
  /** What the one who asked was given; nothing where they gave. */
  given: string;
}

const NOTHING = '-';
/** No article names it: the operator's purpose says what it is for. */
const AS_STATED = 'as the purpose states';
const FOUR_ITEMS = 'items 1, 2, 3, 7 and 13 (name, birth date, sex, address, code)';
const RECORD = 'the resident record';
/** Each entry of a provision says what was given; what was only handed on, the entry of whoever gave it. */
const AS_ENTERED = "as the giving office's log has it";

/** Every procedure that concerns persons. The first row that a procedure begins with is its own. */
export const accessTable: readonly AccessRow[] = [
  ...rows('COPY', 'Article 12-4', '広域交付', 'wide-area copy', 'items 1, 2, 3, 6, 7, 8; 4 and 13 where asked for', [
    ...['/juki.issuance.v1.WideAreaIssuanceService/', '/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy'],
    'POST /wide-area-copies',
  ]),
  ...rows('COPY', 'Article 12', '住民票の写し', 'copy of the resident record', 'the items on the copy', [
    ...['/juki.issuance.v1.IssuanceCounterService/IssueCopy', 'POST /copies'],
  ]),
  ...rows('PROVISION', 'Article 30-7', '本人確認情報の即時提供', 'immediate provision', AS_ENTERED, [
    ...['ProvideToAgency', 'ProvideEachToAgency'].map(
      (method) => `/juki.provision.v1.AgencyProvisionService/${method}`,
    ),
    '/juki.provision.v1.GovernorProvisionService/',
  ]),
  ...rows('PROVISION', 'Article 30-7', '本人確認情報の一括提供', 'batch provision', AS_ENTERED, [
    ...['/juki.provision.v1.BatchProvisionService/ProvideBatch', 'provision/BATCH'],
  ]),
  ...rows('PROVISION', 'Articles 30-7, 30-8', '本人確認情報の提供の求め', 'provision asked for', AS_ENTERED, [
    ...['/juki.provision.v1.ProvisionCounterService/AskForProvision', 'POST /provisions'],
  ]),
  ...rows('MEASURE', AS_STATED, '支援措置', 'protective measure', NOTHING, [
    ...['/juki.register.v1.ProtectiveMeasureService/', 'POST /protective-measures', 'register/PROTECTIVE_MEASURE'],
    '/juki.register.v1.OfficerNoticeService/',
  ]),
  ...rows('LOOK_UP', AS_STATED, '住民票の照会', 'look at the resident record', RECORD, [
    ...['/juki.register.v1.RegisterService/', 'POST /resident-records/'],
  ]),
  ...rows('LOOK_UP', AS_STATED, '本人確認情報の照会', 'look at identification information', FOUR_ITEMS, [
    ...['/juki.identity.v1.IdentityService/', '/juki.propagation.v1.ChangeHistoryService/'],
  ]),
  ...rows('CHANGE', 'Article 8', '職権による記載', 'ex-officio act', NOTHING, [
    ...['/juki.register.v1.ExOfficioService/', 'POST /ex-officio-drafts', 'register/DRAFT', 'register/WITHDRAWAL'],
  ]),
  ...rows('CHANGE', 'Article 9(2)', '戸籍の届出の通知', 'notice of the family register', NOTHING, [
    ...['/juki.register.v1.FamilyRegister', 'POST /family-register-notices/'],
  ]),
  ...rows(
    'CHANGE',
    'Articles 24-2, 9(1)',
    '転入届の特例',
    'special move-in',
    'items 1 to 5, 7, 9 to 13, and the card',
    [...['/juki.transfer.v1.MoveOutCertificateService/ClaimMoveOutCertificate', 'register/CLAIM']],
  ),
  ...rows('CHANGE', 'Articles 24-2, 9(1)', '転入届の特例', 'special move-in', NOTHING, [
    ...['/juki.transfer.', 'POST /special-moves/', 'ledger/MOVE_OUT_CONFIRMATIONS'],
  ]),
  ...rows('CHANGE', 'Article 30-44, Orders 30-19 to 30-24', 'カード', 'card', NOTHING, [
    ...['/juki.card.', 'POST /cards', 'card/', 'ledger/CARD_STATUSES'],
  ]),
  ...rows('CHANGE', 'Articles 22 to 25, 30-3', '届出', 'notification', NOTHING, [
    ...['/juki.register.v1.NotificationService/', 'POST /notifications/', 'POST /move-out-certificates/', 'register/'],
  ]),
  ...rows('CHANGE', 'Article 30-5', '本人確認情報の通知', 'change information', FOUR_ITEMS, [
    ...['/juki.propagation.v1.PropagationService/', 'ledger/CHANGES'],
  ]),
  ...rows('UPKEEP', 'Article 30-5', '整合性の確認', 'consistency check', FOUR_ITEMS, [
    ...['/juki.propagation.v1.Consistency', '/juki.propagation.v1.DiscrepancyService/', 'ledger/RESTATEMENT'],
  ]),
  ...rows('DISCLOSURE', 'Articles 30-37, 30-38, 30-40', '開示', 'disclosure to the person', NOTHING, [
    ...[
      '/juki.audit.v1.Access',
      '/juki.audit.v1.DisclosureService/',
      'audit/DISCLOSURE',
      'disclosure/',
      'POST /access-reports',
    ],
    'POST /self-service',
  ]),
  ...rows('ALARM', AS_STATED, '不正利用の監視', 'misuse watch', NOTHING, ['alarm/', '/juki.audit.v1.AlarmService/']),
];

/** Undefined for what concerns nobody. */
export function accessOf(procedure: string): AccessRow | undefined {
  return accessTable.find((row) => procedure.startsWith(row.procedure));
}

function rows(
  kind: AccessKind,
  basis: string,
  ja: string,
  en: string,
  given: string,
  procedures: readonly string[],
): AccessRow[] {
  return procedures.map((procedure) => ({ procedure, kind, basis, ja, en, given }));
}
