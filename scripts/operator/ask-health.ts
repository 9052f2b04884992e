import { request } from 'node:https';
import type { OfficeId } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { Credentials } from '#core/trust/credentials.js';
import { checkOffice, clientTls, serverName } from '#core/trust/tls.js';

const PATIENCE_MS = 5_000;

/** What GET /health says of the directory, and what is to be done something about. */
export interface ToldHealth {
  directory: {
    number: number;
    ageSeconds: number | null;
    threatLevel: number;
    cutOff: OfficeId[];
    thisOfficeCutOff: boolean;
  };
  warnings: string[];
}

interface Asking {
  /** Whoever asks. */
  credentials: Credentials;
  network: Network;
  /** Whether offices are at the network file's host names, or all on this machine. */
  atHosts: boolean;
}

/** @returns undefined where the office does not tell */
export function askHealth(
  { credentials, network, atHosts }: Asking,
  office: OfficeId,
): Promise<ToldHealth | undefined> {
  const { host, httpPort } = network.entry(office);
  const options = {
    ...{ ...clientTls(credentials), host: atHosts ? host : '127.0.0.1', port: httpPort, path: '/health' },
    ...{ servername: serverName(office), checkServerIdentity: checkOffice(credentials), timeout: PATIENCE_MS },
  };
  return new Promise((resolve) => {
    const asked = request({ ...options, agent: false }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve(response.statusCode === 200 ? (JSON.parse(text) as ToldHealth) : undefined);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined)).end();
  });
}

/** One line of the directory, and one of each warning. */
export function linesOf({ directory, warnings }: ToldHealth): string[] {
  const { number, ageSeconds, threatLevel, cutOff } = directory;
  const age = ageSeconds === null ? 'none has come yet' : `directory ${number}, ${ageSeconds} s old`;
  const cut = cutOff.length > 0 ? `; cut off: ${cutOff.join(', ')}` : '';
  return [`${age}; threat level ${threatLevel}${cut}`, ...warnings.map((warning) => `warning: ${warning}`)];
}
