import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { PEOPLE_IN_PIECE, pieceDigest } from '#core/domain/provision/piece.js';
import { type BatchRequest, newBatch } from '#national/domain/batch.js';
import { openNationalLedger } from '#national/national-centre.js';
import { enterBatch } from '#national/storage/batches.js';
import { AGENCY, PURPOSE } from './people.js';

/** Names the batch of the bench. */
export const BATCH_ID = '6f0c1a52-5b1e-4d0a-9d0e-0a8b3f5c7d11';

/** The people of a piece, by their codes. */
export function pieceOf(codes: readonly string[], number: number): PersonAskedFor[] {
  const first = number * PEOPLE_IN_PIECE;
  return codes.slice(first, first + PEOPLE_IN_PIECE).map((residentRecordCode) => ({ residentRecordCode }));
}

/** Puts a batch over so many people into the ledger of the centre, approved. */
export async function enterApproved(url: string, codes: readonly string[]): Promise<void> {
  const pieces = Array.from({ length: Math.ceil(codes.length / PEOPLE_IN_PIECE) }, (_, n) =>
    pieceDigest(pieceOf(codes, n)),
  );
  const inquiry = { statutoryPurpose: PURPOSE, occasion: 'STATUS_REPORT', fields: ['NAME', 'ADDRESS'] } as const;
  const request: BatchRequest = {
    ...{ batchId: BATCH_ID, inquiry: { ...inquiry, fields: [...inquiry.fields] }, kind: 'IDENTIFICATION', since: null },
    ...{ people: codes.length, pieces },
  };
  const ledger = await openNationalLedger(url);
  await ledger
    .transaction()
    .execute((trx) => enterBatch(trx, { ...newBatch(AGENCY, request), state: 'APPROVED' }, pieces, new Date()));
  await ledger.destroy();
}
