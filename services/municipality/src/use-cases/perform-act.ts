import type { Transaction } from 'kysely';
import { type Clock, today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf } from '#core/domain/office.js';
import { recordChanges } from '#core/propagation/record-changes.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Act, ActNotifier } from '../domain/register/act.js';
import { type Decision, type Writing, writingsOf } from '../domain/register/decision.js';
import { enterAct } from '../storage/acts.js';
import { markWritten, supersedeCode } from '../storage/codes.js';
import { writeRecords } from '../storage/resident-register.js';
import { logWith } from './log-with.js';
import type { Registrar, Trx } from './registrar.js';
import { settleCards } from './settle-cards.js';

/** An act, as it was prepared within its transaction. */
export interface Preparation {
  decision: Decision;
  notifier?: ActNotifier | null;
  /** Where it is not whoever asks now: who drafted it. */
  operator?: string;
  checkedBy?: string;
  grounds?: string;
  /** What belongs to the act beside the register: papers, drafts, measures. */
  also?: (trx: Trx, performed: Performed) => Promise<void>;
}

/** What was done. */
export interface Performed {
  act: Act;
  writings: Writing[];
}

/**
 * Does one act, whole or not at all: what is read for the decision, the register, its history, the identity ledger and
 * the entry in the log are one transaction, and there is one at a time. A refusal leaves nothing but its log entry.
 *
 * @throws Refusal NOTHING_CHANGES, or whatever `prepare` refuses with
 */
export async function performAct(
  registrar: Registrar,
  exchange: Exchange,
  prepare: (trx: Trx, actId: string) => Promise<Preparation>,
): Promise<Performed> {
  const { ledger, clock, newId, dispatch } = registrar;
  const done = await ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const actId = newId();
    const prepared = await prepare(trx, actId);
    const performed = {
      act: actOf(actId, prepared, exchange, clock),
      writings: writingsOf(prepared.decision, today(clock)),
    };
    await write(registrar, trx, performed);
    await settleCardsOf(registrar, trx, prepared.decision, performed);
    await prepared.also?.(trx, performed);
    for (const { record } of performed.writings) exchange.concerns.add(record.residentRecordCode);
    await logWith(registrar, trx, exchange, `register/${performed.act.kind}`);
    return performed;
  });
  dispatch.wake();
  return done;
}

function actOf(actId: string, prepared: Preparation, exchange: Exchange, clock: Clock): Act {
  const { kind, causeOn, deadline } = prepared.decision;
  return {
    ...{ actId, kind, causeOn, deadline, acceptedOn: today(clock), acceptedAt: clock.now() },
    notifier: prepared.notifier ?? null,
    operator: prepared.operator ?? exchange.operator,
    checkedBy: prepared.checkedBy ?? null,
    grounds: prepared.grounds ?? null,
  };
}

async function settleCardsOf(
  registrar: Registrar,
  trx: Trx,
  { cards }: Decision,
  { writings }: Performed,
): Promise<void> {
  const changed = writings.filter(({ change }) => change !== null).map(({ record }) => record);
  if (cards) await settleCards(registrar, trx, changed, cards);
}

async function write(registrar: Registrar, trx: Trx, { act, writings }: Performed): Promise<void> {
  const { office, network, clock, newId } = registrar;
  await enterAct(trx, act);
  const records = writings.map(({ record }) => record);
  await writeRecords(trx, records, { actId: act.actId, on: act.acceptedOn });
  await markWritten(
    trx,
    records.map(({ residentRecordCode }) => residentRecordCode),
    act.actId,
  );
  const changes = writings.flatMap(({ change }) =>
    change ? [{ ...change, changeId: newId(), municipality: codeOf(office) }] : [],
  );
  for (const { previousCode: oldCode, identification } of changes) {
    const newCode = identification.residentRecordCode;
    if (oldCode !== null) await supersedeCode(trx, { oldCode, newCode, actId: act.actId });
  }
  const parent = network.participates(office) ? network.entry(office).parent : undefined;
  await recordChanges(trx as unknown as Transaction<CoreTables>, changes, { clock, parent });
}
