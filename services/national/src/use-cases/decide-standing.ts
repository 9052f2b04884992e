import type { DirectoryKeeper } from '#core/directory/directory-keeper.js';
import type { Clock } from '#core/domain/clock.js';
import { mayDecide, type ThreatLevel, withStanding } from '#core/domain/directory.js';
import type { Exchange } from '#core/domain/exchange.js';
import { NATIONAL_CENTRE, type OfficeId, roleOf } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import type { Decisions } from '#core/rpc/standing-service.js';

interface Centre {
  network: Network;
  clock: Clock;
  directories: DirectoryKeeper;
}

/** The centre decides about every other office, and takes a prefecture's word about its own municipalities. */
export function decideStanding({ network, clock, directories }: Centre): Decisions {
  return {
    async cutOff(office, cause, exchange) {
      const by = decidingOffice(network, office, exchange);
      const present = network.cutOff(office);
      if (present) return directories.number;
      const cutOff = { since: clock.now().toISOString(), by, cause };
      return directories.change((directory) => withStanding(directory, office, { cutOff }));
    },
    async rejoin(office, exchange) {
      const by = decidingOffice(network, office, exchange);
      const present = network.cutOff(office);
      if (!present) return directories.number;
      if (present.by === NATIONAL_CENTRE && by !== NATIONAL_CENTRE) throw new Refusal('ACCESS_DENIED');
      return directories.change((directory) => withStanding(directory, office, { cutOff: null }));
    },
  };
}

/** @throws Refusal NOT_FOUND, ACCESS_DENIED */
function decidingOffice(network: Network, office: OfficeId, { caller }: Exchange): OfficeId {
  if (!network.has(office)) throw new Refusal('NOT_FOUND', { field: 'office' });
  const deciding = caller.kind === 'office' ? caller.office : NATIONAL_CENTRE;
  if (!mayDecide(deciding, office, network.entry(office).parent)) throw new Refusal('ACCESS_DENIED');
  return deciding;
}

/** @throws Refusal NOT_FOUND of whoever is no municipality of this network */
export async function setParticipation(
  { network, directories }: Centre,
  office: OfficeId,
  participating: boolean,
): Promise<number> {
  if (!network.has(office) || roleOf(office) !== 'municipality') throw new Refusal('NOT_FOUND', { field: 'office' });
  if (network.participates(office) === participating) return directories.number;
  return directories.change((directory) => withStanding(directory, office, { participating }));
}

/** Only says so, to everybody: whom to cut off is decided by itself. */
export async function setThreatLevel({ network, directories }: Centre, threatLevel: ThreatLevel): Promise<number> {
  if (network.threatLevel === threatLevel) return directories.number;
  return directories.change((directory) => ({ ...directory, threatLevel }));
}
