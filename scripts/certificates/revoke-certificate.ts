import { join } from 'node:path';
import { type Caller, callerOfUri, callerUri } from '#core/domain/caller.js';
import { isOfficeId } from '#core/domain/office.js';
import { agencyFolder, officeFolder, operatorFolder } from '#core/trust/credentials.js';
import type { RevocationReason } from '#core/trust/issue-revocation-list.js';
import { kindOf } from '#core/trust/peer-identity.js';
import { cardIn, type Keeping, pairIn } from './keeping.js';
import { noteRevoked } from './revocations.js';

/**
 * Takes back every certificate of an office, an operator or an agency that has not expired. The lists that say so are made by
 * ensureCertificates.
 *
 * @returns how many; none where all of them were revoked before
 */
export function revokeCertificates(folder: string, whom: Caller, now: Date, reason: RevocationReason): number {
  const held = keepingOf(folder, whom).held();
  return noteRevoked(join(folder, 'ca', kindOf(whom)), callerUri(whom), { held, now, reason });
}

function keepingOf(folder: string, whom: Caller): Keeping {
  if (whom.kind === 'office') return pairIn(officeFolder(folder, whom.office));
  if (whom.kind === 'agency') return pairIn(agencyFolder(folder, whom.name));
  return cardIn(operatorFolder(folder, whom.office, whom.name), whom);
}

/**
 * Whom an option names: `municipality/131059`, `municipality/131059/operator-1`, `agency/japan-pension-service`.
 *
 * @throws Error where it names nobody
 */
export function whomOf(text: string): Caller {
  if (isOfficeId(text)) return { kind: 'office', office: text };
  const agency = callerOfUri(`juki://${text}`);
  if (agency?.kind === 'agency') return agency;
  const [, office = '', name = ''] = /^(.+)\/([^/]+)$/.exec(text) ?? [];
  if (!isOfficeId(office)) throw new Error(`${text} is neither an office, nor an operator of one, nor an agency`);
  return { kind: 'operator', office, name };
}
