import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { CertificatePress } from '../devices/certificate-press.js';
import { decideMoveIn, freshCodesNeeded, type MoveIn } from '../domain/acts/move-in.js';
import type { CertifiedPerson } from '../domain/certificates/move-out-certificate.js';
import type { Receipt } from '../domain/register/receipt.js';
import { supersededAmong, takeCodes } from '../storage/codes.js';
import { findRecords } from '../storage/resident-register.js';
import { householdJoined, presentCodes } from './households-touched.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import type { CodePool } from './keep-code-pool.js';
import { performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';
import type { CardDesk } from './trust-card.js';

interface Counter extends Registrar, CardDesk {
  certificatePress: CertificatePress;
  codePool: CodePool;
}

/**
 * Takes a move-in notification (転入届, Article 22).
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOTIFIER_NOT_ENTITLED, CODES_EXHAUSTED, or as `decideMoveIn`
 */
export async function acceptMoveIn(counter: Counter, moveIn: MoveIn, exchange: Exchange): Promise<Receipt> {
  const { clock, newId, codePool } = counter;
  exchange.purpose = 'MOVE_IN';
  for (const { residentRecordCode: code } of moveIn.people) if (code !== undefined) exchange.concerns.add(code);
  const identified = await identifyNotifier(counter, moveIn.notifier, exchange);
  const certified = certifiedPeople(counter, moveIn);
  await codePool.ensure(freshCodesNeeded(moveIn));
  let freshCodes: string[] = [];
  const performed = await performAct(counter, exchange, async (trx, actId) => {
    const joined = await householdJoined(trx, moveIn.joinHouseholdOf);
    const { relationships } = await presentCodes(trx, [], moveIn.relationships);
    const codes = moveIn.people.flatMap(({ residentRecordCode: code }) => code ?? []);
    freshCodes = await takeCodes(trx, freshCodesNeeded(moveIn), actId);
    const facts = {
      ...{ certified, joined, freshCodes, newId, today: today(clock) },
      known: await knownHere(trx, moveIn, certified),
      superseded: await supersededAmong(trx, codes),
    };
    const decision = decideMoveIn({ ...moveIn, relationships }, facts);
    const entered = decision.after.filter(({ recordId }) => !decision.before.some((one) => one.recordId === recordId));
    return { decision, notifier: await standingAtCounter(trx, identified, entered, decision.before) };
  });
  return receiptOf(performed, counter, { freshCodes });
}

/** @throws Refusal CERTIFICATE_NOT_VALID: also for this municipality's own, whose move-out can be taken back instead */
function certifiedPeople({ certificatePress, office }: Counter, { certificates }: MoveIn): CertifiedPerson[] {
  return certificates.flatMap((payload) => {
    const { origin, people } = certificatePress.read(payload);
    if (origin === codeOf(office))
      throw new Refusal('CERTIFICATE_NOT_VALID', { field: 'certificates', fault: 'is of this very municipality' });
    return people;
  });
}

/** Whoever is here, or was, with a code or with the birth date and sex of somebody who moves in. */
export async function knownHere(trx: Trx, { people }: Pick<MoveIn, 'people'>, certified: CertifiedPerson[]) {
  const known = [];
  for (const { residentRecordCode: code, person: stated } of people) {
    const person = stated ?? certified.find((candidate) => candidate.residentRecordCode === code)?.person;
    if (code !== undefined) known.push(...(await findRecords(trx, { residentRecordCode: code })));
    if (person) known.push(...(await findRecords(trx, { birthDate: person.birthDate, sex: person.sex })));
  }
  return known;
}
