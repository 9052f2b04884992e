import type { Wording } from './wording.js';

/** Residents' data that an office gives to another office or an agency because that asks for it. */
export interface ProvisionKind {
  /** Whose answers these are; of a batch, what the log calls its people. */
  procedure: string;
  /** The entry of the log that accounts for it. */
  event: 'ANSWERED' | 'RECORDED';
  what: Wording;
  /** Null where an entry of the appended tables is, which the log's entry names. */
  basis: Wording | null;
  /** 即時提供: one case, answered at once. 一括提供: a file of many. */
  method: 'IMMEDIATE' | 'BATCH';
  /**
   * Whether entries say by which statutory purpose, and what was given: those of what an office gives out of its own
   * ledger do. What it only hands on stands in the log of whoever gave it.
   */
  tells: 'ALWAYS' | 'WHERE_ITS_OWN' | 'NEVER';
}

/** What the log calls the people of a batch. */
export const BATCH = 'provision/BATCH';

const IDENTIFICATION: Wording = { ja: '本人確認情報', en: 'Identification information' };
const V1 = '/juki.provision.v1';

/** Every procedure whose answers are provisions: what has no row here is not in the yearly publication (Orders 21, 27). */
export const provisionKinds: readonly ProvisionKind[] = [
  {
    ...{ procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData', event: 'ANSWERED' },
    what: { ja: '広域交付のための住民票の写しに係る通知', en: 'Copy data for a wide-area copy' },
    basis: { ja: '住民基本台帳法第12条の4第3項', en: 'Basic Resident Registration Act, Article 12-4(3)' },
    ...{ method: 'IMMEDIATE', tells: 'NEVER' },
  },
  {
    ...{ procedure: '/juki.transfer.v1.MoveOutCertificateService/ClaimMoveOutCertificate', event: 'ANSWERED' },
    what: { ja: '転出証明書情報の通知', en: 'Move-out certificate information for a special move-in' },
    basis: { ja: '住民基本台帳法第24条の2第4項', en: 'Basic Resident Registration Act, Article 24-2(4)' },
    ...{ method: 'IMMEDIATE', tells: 'NEVER' },
  },
  immediate(`${V1}.AgencyProvisionService/ProvideToAgency`, 'ALWAYS'),
  { ...immediate(BATCH, 'ALWAYS'), event: 'RECORDED', method: 'BATCH' },
  immediate(`${V1}.GovernorProvisionService/ProvideToMayor`, 'WHERE_ITS_OWN'),
  immediate(`${V1}.GovernorProvisionService/ProvideToGovernor`, 'ALWAYS'),
  immediate(`${V1}.ProvisionCounterService/AskForProvision`, 'WHERE_ITS_OWN'),
  immediate('POST /provisions', 'WHERE_ITS_OWN'),
];

export const METHODS: Record<ProvisionKind['method'], Wording> = {
  IMMEDIATE: { ja: '即時提供', en: 'Immediate' },
  BATCH: { ja: '一括提供', en: 'Batch' },
};

const byProcedure = new Map(provisionKinds.map((kind) => [kind.procedure, kind]));

/** Undefined for what gives no resident's data to whoever asks. */
export function provisionKindOf(procedure: string): ProvisionKind | undefined {
  return byProcedure.get(procedure);
}

function immediate(procedure: string, tells: ProvisionKind['tells']): ProvisionKind {
  return { procedure, event: 'ANSWERED', what: IDENTIFICATION, basis: null, method: 'IMMEDIATE', tells };
}
