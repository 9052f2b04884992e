import type { Receipt as ReceiptMessage } from '#core/wire/generated/juki/register/v1/Receipt.js';
import { messageOf } from '#core/wire/plain.js';
import type { Receipt } from '../domain/register/receipt.js';

export function receiptMessage(receipt: Receipt): { receipt: ReceiptMessage } {
  return { receipt: messageOf<ReceiptMessage>('juki.register.v1.Receipt', receipt) };
}
