import { type CalendarDate, japaneseDate } from '../domain/calendar-date.js';
import type { DisclosureKind, DisclosureRequest } from '../domain/disclosure-request.js';
import type { IdentificationInformation } from '../domain/identification-information.js';

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

/** What is held of a person; that nothing is, is an answer, too. */
export function heldAnswer(held: IdentificationInformation | undefined): string {
  if (!held) return '該当する情報はありません。(There is no such information.)';
  return [
    `氏名　　　　${held.name}`,
    `生年月日　　${japaneseDate(held.birthDate)}`,
    `性別　　　　${held.sex === 'MALE' ? '男' : '女'}`,
    `住所　　　　${held.address}`,
    `住民票コード　${held.residentRecordCode}`,
  ].join('\n');
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
