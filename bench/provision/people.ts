import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { LogKey } from '#core/audit/log-key.js';
import { type Change, holdingAfter } from '#core/domain/fold-changes.js';
import { inGroups } from '#core/domain/in-groups.js';
import { readLogSecret } from '#core/storage/audit-entries.js';
import { enterChanges } from '#core/storage/changes.js';
import { putHoldings } from '#core/storage/identity-ledger.js';
import { keepPersonKeys } from '#core/storage/person-keys.js';
import type { CoreTables } from '#core/storage/tables.js';
import { openNationalLedger } from '#national/national-centre.js';
import { putAgency } from '#national/storage/agencies.js';
import type { NationalTables } from '#national/storage/tables.js';
import { drawEntries } from '../changes/draw-entries.js';

const IN_A_TRANSACTION = 5_000;
export const AGENCY = 'japan-pension-service';
export const PURPOSE = 'TABLE_1_ITEM_77';

/** The people that are asked for, in the order of their codes; the same in every process that draws them. */
export function drawPeople(count: number): Change[] {
  const codeOf = ({ identification }: Change) => identification.residentRecordCode;
  const entries = drawEntries(count, { municipality: '131059', on: '2016-05-27', newId: randomUUID });
  return entries.sort((one, other) => (codeOf(one) < codeOf(other) ? -1 : 1));
}

/** Their codes. */
export function codesOf(count: number): string[] {
  return drawPeople(count).map(({ identification }) => identification.residentRecordCode);
}

/**
 * Fills the centre's ledger with people whom its log has named before, as it has when it heard of them, and registers the
 * agency that asks.
 */
export async function fillCentre(url: string, people: readonly Change[]): Promise<void> {
  const national = await openNationalLedger(url);
  const ledger = national as unknown as Kysely<CoreTables>;
  try {
    const key = new LogKey(await readLogSecret(ledger));
    for (const group of inGroups([...people], IN_A_TRANSACTION))
      await ledger.transaction().execute(async (trx) => {
        await putHoldings(trx, group.map(holdingAfter));
        await enterChanges(trx, group, '2016-05-27');
        await keepPersonKeys(
          trx,
          group.map(({ identification: { residentRecordCode: code } }) => ({ code, personKey: key.personKey(code) })),
        );
      });
    await national.transaction().execute((trx) => register(trx));
  } finally {
    await national.destroy();
  }
}

function register(trx: Transaction<NationalTables>): Promise<void> {
  const fields = ['NAME', 'BIRTH_DATE', 'SEX', 'ADDRESS', 'RESIDENT_RECORD_CODE', 'CHANGE_INFORMATION'] as const;
  const purposes = [{ statutoryPurpose: PURPOSE, fields: [...fields], until: null }];
  return putAgency(trx, { name: AGENCY, bodies: ['日本年金機構'], purposes, revokedAt: null });
}
