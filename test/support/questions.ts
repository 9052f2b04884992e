import type { Asked } from '#core/wire/procedure.js';
import type { MeasureView } from '#municipality/domain/protection/protective-measure.js';
import type { Receipt } from '#municipality/domain/register/receipt.js';
import type { RecordVersionView, ResidentRecordView } from '#municipality/domain/register/record-view.js';
import {
  AcceptBirthReport,
  AcceptChangeOfAddress,
  AcceptCodeChangeRequest,
  AcceptDeathReport,
  AcceptHouseholdChange,
  AcceptMoveIn,
  AcceptMoveOut,
  ApproveDraft,
  CancelMoveOut,
  DraftExOfficioAct,
  EndProtectiveMeasure,
  GetHousehold,
  GetRecordHistory,
  GetResidentRecord,
  ListDrafts,
  ListProtectiveMeasures,
  ReissueMoveOutCertificate,
  RenewProtectiveMeasure,
  SearchResidentRecords,
  SendWaitingNotices,
  SetProtectiveMeasure,
  WithdrawDraft,
} from '#scripts/operator/procedures.js';

/** What both entrances say, once what is not there is left out: over HTTPS it is null, over gRPC it is not there. */
export type Plain<T> = T extends (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { [K in keyof T as null extends T[K] ? never : K]: Plain<T[K]> } & {
        [K in keyof T as null extends T[K] ? K : never]?: Plain<NonNullable<T[K]>>;
      }
    : T;

export type PlainReceipt = Plain<Receipt>;
export type PlainRecord = Plain<ResidentRecordView>;
export type PlainVersion = Plain<RecordVersionView>;

/** One thing that an operator can have done, and both ways to ask for it. */
export interface Question<Answer> {
  procedure: Asked<object, object>;
  path: string;
  /** Over HTTPS the receipt is the answer; over gRPC the answer has a receipt. */
  receiptAlone?: true;
  /** The same with a card. */
  cardAlone?: true;
  /** Never there: it says of what type the answer is. */
  answer?: Answer;
}

/** What becomes of a birth or death report: entered here, or told to the home municipality. */
interface Reported {
  receipt?: PlainReceipt;
  notice?: { noticeId: string; outcome: string };
}
interface Receipted {
  receipt: PlainReceipt;
}
interface Measured {
  measure: Plain<MeasureView>;
}

const receiptAlone = true;
export const moveIn: Question<Receipted> = { procedure: AcceptMoveIn, path: '/notifications/move-in', receiptAlone };
export const moveOut: Question<Receipted> = { procedure: AcceptMoveOut, path: '/notifications/move-out', receiptAlone };
export const changeOfAddress: Question<Receipted> = {
  ...{ procedure: AcceptChangeOfAddress, path: '/notifications/change-of-address', receiptAlone },
};
export const cancelMoveOut: Question<Receipted> = {
  ...{ procedure: CancelMoveOut, path: '/notifications/move-out-cancellation', receiptAlone },
};
export const householdChange: Question<Receipted> = {
  ...{ procedure: AcceptHouseholdChange, path: '/notifications/household-change', receiptAlone },
};
export const codeChange: Question<Receipted> = {
  ...{ procedure: AcceptCodeChangeRequest, path: '/notifications/code-change', receiptAlone },
};
export const birth: Question<Reported> = { procedure: AcceptBirthReport, path: '/notifications/birth' };
export const death: Question<Reported> = { procedure: AcceptDeathReport, path: '/notifications/death' };
export const sendNotices: Question<{ notices: { noticeId: string; outcome: string }[] }> = {
  ...{ procedure: SendWaitingNotices, path: '/family-register-notices/send' },
};
export const reissue: Question<{ certificate: Receipt['certificates'][number] }> = {
  ...{ procedure: ReissueMoveOutCertificate, path: '/move-out-certificates/reissue' },
};
export const draftAct: Question<{ draftId: string }> = { procedure: DraftExOfficioAct, path: '/ex-officio-drafts' };
export const listDrafts: Question<{ drafts: { draftId: string; draftedBy: string; grounds: string; act: object }[] }> =
  {
    ...{ procedure: ListDrafts, path: '/ex-officio-drafts/list' },
  };
export const approve: Question<Receipted> = {
  ...{ procedure: ApproveDraft, path: '/ex-officio-drafts/approve', receiptAlone },
};
export const withdraw: Question<object> = { procedure: WithdrawDraft, path: '/ex-officio-drafts/withdraw' };
export const setMeasure: Question<Measured> = { procedure: SetProtectiveMeasure, path: '/protective-measures' };
export const renewMeasure: Question<Measured> = {
  ...{ procedure: RenewProtectiveMeasure, path: '/protective-measures/renew' },
};
export const endMeasure: Question<Measured> = { procedure: EndProtectiveMeasure, path: '/protective-measures/end' };
export const listMeasures: Question<{ measures: Measured['measure'][] }> = {
  ...{ procedure: ListProtectiveMeasures, path: '/protective-measures/list' },
};
export const readRecord: Question<{ residentRecord: PlainRecord }> = {
  ...{ procedure: GetResidentRecord, path: '/resident-records/read' },
};
export const search: Question<{ residentRecords: PlainRecord[] }> = {
  ...{ procedure: SearchResidentRecords, path: '/resident-records/search' },
};
export const readHousehold: Question<{ residentRecords: PlainRecord[] }> = {
  ...{ procedure: GetHousehold, path: '/resident-records/household' },
};
export const readHistory: Question<{ versions: PlainVersion[] }> = {
  ...{ procedure: GetRecordHistory, path: '/resident-records/history' },
};
