import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { officeFolder } from '#core/trust/credentials.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { identityIn } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   somebody ── a connection, and then nothing, or half of something ──▶ Bunkyo, which is told to stop
 */
let network: TestNetwork;
const open: Socket[] = [];

beforeEach(async () => {
  network = await startTestNetwork({ offices: [BUNKYO] });
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await network.remove();
});

const ports = ['grpcPort', 'httpPort'] as const;

async function unspeaking(port: number): Promise<Socket> {
  const socket = connect(port, 'localhost');
  await once(socket, 'connect');
  return socket;
}

async function overTls(port: number, identity: ReturnType<typeof identityIn>, protocol: string): Promise<TLSSocket> {
  const socket = connectTls({ ...identity, port, host: 'localhost', ALPNProtocols: [protocol] });
  await once(socket, 'secureConnect');
  return socket;
}

/** How Bunkyo's stop goes while somebody holds a connection to it. */
async function stopWith(socket: Socket) {
  open.push(socket.on('error', () => {}));
  socket.resume();
  const closed = once(socket, 'close');
  const startedAt = performance.now();
  await network.stop(BUNKYO);
  await closed;
  return (performance.now() - startedAt) / 1000;
}

describe('An office stops within ten seconds, and hangs up', () => {
  it.each(ports)('on somebody who has connected to its %s and does not begin TLS.', async (port) => {
    expect(await stopWith(await unspeaking(network.node(BUNKYO)[port]))).toBeLessThan(10);
  });

  it('on an office that has shown its certificate and not said a word of HTTP/2.', async () => {
    const shinjuku = identityIn(officeFolder(network.certs, SHINJUKU));
    expect(await stopWith(await overTls(network.node(BUNKYO).grpcPort, shinjuku, 'h2'))).toBeLessThan(10);
  });

  it.each([
    ['nothing', ''],
    ['half of a request', 'POST /copies HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{'],
  ])('on an operator who has said %s over HTTPS.', async (_what, said) => {
    const socket = await overTls(network.node(BUNKYO).httpPort, operatorOf(network, BUNKYO), 'http/1.1');
    socket.write(said);
    expect(await stopWith(socket)).toBeLessThan(10);
  });
});
