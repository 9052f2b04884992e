import type { OfficeId } from '#core/domain/office.js';
import { OperatorCard } from '#core/operators/operator-card.js';
import { type Credentials, cardPath, loadTrust, operatorFolder } from '#core/trust/credentials.js';

/**
 * Opens an operator's card with its PIN, for as long as this process runs.
 *
 * @throws Refusal CARD_INVALID, PIN_FAILED
 */
export function openCard(certs: string, office: OfficeId, name: string, pin: string): Credentials {
  const { certificate, key } = new OperatorCard(cardPath(certs, office, name)).open(pin);
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  const trust = loadTrust(operatorFolder(certs, office, name));
  return { ...trust, certificate: Buffer.from(certificate), key: Buffer.from(pem) };
}
