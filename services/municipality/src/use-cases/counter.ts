import type { Dispatch } from '#core/propagation/dispatch.js';
import type { CardPress } from '../devices/card-press.js';
import type { CertificatePress } from '../devices/certificate-press.js';
import type { ClaimCertificate } from '../peers/claim-certificate.js';
import type { CodePool } from './keep-code-pool.js';
import type { Registrar } from './registrar.js';
import type { NoticeSender } from './send-family-register-notices.js';
import type { CardDesk } from './trust-card.js';

/** The counter of a municipality: the register, what stands on the desk, and the lines to other offices. */
export interface Counter extends Registrar, CardDesk, NoticeSender {
  ledger: CardDesk['ledger'];
  cardPress: CardPress;
  certificatePress: CertificatePress;
  codePool: CodePool;
  dispatch: Pick<Dispatch, 'wake' | 'whyWaiting'>;
  claimCertificate: ClaimCertificate;
}
