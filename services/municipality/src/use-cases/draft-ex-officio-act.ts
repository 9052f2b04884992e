import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { ExOfficioAct } from '../domain/acts/ex-officio.js';
import { writingsOf } from '../domain/register/decision.js';
import type { Draft } from '../domain/register/draft.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { enterDraft, openDrafts } from '../storage/drafts.js';
import { lastOrdinal } from '../storage/record-versions.js';
import type { CodePool } from './keep-code-pool.js';
import { logWith } from './log-with.js';
import { freshCodesOf, prepareExOfficioAct } from './prepare-ex-officio-act.js';
import type { Registrar, Trx } from './registrar.js';

const MOST_LISTED = 100;

/**
 * Drafts an ex-officio act for a second person to approve. It is decided, to see whether it can be done at all, and
 * nothing of it is kept but the draft.
 *
 * @throws Refusal as the act would be refused
 */
export async function draftExOfficioAct(
  registrar: Registrar & { codePool: CodePool },
  { act, grounds }: { act: ExOfficioAct; grounds: string },
  exchange: Exchange,
): Promise<{ draftId: string }> {
  const { ledger, clock, newId, codePool } = registrar;
  exchange.purpose = 'EX_OFFICIO_DRAFT';
  await codePool.ensure(freshCodesOf(act));
  const standing = await standingSeen(registrar, act);
  for (const { residentRecordCode } of standing.records) exchange.concerns.add(residentRecordCode);
  const draft = { draftId: newId(), act, grounds, draftedBy: exchange.operator, draftedAt: clock.now() };
  await ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    await enterDraft(trx, { ...draft, standing: standing.versions, state: 'OPEN' });
    await logWith(registrar, trx, exchange, 'register/DRAFT');
  });
  return { draftId: draft.draftId };
}

/** What a drafter sees: the act is decided in a transaction that is rolled back, so that it takes no codes. */
async function standingSeen(registrar: Registrar, act: ExOfficioAct) {
  const trial = await registrar.ledger.startTransaction().execute();
  try {
    const { decision } = await prepareExOfficioAct(registrar, act, trial, registrar.newId());
    writingsOf(decision, today(registrar.clock));
    return { records: decision.before, versions: await standingOf(trial, decision.before) };
  } finally {
    await trial.rollback().execute();
  }
}

/** The version of each record that a decision was made upon. */
async function standingOf(trx: Trx, records: ResidentRecord[]): Promise<Record<string, number>> {
  const standing: Record<string, number> = {};
  for (const { recordId } of records) standing[recordId] = await lastOrdinal(trx, recordId);
  return standing;
}

/** What waits for a second person, the oldest first. */
export async function listDrafts(ledger: Registrar['ledger'], purpose: string, exchange: Exchange): Promise<Draft[]> {
  exchange.purpose = purpose;
  const drafts = await openDrafts(ledger, MOST_LISTED);
  for (const { act } of drafts) for (const code of codesIn(act)) exchange.concerns.add(code);
  return drafts;
}

function codesIn({ entry, deletion, correction, minorCorrection, codeCorrection }: ExOfficioAct): string[] {
  const [one] = [entry, correction, minorCorrection, codeCorrection].filter((part) => part !== undefined);
  return deletion?.people ?? (one?.residentRecordCode === undefined ? [] : [one.residentRecordCode]);
}
