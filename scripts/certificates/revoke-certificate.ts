import { join } from 'node:path';
import { type Caller, callerUri } from '#core/domain/caller.js';
import { isOfficeId } from '#core/domain/office.js';
import { officeFolder, operatorFolder } from '#core/trust/credentials.js';
import type { RevocationReason } from '#core/trust/issue-revocation-list.js';
import { cardIn, pairIn } from './keeping.js';
import { noteRevoked } from './revocations.js';

/** Who has certificates in this network, as yet. */
type Holder = Exclude<Caller, { kind: 'agency' }>;

/**
 * Takes back every certificate of an office or operator that has not expired. The lists that say so are made by
 * ensureCertificates.
 *
 * @returns how many; none where all of them were revoked before
 */
export function revokeCertificates(folder: string, whom: Holder, now: Date, reason: RevocationReason): number {
  const [kind, keeping] =
    whom.kind === 'office'
      ? ['offices', pairIn(officeFolder(folder, whom.office))]
      : ['operators', cardIn(operatorFolder(folder, whom.office, whom.name), whom)];
  const held = keeping.held();
  return noteRevoked(join(folder, 'ca', kind), callerUri(whom), { held, now, reason });
}

/**
 * Whom an option names: `municipality/131059`, `municipality/131059/operator-1`.
 *
 * @throws Error where it names nobody
 */
export function whomOf(text: string): Holder {
  if (isOfficeId(text)) return { kind: 'office', office: text };
  const [, office = '', name = ''] = /^(.+)\/([^/]+)$/.exec(text) ?? [];
  if (!isOfficeId(office)) throw new Error(`${text} is neither an office nor an operator of one`);
  return { kind: 'operator', office, name };
}
