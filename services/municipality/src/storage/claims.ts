import type { Kysely, Transaction } from 'kysely';
import type { Claim, ClaimOutcome, ClaimStanding } from '../domain/moves/claim.js';
import type { MunicipalityTables } from './tables.js';

/** How a claim stands; undefined where it has never come. */
export async function findClaim(db: Kysely<MunicipalityTables>, claimId: string): Promise<ClaimStanding | undefined> {
  const row = await db.selectFrom('claim').selectAll().where('claim_id', '=', claimId).executeTakeFirst();
  return (
    row && {
      ...{ claimId, claimedBy: row.claimed_by, outcome: row.outcome as ClaimOutcome, departureId: row.departure_id },
      content: row.content === null ? null : (JSON.parse(row.content) as Claim),
    }
  );
}

/** Keeps a claim for ever: the same one is answered the same, and none is taken after it was given back. */
export async function enterClaim(
  trx: Transaction<MunicipalityTables>,
  { claimId, claimedBy, content, outcome, departureId }: ClaimStanding,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('claim')
    .values({
      ...{ claim_id: claimId, claimed_by: claimedBy, outcome, departure_id: departureId },
      ...{ content: content && JSON.stringify(content), claimed_at: at.toISOString() },
    })
    .execute();
}

export async function settleClaim(
  trx: Transaction<MunicipalityTables>,
  claimId: string,
  outcome: 'RELEASED' | 'CLOSED',
): Promise<void> {
  await trx.updateTable('claim').set({ outcome }).where('claim_id', '=', claimId).execute();
}
