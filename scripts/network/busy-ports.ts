import { createServer } from 'node:net';
import type { Network } from '#core/network.js';

/** The ports of a network that something on this machine already listens on. */
export async function busyPorts(network: Network): Promise<number[]> {
  const ports = network.offices.flatMap(({ grpcPort, httpPort }) => [grpcPort, httpPort]);
  const busy = await Promise.all(ports.map(isBusy));
  return ports.filter((_port, i) => busy[i]);
}

function isBusy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
