import type { OfficeId } from './office.js';

interface Row {
  grpc: keyof typeof GRPC;
  http: number;
  ja: string;
  en: string;
}

/** The gRPC codes that refusals use, by their numbers on the wire. */
export const GRPC = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** Every reason to refuse, and how gRPC, HTTP and people are told of it. The reasons are juki.error.v1.Reason. */
export const refusals = {
  NOT_PARTICIPATING: row(
    'FAILED_PRECONDITION',
    409,
    '住基ネットに接続していない市区町村です',
    'The municipality is outside the network',
  ),
  OUT_OF_HOURS: row('FAILED_PRECONDITION', 409, '窓口の受付時間外です', 'The counter is closed'),
  HOME_UNAVAILABLE: row(
    'UNAVAILABLE',
    503,
    '住所地の市区町村から応答がありません',
    'The home municipality does not answer',
  ),
  NOT_FOUND: row('NOT_FOUND', 404, '該当する住民票がありません', 'No resident record answers to what was stated'),
  AMBIGUOUS: row(
    'FAILED_PRECONDITION',
    409,
    '該当する住民票を一つに特定できません',
    'More than one resident record answers to what was stated',
  ),
  RECORD_DELETED: row('FAILED_PRECONDITION', 410, '住民票は消除されています', 'The resident record has been deleted'),
  NOT_SAME_HOUSEHOLD: row(
    'PERMISSION_DENIED',
    403,
    '同一世帯の方ではありません',
    'A person to print is not in the same household',
  ),
  ITEM_NOT_ALLOWED: row(
    'INVALID_ARGUMENT',
    422,
    '広域交付では記載できない事項です',
    'An item was asked for that is never in a wide-area copy',
  ),
  OWN_MUNICIPALITY: row(
    'FAILED_PRECONDITION',
    409,
    '住所地の市区町村の窓口で請求してください',
    'The applicant is registered here: use the counter for residents',
  ),
  ID_NOT_ACCEPTED: row(
    'PERMISSION_DENIED',
    403,
    'この本人確認書類では受け付けられません',
    'The document shown is not accepted as proof of identity',
  ),
  ID_EXPIRED: row('PERMISSION_DENIED', 403, '本人確認書類の有効期限が切れています', 'The document shown has expired'),
  PIN_FAILED: row('PERMISSION_DENIED', 403, '暗証番号を確認できません', 'The PIN was not confirmed'),
  CARD_INVALID: row('PERMISSION_DENIED', 403, 'このカードは使用できません', 'The card cannot be used'),
  CONTACT_HOME_MUNICIPALITY: row(
    'FAILED_PRECONDITION',
    409,
    '住所地の市区町村にお問い合わせください',
    'Please contact the home municipality',
  ),
  RATE_LIMITED: row('RESOURCE_EXHAUSTED', 429, '要求が多すぎます', 'Too many requests'),
  INVALID_REQUEST: row('INVALID_ARGUMENT', 400, '要求の形式が正しくありません', 'The request is not well formed'),
  MESSAGE_TOO_LARGE: row('RESOURCE_EXHAUSTED', 413, '電文が大きすぎます', 'The message is too large'),
  CALLER_UNKNOWN: row(
    'UNAUTHENTICATED',
    401,
    '証明書で相手方を確認できません',
    'The certificate does not name a caller of this network',
  ),
  ACCESS_DENIED: row(
    'PERMISSION_DENIED',
    403,
    'この操作は許可されていません',
    'The access policy does not allow this caller',
  ),
  NO_SUCH_PROCEDURE: row('UNIMPLEMENTED', 404, 'この手続はありません', 'There is no such procedure here'),
  OFFICE_UNAVAILABLE: row('UNAVAILABLE', 503, '相手方の機関から応答がありません', 'The other office does not answer'),
  DEADLINE_PASSED: row('DEADLINE_EXCEEDED', 504, '期限内に処理できませんでした', 'The deadline passed'),
  INTERNAL: row('INTERNAL', 500, '内部エラー', 'Internal error'),
} satisfies Record<string, Row>;

export type Reason = keyof typeof refusals;

interface Details {
  /** The office that refused, where it is not the one that reports it. */
  office?: OfficeId;
  /** The field at fault, by its name; never its value. */
  field?: string;
  /** What is wrong with the field, without its value. */
  fault?: string;
  retryAfterSeconds?: number;
  /** For this office's own log only. */
  cause?: unknown;
}

/** The one error that offices send: a reason from the table, never any personal data. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: Reason;
  readonly details: Details;

  constructor(reason: Reason, details: Details = {}) {
    super(refusals[reason].en, { cause: details.cause });
    this.reason = reason;
    this.details = details;
  }
}

export function isReason(text: string): text is Reason {
  return Object.hasOwn(refusals, text);
}

/** Any thrown thing as a refusal; what is not one is a fault of this office. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal('INTERNAL', { cause: error });
}

function row(grpc: Row['grpc'], http: number, ja: string, en: string): Row {
  return { grpc, http, ja, en };
}
