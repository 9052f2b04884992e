import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { type Birth, decideBirth, type NamedPerson } from '../domain/acts/birth.js';
import { type Death, decideDeath } from '../domain/acts/death.js';
import { identifyApplicant } from '../domain/issuance/identify-applicant.js';
import type { Receipt } from '../domain/register/receipt.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { addressForm } from '../domain/register/search-forms.js';
import { takeCodes } from '../storage/codes.js';
import { findRecords, householdOf } from '../storage/resident-register.js';
import type { CodePool } from './keep-code-pool.js';
import { performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';

/** What goes into one transaction with the event: the notice that brought it. */
type Also = (trx: Trx, actId: string) => Promise<void>;

/** Who entered it, where that is not whoever asks at this counter. */
interface By {
  operator?: string;
  also?: Also;
}

/**
 * Enters a birth in this register.
 *
 * @throws Refusal NOT_FOUND, AMBIGUOUS, RECORD_DELETED of the parent, CODES_EXHAUSTED, or as `decideBirth`
 */
export async function enterBirth(
  registrar: Registrar & { codePool: CodePool },
  birth: Birth,
  exchange: Exchange,
  { operator, also }: By = {},
): Promise<Receipt> {
  const { clock, newId, codePool } = registrar;
  await codePool.ensure(1);
  let freshCodes: string[] = [];
  const performed = await performAct(registrar, exchange, async (trx, actId) => {
    const parent = await recordOfNamed(trx, birth.parent);
    const household = await householdOf(trx, parent);
    freshCodes = await takeCodes(trx, 1, actId);
    const [freshCode = ''] = freshCodes;
    const decision = decideBirth(birth, { parent, household, freshCode, newId, today: today(clock) });
    return { decision, ...(operator && { operator }), also: (within) => Promise.resolve(also?.(within, actId)) };
  });
  return receiptOf(performed, registrar, { freshCodes });
}

/**
 * Enters a death in this register.
 *
 * @throws Refusal NOT_FOUND, AMBIGUOUS, RECORD_DELETED, or as `decideDeath`
 */
export async function enterDeath(
  registrar: Registrar,
  death: Death,
  exchange: Exchange,
  { operator, also }: By = {},
): Promise<Receipt> {
  const performed = await performAct(registrar, exchange, async (trx, actId) => {
    const deceased = await recordOfNamed(trx, death.deceased);
    const decision = decideDeath(death, deceased, await householdOf(trx, deceased), today(registrar.clock));
    return { decision, ...(operator && { operator }), also: (within) => Promise.resolve(also?.(within, actId)) };
  });
  return receiptOf(performed, registrar);
}

/** The one active record of somebody whom a family register names. */
async function recordOfNamed(trx: Trx, { name, birthDate, sex, address }: NamedPerson): Promise<ResidentRecord> {
  const found = await findRecords(trx, { birthDate, sex });
  const livesThere = (record: ResidentRecord) =>
    address === undefined || addressForm(record.address) === addressForm(address);
  return identifyApplicant(found.filter(livesThere), name);
}
