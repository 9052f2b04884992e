import type { Exchange } from '#core/domain/exchange.js';
import { codeOf } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { CertificatePress } from '../devices/certificate-press.js';
import { decideMoveOut, type MoveOut } from '../domain/acts/move-out.js';
import { certifiedPersonOf } from '../domain/certificates/move-out-certificate.js';
import type { Household } from '../domain/register/household.js';
import type { IssuedCertificate, Receipt } from '../domain/register/receipt.js';
import { certifyMoveOut } from './certify-move-out.js';
import { endMeasuresOfMovers } from './end-measures-of-movers.js';
import { householdLeft, presentCodes } from './households-touched.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import { type Performed, performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';
import type { CardDesk } from './trust-card.js';

interface Counter extends Registrar, CardDesk {
  certificatePress: CertificatePress;
}

/**
 * Takes a move-out notification (転出届, Article 24), and issues the certificate for the destination; there is none for a
 * move abroad.
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOT_FOUND, RECORD_DELETED, NOT_SAME_HOUSEHOLD, NOTIFIER_NOT_ENTITLED,
 * OWN_MUNICIPALITY where that is the destination, or as `decideMoveOut`
 */
export async function acceptMoveOut(counter: Counter, moveOut: MoveOut, exchange: Exchange): Promise<Receipt> {
  exchange.purpose = 'MOVE_OUT';
  for (const code of moveOut.movers) exchange.concerns.add(code);
  if (moveOut.destinationMunicipality === codeOf(counter.office)) throw new Refusal('OWN_MUNICIPALITY');
  const identified = await identifyNotifier(counter, moveOut.notifier, exchange);
  let certificates: IssuedCertificate[] = [];
  const performed = await performAct(counter, exchange, async (trx) => {
    const { people: movers, relationships } = await presentCodes(trx, moveOut.movers, moveOut.relationships);
    const { left, concerned } = await householdLeft(trx, movers);
    const notifier = await standingAtCounter(trx, identified, concerned, left.members);
    return {
      decision: decideMoveOut({ ...moveOut, movers, relationships }, left),
      notifier,
      async also(within, done) {
        await endMeasuresOfMovers(within, done);
        certificates = moveOut.destinationMunicipality === undefined ? [] : await certify(counter, within, done, left);
      },
    };
  });
  return receiptOf(performed, counter, { certificates });
}

function certify(
  counter: Counter,
  trx: Trx,
  { act, writings }: Performed,
  left: Household,
): Promise<IssuedCertificate[]> {
  const deleted = writings.map(({ record }) => record).filter(({ deletedOn }) => deletedOn !== null);
  const people = deleted.map((record) => ({ record, certified: certifiedPersonOf(record, left.householderName) }));
  const destination = deleted[0]?.destination ?? '';
  const { actId, causeOn: plannedOn, acceptedOn: issuedOn } = act;
  return certifyMoveOut(counter, trx, { actId, plannedOn, issuedOn, destination, people });
}
