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
  ALREADY_REGISTERED: row(
    'FAILED_PRECONDITION',
    409,
    'すでに住民票に記載されています',
    'The person is on the register already',
  ),
  NO_SUCH_HOUSEHOLD: row('NOT_FOUND', 404, '該当する世帯がありません', 'No household answers to what was stated'),
  ONE_HOUSEHOLDER: row('FAILED_PRECONDITION', 409, '世帯主は一人です', 'A household has exactly one householder'),
  RELATIONSHIP_CONTRADICTED: row(
    'FAILED_PRECONDITION',
    409,
    '続柄が住民票と矛盾します',
    'A relationship contradicts the household or the person',
  ),
  ADDRESS_CONTRADICTED: row('FAILED_PRECONDITION', 409, '住所が世帯と一致しません', 'A household has one address'),
  DATE_NOT_POSSIBLE: row('FAILED_PRECONDITION', 409, 'ありえない日付です', 'The date is not possible'),
  NOTIFIER_NOT_ENTITLED: row(
    'PERMISSION_DENIED',
    403,
    '届出をする権限がありません',
    'The notifier is not entitled to notify this',
  ),
  CERTIFICATE_REQUIRED: row('FAILED_PRECONDITION', 409, '転出証明書が必要です', 'A move-out certificate is required'),
  CERTIFICATE_NOT_VALID: row(
    'FAILED_PRECONDITION',
    409,
    '転出証明書を確認できません',
    'The move-out certificate is not valid here',
  ),
  CODE_CONTRADICTED: row(
    'FAILED_PRECONDITION',
    409,
    '住民票コードが一致しません',
    'The code stated is not the current code of this person',
  ),
  NOTHING_CHANGES: row('FAILED_PRECONDITION', 409, '変更となる事項がありません', 'The register says so already'),
  SECOND_PERSON_NEEDED: row('PERMISSION_DENIED', 403, '別の職員の確認が必要です', 'A second person has to check this'),
  DRAFT_CLOSED: row('FAILED_PRECONDITION', 409, 'この起案は処理済みです', 'The draft has been approved or withdrawn'),
  REGISTER_CHANGED: row(
    'FAILED_PRECONDITION',
    409,
    '起案後に住民票が変更されています',
    'The register has changed since the draft was made',
  ),
  CODES_EXHAUSTED: row(
    'UNAVAILABLE',
    503,
    '指定された住民票コードが不足しています',
    'No allotted code is left, and the national centre allots none',
  ),
  NOT_IN_FORCE: row(
    'FAILED_PRECONDITION',
    409,
    '支援措置は実施されていません',
    'The protective measure is not in force',
  ),
  RENEWAL_TOO_EARLY: row(
    'FAILED_PRECONDITION',
    409,
    '延長は終了前一か月以内に限ります',
    'A protective measure is renewed in its last month',
  ),
  TOO_MANY_FOUND: row('FAILED_PRECONDITION', 409, '該当者が多すぎます', 'Too many records answer: state more'),
  ID_REUSED: row(
    'FAILED_PRECONDITION',
    409,
    '同じ番号で異なる内容を受け付けています',
    'This id stands for another request',
  ),
  VERSION_TAKEN: row(
    'FAILED_PRECONDITION',
    409,
    '同じ版の異動がすでにあります',
    'Another change of this person has this version',
  ),
  IN_QUARANTINE: row(
    'UNAVAILABLE',
    503,
    '住所地市区町村に照会中です',
    'What is held here is known to differ from the municipality, which is about to restate it',
  ),
  PROOF_NOT_VALID: row(
    'UNAUTHENTICATED',
    401,
    '署名が正しくありません',
    'The question is not signed by the office that asks it',
  ),
  PROOF_STALE: row(
    'UNAUTHENTICATED',
    401,
    '要求の時刻が許容範囲にありません',
    "The question was asked too long ago, or lies in the future: compare the two machines' clocks",
  ),
  REPLAYED: row(
    'FAILED_PRECONDITION',
    409,
    'この要求はすでに処理されています',
    'This question has been answered before',
  ),
  MANDATE_NOT_VALID: row(
    'UNAUTHENTICATED',
    401,
    '操作者のカードによる署名がありません',
    "No operator's card has signed for this question",
  ),
  CUT_OFF: row(
    'PERMISSION_DENIED',
    403,
    '緊急時対応により接続を遮断しています',
    'The office is cut off from the network',
  ),
  DIRECTORY_NOT_VALID: row(
    'INVALID_ARGUMENT',
    400,
    '名簿の署名が正しくありません',
    'The directory is not signed by the national centre',
  ),
  DIRECTORY_ROLLED_BACK: row(
    'FAILED_PRECONDITION',
    409,
    'より新しい名簿を保持しています',
    'A newer directory is held, or another one of this number',
  ),
  SIGN_IN_FAILED: row('UNAUTHENTICATED', 401, 'サインインできません', 'The operator could not be signed in'),
  SIGN_IN_REQUIRED: row('UNAUTHENTICATED', 401, 'サインインが必要です', 'An operator signs in first'),
  ROLE_NOT_ALLOWED: row(
    'PERMISSION_DENIED',
    403,
    'この権限では操作できません',
    'The role of the operator does not allow this',
  ),
  CARD_NOT_ISSUED: row(
    'FAILED_PRECONDITION',
    409,
    'この種類のカードは現在交付していません',
    'No card of this kind is issued at this time',
  ),
  CARD_HELD: row(
    'FAILED_PRECONDITION',
    409,
    '有効なカードをすでに所持しています',
    'The person has a valid card: it is handed back first, or reported lost or damaged',
  ),
  CARD_STATE_CONTRADICTED: row(
    'FAILED_PRECONDITION',
    409,
    'カードの状態と矛盾します',
    'This does not follow from how the card stands',
  ),
  CARD_COPIED: row(
    'PERMISSION_DENIED',
    403,
    'カードの複製が疑われます',
    'The card has answered this often before: there may be a copy of it',
  ),
  CARD_NOT_CONFIRMED: row(
    'UNAVAILABLE',
    503,
    'カードの有効性を確認できません',
    'How the card stands is not known: the national centre does not answer',
  ),
  CARD_REQUIRED: row(
    'FAILED_PRECONDITION',
    409,
    '有効なカードを所持する方がいません',
    'None of those who move has a card that can be used: move with a paper certificate',
  ),
  MOVE_OUT_NOT_NOTIFIED: row(
    'FAILED_PRECONDITION',
    409,
    'カードによる転出届がありません',
    'No move-out with a card was notified at the origin',
  ),
  SPECIAL_MOVE_TOO_LATE: row(
    'FAILED_PRECONDITION',
    409,
    '転入届の特例の期間を過ぎています',
    'It is too late for a special move-in: move in with a paper certificate of the origin',
  ),
  MOVE_UNDER_WAY: row('FAILED_PRECONDITION', 409, '転入の手続中です', 'A special move-in of these people is under way'),
  MOVE_SETTLED: row('FAILED_PRECONDITION', 409, 'この異動は完了しています', 'The move is settled, or was given up'),
  CERTIFICATE_ISSUED: row(
    'FAILED_PRECONDITION',
    409,
    '転出証明書が交付されています',
    'A paper certificate was made in the place of the card: move in with that',
  ),
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

function row(grpc: Row['grpc'], http: number, ja: string, en: string): Row {
  return { grpc, http, ja, en };
}
