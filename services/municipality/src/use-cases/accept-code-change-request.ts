import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { type CodeChangeRequest, decideCodeChange } from '../domain/acts/code-change.js';
import type { Receipt } from '../domain/register/receipt.js';
import { currentCode, takeCodes } from '../storage/codes.js';
import { activeRecord } from '../storage/resident-register.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import type { CodePool } from './keep-code-pool.js';
import { performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar } from './registrar.js';
import type { CardDesk } from './trust-card.js';

/**
 * Gives somebody another code because they ask for it (変更請求, Article 30-3). Nobody of their household can ask for them.
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, CODE_CONTRADICTED, NOT_FOUND, RECORD_DELETED, NOTIFIER_NOT_ENTITLED,
 * CODES_EXHAUSTED
 */
export async function acceptCodeChangeRequest(
  counter: Registrar & CardDesk & { codePool: CodePool },
  { notifier, residentRecordCode: stated }: CodeChangeRequest,
  exchange: Exchange,
): Promise<Receipt> {
  exchange.purpose = 'CODE_CHANGE_REQUEST';
  exchange.concerns.add(stated);
  const identified = await identifyNotifier(counter, notifier, exchange);
  await counter.codePool.ensure(1);
  let freshCodes: string[] = [];
  const performed = await performAct(counter, exchange, async (trx, actId) => {
    if ((await currentCode(trx, stated)) !== stated) throw new Refusal('CODE_CONTRADICTED');
    const record = await activeRecord(trx, stated);
    const standing = await standingAtCounter(trx, identified, [record], []);
    freshCodes = await takeCodes(trx, 1, actId);
    const change = { newCode: freshCodes[0] ?? '', holders: [], causeOn: today(counter.clock) };
    return { decision: decideCodeChange('CODE_CHANGE_REQUEST', record, change), notifier: standing };
  });
  return receiptOf(performed, counter, { freshCodes });
}
