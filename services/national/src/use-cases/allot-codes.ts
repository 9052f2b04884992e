import type { Kysely } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { Network } from '#core/network.js';
import { writeAlone } from '#core/storage/dialect.js';
import { drawCodes } from '../domain/draw-codes.js';
import { allottedAmong, enterAllotment, findAllotment } from '../storage/allotments.js';
import type { NationalTables } from '../storage/tables.js';

interface Centre {
  ledger: Kysely<NationalTables>;
  network: Network;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
}

/**
 * Designates codes to a municipality (Regulation 14): random, and allotted to nobody before. The same question again
 * brings the same codes, so an answer that was lost is not lost.
 *
 * @throws Refusal NOT_PARTICIPATING, ID_REUSED where the id stands for another question
 */
export async function allotCodes(
  { ledger, network, clock, randomBytes }: Centre,
  municipality: OfficeId,
  { allotmentId, amount }: { allotmentId: string; amount: number },
): Promise<ResidentRecordCode[]> {
  if (!network.participates(municipality)) throw new Refusal('NOT_PARTICIPATING', { office: municipality });
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const earlier = await findAllotment(trx, allotmentId);
    if (earlier && (earlier.municipality !== municipality || earlier.codes.length !== amount))
      throw new Refusal('ID_REUSED');
    if (earlier) return earlier.codes;
    const codes: ResidentRecordCode[] = [];
    while (codes.length < amount) {
      const drawn = drawCodes(amount - codes.length, randomBytes).filter((code) => !codes.includes(code));
      const taken = await allottedAmong(trx, drawn);
      codes.push(...drawn.filter((code) => !taken.has(code)));
    }
    await enterAllotment(trx, { allotmentId, municipality, codes }, clock.now());
    return codes;
  });
}
