import type { CardReader } from '../devices/card-reader.js';
import type { CertificatePress } from '../devices/certificate-press.js';
import type { CodePool } from './keep-code-pool.js';
import type { Registrar } from './registrar.js';
import type { NoticeSender } from './send-family-register-notices.js';

/** The counter of a municipality: the register, what stands on the desk, and the lines to other offices. */
export interface Counter extends Registrar, NoticeSender {
  cardReader: CardReader;
  certificatePress: CertificatePress;
  codePool: CodePool;
}
