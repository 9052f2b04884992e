import type { Kysely, Transaction } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { callerUri } from '../domain/caller.js';
import { type Clock, today } from '../domain/clock.js';
import type { Discrepancy } from '../domain/discrepancy.js';
import type { Exchange } from '../domain/exchange.js';
import { type Change, codesIn, foldChange, type Holding, type Standing } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import type { Reason } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { Network } from '../network.js';
import { changesWithIds, enterChanges, versionsUnder } from '../storage/changes.js';
import { writeAlone } from '../storage/dialect.js';
import { holdingsUnder, putHoldings } from '../storage/identity-ledger.js';
import { enqueue } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';
import { noteDiscrepancies } from './note-discrepancies.js';

/** What became of a change that was delivered. */
export interface Verdict {
  changeId: string;
  standing: Exclude<Standing, 'CONTRADICTED'> | 'KNOWN' | 'REFUSED';
  /** Of a refused one. */
  reason?: Reason;
}

interface Level {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  clock: Clock;
  /** Where changes go on to; undefined at the national centre. */
  parent: OfficeId | undefined;
}

/**
 * Takes changes from the level below: history, identity ledger, log and what goes on to the level above are one
 * transaction. What came before is known, so a delivery can be repeated; another content under the same id, and another
 * change with the same version, are refused one by one, and the rest is taken.
 */
export function acceptChanges(level: Level, changes: Change[], exchange: Exchange): Promise<Verdict[]> {
  const { ledger, audit, clock, office, parent } = level;
  for (const { identification } of changes) exchange.concerns.add(identification.residentRecordCode);
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const { verdicts, taken, strangers } = await foldIn(trx, changes);
    await noteDiscrepancies(
      trx,
      level,
      strangers.map((change) => anotherPerson(level, change)),
    );
    await enterChanges(trx, taken, today(clock));
    if (parent) await enqueue(trx, { destination: parent, kind: 'CHANGE', at: clock.now() }, taken);
    const { id, nonce, operator, purpose, caller, concerns } = exchange;
    await audit.appendWith(trx, {
      ...{ event: 'RECORDED', procedure: 'ledger/CHANGES', exchange: id, nonce, operator, purpose, concerns },
      ...{ caller: callerUri(caller), answering: office, outcome: 'OK', request: null, answer: null },
    });
    return verdicts;
  });
}

/** What stands in the ledger afterwards, change by change; those that are new are to be kept and to go on. */
async function foldIn(
  trx: Transaction<CoreTables>,
  changes: Change[],
): Promise<{ verdicts: Verdict[]; taken: Change[]; strangers: Change[] }> {
  const known = await changesWithIds(
    trx,
    changes.map(({ changeId }) => changeId),
  );
  const bodies = new Map([...known].map(([changeId, change]) => [changeId, bodyOf(change)]));
  const held = await holdingsUnder(trx, changes.flatMap(codesIn));
  const versions = await versionsUnder(trx, changes.map(codeOf));
  const [taken, strangers]: [Change[], Change[]] = [[], []];
  const verdicts = changes.map((change): Verdict => {
    const { changeId } = change;
    const earlier = bodies.get(changeId);
    if (earlier !== undefined)
      return earlier === bodyOf(change) ? { changeId, standing: 'KNOWN' } : refused(changeId, 'ID_REUSED');
    const present = held.get(codeOf(change));
    const standing = isTaken(versions, change) ? 'CONTRADICTED' : foldChange(held, change);
    if (standing === 'CONTRADICTED') return refused(changeId, 'VERSION_TAKEN');
    bodies.set(changeId, bodyOf(change));
    taken.push(change);
    if (present && entersSomebodyElse(change, present)) strangers.push(change);
    return { changeId, standing };
  });
  const touched = new Set(taken.flatMap(codesIn));
  await putHoldings(
    trx,
    [...held].filter(([code]) => touched.has(code)).map(([, holding]) => holding),
  );
  return { verdicts, taken, strangers };
}

/** Nobody's birth date or sex changes by an entry: one code has been written for two people. */
function entersSomebodyElse({ kind, identification }: Change, { identification: present }: Holding): boolean {
  return kind === 'ENTRY' && (identification.birthDate !== present.birthDate || identification.sex !== present.sex);
}

/** It is taken all the same: order of arrival does not tell whose the code is. A mayor has to look into it. */
function anotherPerson({ office, clock }: Level, { changeId, municipality, identification }: Change): Discrepancy {
  const { residentRecordCode } = identification;
  return {
    ...{ discrepancyId: changeId, municipality, residentRecordCode, changeId },
    ...{ what: 'ANOTHER_PERSON', foundBy: office, foundAt: clock.now() },
  };
}

/** By an earlier change of the history, or of this delivery; from here on, by this one. */
function isTaken(versions: Map<ResidentRecordCode, Set<number>>, change: Change): boolean {
  const taken = versions.get(codeOf(change)) ?? new Set();
  versions.set(codeOf(change), taken);
  if (taken.has(change.version)) return true;
  taken.add(change.version);
  return false;
}

function codeOf({ identification }: Change): ResidentRecordCode {
  return identification.residentRecordCode;
}

function refused(changeId: string, reason: Reason): Verdict {
  return { changeId, standing: 'REFUSED', reason };
}

/** One form only, whatever order its parts came in. */
function bodyOf({ municipality, reason, causeOn, version, previousCode, identification: person }: Change): string {
  const identification = [person.name, person.birthDate, person.sex, person.address, person.residentRecordCode];
  return JSON.stringify([municipality, reason, causeOn, version, previousCode, ...identification]);
}
