import type { GatheringOffice } from '#core/access/gather-extracts.js';
import { type HandedOut, makeReport } from '#core/access/make-report.js';
import type { Clock } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { RESIDENT } from '#core/domain/log-extract.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { CardProof } from '../domain/counter/identity-proof.js';
import { currentCode, formerCodes } from '../storage/codes.js';
import { type Look, noteLook, type Reader, recordsUnder } from './reading.js';
import { type CardDesk, trustCard } from './trust-card.js';

/** A counter, or a terminal, at which residents are told who had to do with them. */
export interface ReportingCounter extends Reader, CardDesk {
  ledger: CardDesk['ledger'];
  clock: Clock;
  gathering: GatheringOffice & { clock: Clock };
}

/**
 * Tells a resident at the counter who had to do with them (開示).
 *
 * @throws Refusal NOT_FOUND
 */
export async function reportAccesses(counter: ReportingCounter, look: Look, exchange: Exchange): Promise<HandedOut> {
  noteLook(exchange, look);
  await recordsUnder(counter.ledger, look.residentRecordCode);
  return report(counter, look.residentRecordCode, exchange);
}

/**
 * Tells a resident who has signed in at a terminal, with their card and its PIN.
 *
 * @throws Refusal NOT_FOUND, or as `trustCard`
 */
export async function reportOwnAccesses(
  counter: ReportingCounter,
  card: CardProof,
  exchange: Exchange,
): Promise<HandedOut> {
  exchange.purpose = 'SELF_SERVICE';
  exchange.operator = RESIDENT;
  const { residentRecordCode } = await trustCard(counter, card, exchange);
  await recordsUnder(counter.ledger, residentRecordCode);
  return report(counter, residentRecordCode, exchange);
}

async function report(
  { ledger, gathering }: ReportingCounter,
  code: ResidentRecordCode,
  exchange: Exchange,
): Promise<HandedOut> {
  const present = await currentCode(ledger, code);
  return makeReport(gathering, [present, ...(await formerCodes(ledger, present))], exchange);
}
