import type { Kysely } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal, refusalOf } from '#core/domain/refusal.js';
import { isResidentRecordCode, type ResidentRecordCode } from '#core/domain/resident-record-code.js';
import { faultOf, type Logger } from '#core/logger.js';
import { enterAllotment, freeCodes, type OpenAllotment, openAllotment, receiveAllotment } from '../storage/codes.js';
import type { MunicipalityTables } from '../storage/tables.js';

/** Below this, more codes are asked for while the counter goes on. */
const LOW_WATER = 50;
/** So many at a time. */
const AMOUNT = 200;

interface PoolKeeper {
  ledger: Kysely<MunicipalityTables>;
  clock: Clock;
  newId: () => string;
  logger: Logger;
  /** Asks the national centre, once. */
  askForCodes: (allotment: OpenAllotment) => Promise<ResidentRecordCode[]>;
}

/**
 * The codes that are allotted to this municipality and written into no record yet (Regulation 14).
 *
 * A question to the centre is written down, with its id, before it is asked, and put again with the same id until its
 * answer is in the ledger: so a crash at either end loses no code, and gives none twice.
 */
export class CodePool {
  private readonly keeper: PoolKeeper;
  private asking: Promise<void> | undefined;

  constructor(keeper: PoolKeeper) {
    this.keeper = keeper;
  }

  /**
   * Sees to it that so many codes are free. While the pool is only low, the counter does not wait for the centre.
   *
   * @throws Refusal CODES_EXHAUSTED where too few are free, and the centre does not answer
   */
  async ensure(needed: number): Promise<void> {
    if (needed === 0) return;
    const free = await freeCodes(this.keeper.ledger);
    if (free - needed >= LOW_WATER) return;
    const refilled = this.refill();
    if (free >= needed) return void refilled.catch((error) => this.tell(error));
    await refilled.catch((cause) => {
      throw new Refusal('CODES_EXHAUSTED', { cause });
    });
  }

  /** Asks for more codes, or puts again the question that has no answer yet. One at a time. */
  refill(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    await this.asking?.catch(() => {});
  }

  private async ask(): Promise<void> {
    const { ledger, clock, newId, askForCodes } = this.keeper;
    let allotment = await openAllotment(ledger);
    if (!allotment) {
      allotment = { allotmentId: newId(), amount: AMOUNT };
      await enterAllotment(ledger, allotment, clock.now());
    }
    const codes = await askForCodes(allotment);
    checkAllotted(codes, allotment);
    await ledger.transaction().execute((trx) => receiveAllotment(trx, allotment, codes, clock.now()));
  }

  private tell(error: unknown): void {
    this.keeper.logger.warn({ reason: refusalOf(error).reason, fault: faultOf(error) }, 'no codes were allotted');
  }
}

/** @throws Refusal INTERNAL where the answer is not what was asked for */
function checkAllotted(codes: ResidentRecordCode[], { amount }: OpenAllotment): void {
  const fits = codes.length === amount && new Set(codes).size === amount && codes.every(isResidentRecordCode);
  if (!fits) throw new Refusal('INTERNAL', { cause: new Error('the allotment is not what was asked for') });
}

/** How many codes are left, and whether a question to the centre has no answer yet. */
export async function codePoolStanding(
  ledger: Kysely<MunicipalityTables>,
  exchange: Exchange,
): Promise<{ free: number; waiting: boolean }> {
  exchange.purpose = 'CODE_POOL';
  return { free: await freeCodes(ledger), waiting: (await openAllotment(ledger)) !== undefined };
}
