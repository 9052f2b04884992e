import type { Wording } from './wording.js';

/** Residents' data that an office gives to another office or an agency because that asks for it. */
export interface ProvisionKind {
  /** Whose answers these are. */
  procedure: string;
  what: Wording;
  basis: Wording;
  /** 即時提供: one case, answered at once. 一括提供: a file of many. */
  method: 'IMMEDIATE' | 'BATCH';
}

/** Every procedure whose answers are provisions: what has no row here is not in the yearly publication (Orders 21, 27). */
export const provisionKinds: readonly ProvisionKind[] = [
  {
    procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
    what: { ja: '広域交付のための住民票の写しに係る通知', en: 'Copy data for a wide-area copy' },
    basis: { ja: '住民基本台帳法第12条の4第3項', en: 'Basic Resident Registration Act, Article 12-4(3)' },
    method: 'IMMEDIATE',
  },
  {
    procedure: '/juki.transfer.v1.MoveOutCertificateService/ClaimMoveOutCertificate',
    what: { ja: '転出証明書情報の通知', en: 'Move-out certificate information for a special move-in' },
    basis: { ja: '住民基本台帳法第24条の2第4項', en: 'Basic Resident Registration Act, Article 24-2(4)' },
    method: 'IMMEDIATE',
  },
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
