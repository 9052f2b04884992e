import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { z } from 'zod';
import { NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { Network } from '#core/network.js';
import type { ClockFile } from '#core/places.js';
import { prepareNetwork } from '../network/prepare-network.js';
import { residentsOf } from '../network/seed-ledgers.js';
import type { SeededMunicipality } from '../seed/residents.js';
import { drillNetworkFile } from './drill-network.js';

const OFFICES: OfficeId[] = [NATIONAL_CENTRE, 'prefecture/130001', 'municipality/131059', 'municipality/131041'];

interface Wanted {
  offices?: OfficeId[];
  /** In each municipality. */
  households?: number;
}

/** What processes are started over: a network file with ports of its own, certificates, ledgers with people in them. */
export interface PreparedCountry {
  network: Network;
  networkFile: string;
  clockFile: string;
  certs: string;
  data: string;
  pockets: string;
  people: SeededMunicipality[];
}

/** Certificates and residents take long to make: schedules share them, each with a copy of the ledgers. */
export class Preparation {
  private readonly folder: string;
  private readonly wanted: Wanted;
  private people: SeededMunicipality[] | undefined;

  constructor(folder: string, wanted: Wanted = {}) {
    this.folder = join(folder, 'prepared');
    this.wanted = wanted;
  }

  async countryIn(folder: string): Promise<PreparedCountry> {
    const [certs, data, pockets] = ['certs', 'data', 'cards'].map((name) => join(this.folder, name)) as Three;
    mkdirSync(folder, { recursive: true });
    const { offices = OFFICES, households } = this.wanted;
    const network = new Network(drillNetworkFile(offices));
    const places = { certs, data, pockets };
    this.people ??= (await prepareNetwork(network, places, offices, residentsOf(network, households))).people;
    const own = join(folder, 'data');
    cpSync(data, own, { recursive: true });
    const file = await withFreePorts(drillNetworkFile(offices));
    const [networkFile, clockFile] = [join(folder, 'network.json'), join(folder, 'clock.json')];
    writeFileSync(networkFile, JSON.stringify(file));
    const clock: z.infer<typeof ClockFile> = {
      shown: network.clockStartsAt.toISOString(),
      at: new Date().toISOString(),
    };
    writeFileSync(clockFile, JSON.stringify(clock));
    return { network: new Network(file), networkFile, clockFile, certs, data: own, pockets, people: this.people };
  }
}

type Three = [string, string, string];

async function withFreePorts(file: ReturnType<typeof drillNetworkFile>) {
  const servers = await Promise.all(file.offices.flatMap(() => [listening(), listening()]));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const offices = file.offices.map((entry, i) => ({
    ...entry,
    ...{ grpcPort: ports[2 * i] ?? 0, httpPort: ports[2 * i + 1] ?? 0 },
  }));
  return { ...file, offices };
}

function listening(): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
