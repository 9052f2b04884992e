import { type CalendarDate, japaneseDate } from '../domain/calendar-date.js';
import type { CertifiedNote } from '../domain/certified-note.js';
import type { DisclosureKind, DisclosureRequest } from '../domain/disclosure-request.js';
import type { Change, Holding } from '../domain/fold-changes.js';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const RULE = '─'.repeat(36);
const ASKED: Record<DisclosureKind, string> = {
  INFORMATION: '本人確認情報の開示 (the information that is held)',
  ACCESS_LOG: '取扱いの記録の開示 (who had to do with it)',
  CORRECTION: '訂正 (correction)',
};

/** Of which office, on which day. */
interface Letterhead {
  title: string;
  today: CalendarDate;
}

/** What is written in answer to a request, whatever the answer is. */
export function writtenAnswer(request: DisclosureRequest, head: Letterhead, answer: string): string {
  return letter('回答書 (answer)', request, head, [answer]);
}

/** What is written where the date is put off. */
export function writtenExtension(
  request: DisclosureRequest,
  head: Letterhead,
  { until, reason }: { until: CalendarDate; reason: string },
): string {
  return letter('期限延長の通知 (the answer will come later)', request, head, [
    `理由 (reason): ${reason}`,
    `回答の期限 (by): ${japaneseDate(until)}`,
  ]);
}

const STANDING: Record<Holding['standing'], string> = {
  ACTIVE: '有効 (active)',
  DELETED: '消除 (deleted)',
  SUPERSEDED: '旧コード (a code of before)',
};

/** What is held of a person, and what came before it; that nothing is, is an answer, too. */
export function heldAnswer(held: Holding | undefined, history: readonly Change[]): string {
  if (!held) return '該当する情報はありません。(There is no such information.)';
  const { identification, standing } = held;
  return [
    `氏名　　　　　${identification.name}`,
    `生年月日　　　${japaneseDate(identification.birthDate)}`,
    `性別　　　　　${identification.sex === 'MALE' ? '男' : '女'}`,
    `住所　　　　　${identification.address}`,
    `住民票コード　${identification.residentRecordCode}`,
    `状態　　　　　${STANDING[standing]}`,
    ...history.map(({ causeOn, reason, identification: then }) => {
      return `履歴　　　　　${japaneseDate(causeOn)} ${reason} ${then.address}`;
    }),
  ].join('\n');
}

/** What was said to be wrong, and what was found. */
export function correctionAnswer({ statement }: DisclosureRequest, finding: string): string {
  return `申出 (said to be wrong): ${statement}\n調査の結果 (found): ${finding}`;
}

/** A letter as it is handed out: the signed note, and below it the certificate that it is held against. */
export function handedOut({ note, certificate }: CertifiedNote): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return [`${note}${BEGIN}`, ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The reverse; undefined where the text is no letter. */
export function readLetter(text: string): CertifiedNote | undefined {
  const at = text.indexOf(BEGIN);
  if (at < 0) return undefined;
  const body = text.slice(at + BEGIN.length).replace(/-----END CERTIFICATE-----\n$/, '');
  return { note: text.slice(0, at), certificate: Buffer.from(body, 'base64') };
}

function letter(
  title: string,
  request: DisclosureRequest,
  { title: office, today }: Letterhead,
  body: string[],
): string {
  const { kind, requestId, receivedOn } = request;
  return [
    `　　　　${title}`,
    `${office}　${japaneseDate(today)}`,
    `請求 (request): ${ASKED[kind]}`,
    `番号 (number): ${requestId}　受付 (received): ${japaneseDate(receivedOn)}`,
    ...[RULE, ...body, RULE],
    '',
  ].join('\n');
}
