import type { Kysely, Transaction } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { logRecorded } from '../audit/log-recorded.js';
import { type Clock, today } from '../domain/clock.js';
import type { Discrepancy } from '../domain/discrepancy.js';
import type { Exchange } from '../domain/exchange.js';
import { type Change, codesIn } from '../domain/fold-changes.js';
import { type Delivery, foldDelivery, type Verdict } from '../domain/fold-delivery.js';
import type { OfficeId } from '../domain/office.js';
import type { Network } from '../network.js';
import { changesWithIds, enterChanges, versionsUnder } from '../storage/changes.js';
import { writeAlone } from '../storage/dialect.js';
import { holdingsUnder, putHoldings } from '../storage/identity-ledger.js';
import { enqueue } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';
import { noteDiscrepancies } from './note-discrepancies.js';

export interface Level {
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
 * transaction. A delivery can be repeated.
 *
 * @param besides what stands or falls with them
 */
export function acceptChanges(
  level: Level,
  changes: Change[],
  exchange: Exchange,
  besides: (trx: Transaction<CoreTables>) => Promise<void> = async () => {},
): Promise<Verdict[]> {
  const { ledger, clock, parent } = level;
  for (const code of changes.flatMap(codesIn)) exchange.concerns.add(code);
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const { verdicts, taken, strangers, fromElsewhere } = await foldIn(trx, changes);
    await enterChanges(trx, taken, today(clock));
    if (parent) await enqueue(trx, { destination: parent, kind: 'CHANGE', at: clock.now() }, taken);
    await noteDiscrepancies(trx, level, [
      ...strangers.map((change) => anotherPerson(level, change)),
      ...fromElsewhere.map((found) => anotherMunicipality(level, found)),
    ]);
    await logRecorded(level, trx, exchange, 'ledger/CHANGES');
    await besides(trx);
    return verdicts;
  });
}

async function foldIn(trx: Transaction<CoreTables>, changes: Change[]): Promise<Delivery> {
  const ids = changes.map(({ changeId }) => changeId);
  const codes = [...new Set(changes.flatMap(codesIn))];
  const held = await holdingsUnder(trx, codes);
  const known = await changesWithIds(trx, ids);
  const delivery = foldDelivery({ known, versions: await versionsUnder(trx, codes), held }, changes);
  const touched = new Set(delivery.taken.flatMap(codesIn));
  await putHoldings(
    trx,
    [...held].filter(([code]) => touched.has(code)).map(([, holding]) => holding),
  );
  return delivery;
}

/** It is taken all the same: order of arrival does not tell whose the code is. A mayor has to look into it. */
function anotherPerson({ office, clock }: Level, { changeId, municipality, identification }: Change): Discrepancy {
  const { residentRecordCode } = identification;
  return {
    ...{ discrepancyId: changeId, municipality, residentRecordCode, changeId },
    ...{ what: 'ANOTHER_PERSON', foundBy: office, foundAt: clock.now() },
  };
}

/** It is taken all the same: order of arrival does not tell where somebody lives. Where they lived until now is told. */
function anotherMunicipality(
  { office, clock }: Level,
  { change: { changeId }, registered }: Delivery['fromElsewhere'][number],
): Discrepancy {
  return {
    ...{ discrepancyId: changeId, ...registered, changeId },
    ...{ what: 'ANOTHER_MUNICIPALITY', foundBy: office, foundAt: clock.now() },
  };
}
