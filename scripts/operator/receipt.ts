import type { Receipt__Output } from '#core/wire/generated/juki/register/v1/Receipt.js';

/** What a counter hands out, as text: what was done, then each paper. */
export function receiptText(receipt: Receipt__Output | null | undefined): string {
  if (!receipt) return 'nothing was done here';
  const { actId, late, residentRecordCodes, noticeSheets, certificates } = receipt;
  return [
    `done${late ? ', late' : ''}: ${residentRecordCodes.length} records written, act ${actId}`,
    ...noticeSheets.map(({ text }) => `\n${text}`),
    ...certificates.map(({ paper, payload }) => `\n${paper}\n${payload}`),
  ].join('\n');
}
