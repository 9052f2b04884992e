import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { z } from 'zod';
import type { OfficeId } from '#core/domain/office.js';
import { Network } from '#core/network.js';
import type { ClockFile } from '#core/places.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { seedOperators } from '#scripts/network/seed-operators.js';
import { LEVELS, OFFICES } from './level.js';

/** A network with one office a level: where it keeps things, and what its processes are told. */
export interface ThreeLevels {
  network: Network;
  certs: string;
  data: string;
  environment: Record<string, string>;
}

/** Makes a network of its own in a folder: network file on free ports, certificates, a clock that all processes share. */
export async function makeThreeLevels(folder: string, now: Date): Promise<ThreeLevels> {
  const [certs, data] = [join(folder, 'certs'), join(folder, 'data')];
  const [networkFile, clockFile] = [join(folder, 'network.json'), join(folder, 'clock.json')];
  mkdirSync(data, { recursive: true });
  const stated = JSON.parse(readFileSync('scripts/network.json', 'utf8')) as { offices: { office: OfficeId }[] };
  const ports = await freePorts(2 * LEVELS.length);
  const chosen = stated.offices.filter(({ office }) => (Object.values(OFFICES) as OfficeId[]).includes(office));
  const offices = chosen.map((entry, i) => ({ ...entry, grpcPort: ports[2 * i], httpPort: ports[2 * i + 1] }));
  writeFileSync(networkFile, JSON.stringify({ ...stated, offices }));
  const network = Network.load(networkFile);
  const clock: z.infer<typeof ClockFile> = { shown: network.clockStartsAt.toISOString(), at: now.toISOString() };
  writeFileSync(clockFile, JSON.stringify(clock));
  ensureCertificates(network, certs, now);
  const ids = network.offices.map(({ office }) => office);
  await seedOperators(ids, certs, data);
  const environment = {
    JUKI_NETWORK: networkFile,
    JUKI_CERTS: certs,
    JUKI_DATA: data,
    JUKI_CARDS: join(data, 'cards'),
    JUKI_CLOCK_FILE: clockFile,
  };
  return { network, certs, data, environment };
}

/** Ports that nothing listens on, all different: they are held at the same time, and then let go. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
