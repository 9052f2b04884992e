import type { Directory, Standing } from '../domain/directory.js';
import type { OfficeId } from '../domain/office.js';
import type { Network } from '../network.js';
import type { Credentials } from '../trust/credentials.js';
import { revocationsIn } from '../trust/revocations.js';
import { signingKeysIn } from '../trust/signing-keys.js';

/** What the centre knows of the network, beside what it has decided. */
interface Known {
  network: Network;
  /** The centre's own, as they lie in its folder: its lists, and which keys the offices were given. */
  credentials: Credentials;
  /** The `host:port` of an office's gRPC server, where the centre knows it. */
  stateAddress: (office: OfficeId) => string | undefined;
}

/**
 * The next directory: what was decided stays as it is in `present`; addresses, keys and revocations are as they are known
 * now. An office that was not in it is as the network file says it.
 */
export function stateDirectory(present: Directory | undefined, known: Known, issuedAt: Date, after: number): Directory {
  const { network, credentials } = known;
  const standings = new Map(present?.offices.map((standing) => [standing.office, standing]));
  return {
    number: after + 1,
    issuedAt,
    threatLevel: present?.threatLevel ?? 1,
    offices: network.offices.map(({ office }) => standingOf(office, standings.get(office), known)),
    revocations: revocationsIn(credentials.lists),
  };
}

function standingOf(office: OfficeId, before: Standing | undefined, known: Known): Standing {
  const { network, credentials, stateAddress } = known;
  return {
    office,
    participating: before?.participating ?? network.participates(office),
    cutOff: before?.cutOff ?? null,
    address: stateAddress(office) ?? null,
    signing: signingKeysIn(credentials.signingKeys, office),
  };
}
