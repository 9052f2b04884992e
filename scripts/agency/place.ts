import type { Command } from 'commander';
import { openAgency } from '#agency/agency.js';
import type { Agency } from '#agency/use-cases/agency-over.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { Network } from '#core/network.js';
import { addresses } from '#core/places.js';
import { agencyFolder } from '#core/trust/credentials.js';

/** What every subcommand is told by the options before it. */
interface Globals {
  as?: string;
  operator: string;
  centre?: string[];
  certs: string;
  network: string;
  json: boolean;
}

/**
 * Has an agency asked, and ends its connections.
 *
 * @param purpose the one that is cited, where one is: it tells which agency
 */
export async function asAgency<T>(
  command: Command,
  purpose: string | undefined,
  act: (agency: Agency, json: boolean) => Promise<T>,
): Promise<T> {
  const { as, operator, centre, certs, network: file, json } = command.optsWithGlobals<Globals>();
  const network = Network.load(file);
  const name = as ?? nameOf(network, purpose);
  const own = addresses(network, process.env['JUKI_PEERS'] === 'HOSTS' ? 'HOSTS' : 'LOOPBACK');
  const agency = openAgency({
    ...{ name, operator, folder: agencyFolder(certs, name), addresses: centre ?? [own(NATIONAL_CENTRE)] },
  });
  try {
    return await act(agency, json);
  } finally {
    agency.close();
  }
}

function nameOf({ agencies }: Network, purpose: string | undefined): string {
  const fits = agencies.find(({ purposes }) => purposes.some(({ statutoryPurpose }) => statutoryPurpose === purpose));
  const { name } = fits ?? agencies[0] ?? {};
  if (name === undefined) throw new Error('the network file names no agency');
  return name;
}
