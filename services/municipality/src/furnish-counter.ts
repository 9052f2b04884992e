import type { Fresh } from '#core/domain/exchange.js';
import type { Logger } from '#core/logger.js';
import type { Asker } from '#core/peers/ask.js';
import type { Dispatch } from '#core/propagation/dispatch.js';
import type { Credentials } from '#core/trust/credentials.js';
import { CardPress } from './devices/card-press.js';
import { CardReader } from './devices/card-reader.js';
import { CertificatePress } from './devices/certificate-press.js';
import { askForCodes } from './peers/ask-for-codes.js';
import { checkCardAtCentre } from './peers/check-card.js';
import { claimCertificate } from './peers/claim-certificate.js';
import { confirmedMoveOuts } from './peers/confirm-move-outs.js';
import { notifyHome } from './peers/notify-home.js';
import { tellOrigin } from './peers/tell-origin.js';
import type { Counter } from './use-cases/counter.js';
import { CodePool } from './use-cases/keep-code-pool.js';
import type { Registrar } from './use-cases/registrar.js';
import { moveInNotices, releases } from './use-cases/settle-arrivals.js';

/** What a municipality needs of its office to open a counter. */
export interface Premises extends Asker, Fresh, Pick<Registrar, 'ledger'> {
  credentials: Credentials;
  logger: Logger;
  dispatch: Dispatch;
}

/** What stands on the desk, and the lines to other offices. */
export function furnishCounter(office: Premises, pockets: string): Counter {
  return {
    ...office,
    cardReader: new CardReader(pockets),
    cardPress: new CardPress(pockets),
    certificatePress: new CertificatePress(office.credentials),
    codePool: new CodePool({ ...office, askForCodes: askForCodes(office) }),
    checkCard: checkCardAtCentre(office),
    notifyHome: notifyHome(office),
    claimCertificate: claimCertificate(office),
  };
}

/**
 * What the two ends of a move tell each other, and the prefecture, by themselves.
 *
 * @param tell - how the origin is told
 */
export function carryMoves(office: Premises, tell = tellOrigin(office)): void {
  const teller = { ...office, tellOrigin: tell };
  office.dispatch.carry(moveInNotices(teller));
  office.dispatch.carry(releases(teller));
  office.dispatch.carry(confirmedMoveOuts(office));
}
