import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { checkApproval, checkOpen, checkSeen, type Draft } from '../domain/register/draft.js';
import type { Receipt } from '../domain/register/receipt.js';
import { closeDraft, findDraft } from '../storage/drafts.js';
import { lastOrdinal } from '../storage/record-versions.js';
import type { CodePool } from './keep-code-pool.js';
import { logWith } from './log-with.js';
import { performAct } from './perform-act.js';
import { freshCodesOf, prepareExOfficioAct } from './prepare-ex-officio-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * Does what a draft says, as a second person.
 *
 * @throws Refusal NOT_FOUND, DRAFT_CLOSED, SECOND_PERSON_NEEDED, REGISTER_CHANGED, or as the act is refused
 */
export async function approveDraft(
  registrar: Registrar & { codePool: CodePool },
  draftId: string,
  exchange: Exchange,
): Promise<Receipt> {
  const { ledger, clock, codePool } = registrar;
  exchange.purpose = 'EX_OFFICIO_APPROVAL';
  const { act } = await draftWith(ledger, draftId);
  await codePool.ensure(freshCodesOf(act));
  let freshCodes: string[] = [];
  const performed = await performAct(registrar, exchange, async (trx, actId) => {
    const draft = await draftWith(trx, draftId);
    checkApproval(draft, exchange.operator, await standingNow(trx, draft));
    const prepared = await prepareExOfficioAct(registrar, draft.act, trx, actId);
    checkSeen(draft, prepared.decision.before);
    freshCodes = prepared.freshCodes;
    return {
      decision: prepared.decision,
      ...{ operator: draft.draftedBy, checkedBy: exchange.operator, grounds: draft.grounds },
      also: (within: Trx) =>
        closeDraft(within, draftId, { state: 'APPROVED', by: exchange.operator, at: clock.now(), actId }),
    };
  });
  return receiptOf(performed, registrar, { freshCodes });
}

/** @throws Refusal NOT_FOUND, DRAFT_CLOSED */
export async function withdrawDraft(registrar: Registrar, draftId: string, exchange: Exchange): Promise<void> {
  exchange.purpose = 'EX_OFFICIO_WITHDRAWAL';
  await registrar.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    checkOpen(await draftWith(trx, draftId));
    const at = registrar.clock.now();
    await closeDraft(trx, draftId, { state: 'WITHDRAWN', by: exchange.operator, at, actId: null });
    await logWith(registrar, trx, exchange, 'register/WITHDRAWAL');
  });
}

/** The versions at which the records stand that the drafter saw. */
async function standingNow(trx: Trx, { standing }: Draft): Promise<Draft['standing']> {
  const now: Draft['standing'] = {};
  for (const recordId of Object.keys(standing)) now[recordId] = await lastOrdinal(trx, recordId);
  return now;
}

async function draftWith(ledger: Registrar['ledger'], draftId: string): Promise<Draft> {
  const draft = await findDraft(ledger, draftId);
  if (!draft) throw new Refusal('NOT_FOUND', { field: 'draftId' });
  return draft;
}
