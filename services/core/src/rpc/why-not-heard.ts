import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { REVOKED, type Shown } from '../trust/peer-identity.js';

/** Why somebody is not to be heard at all, whatever they ask; undefined of whoever is. */
export function whyNotHeard(
  { office, network }: { office: OfficeId; network: Network },
  shown: Shown | undefined,
): Refusal | undefined {
  if (!shown) return new Refusal('CALLER_UNKNOWN', { office });
  if (shown.revokedOn) return new Refusal('CALLER_UNKNOWN', { office, fault: REVOKED });
  const { caller } = shown;
  if (caller.kind !== 'office') return undefined;
  const cut = [caller.office, office].find((one) => network.cutOff(one));
  return cut === undefined ? undefined : new Refusal('CUT_OFF', { office: cut });
}
