import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AgencyOptions, openAgency } from '#agency/agency.js';
import type { Agency } from '#agency/use-cases/agency-over.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { Network } from '#core/network.js';
import { agencyFolder } from '#core/trust/credentials.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';

/** A process of the national centre, and where it answers. */
export interface CentreProcess {
  address: string;
  /** As if its machine lost power. */
  kill(): Promise<void>;
}

/** The national centre in several processes over one database, with certificates of their own; whoever runs in it is at rest. */
export class CentreProcesses {
  readonly certs: string;
  private readonly folder: string;
  private readonly databaseUrl: string;
  private readonly running = new Set<ChildProcess>();

  constructor(databaseUrl: string) {
    this.databaseUrl = databaseUrl;
    this.folder = mkdtempSync(join(tmpdir(), 'juki-centre-'));
    this.certs = join(this.folder, 'certs');
    const network = Network.load('scripts/network.json');
    ensureCertificates(network, this.certs, new Date());
    const clock = { shown: network.clockStartsAt.toISOString(), at: new Date().toISOString() };
    writeFileSync(join(this.folder, 'clock.json'), JSON.stringify(clock));
  }

  /** @param duties ALL: the centre itself; AGENCIES: a desk beside it. Resolves once it serves. */
  async start(duties: 'ALL' | 'AGENCIES'): Promise<CentreProcess> {
    const env = {
      ...{ JUKI_OFFICE: NATIONAL_CENTRE, JUKI_DUTIES: duties, JUKI_CERTS: this.certs, JUKI_DATA: this.folder },
      ...{ JUKI_DATABASE_URL: this.databaseUrl, JUKI_GRPC_PORT: '0', JUKI_HTTP_PORT: '0', JUKI_CHECK_EVERY: '0' },
      ...{ JUKI_CLOCK_FILE: join(this.folder, 'clock.json'), PATH: process.env['PATH'] },
    };
    const child = spawn(process.execPath, ['services/national/dist/main.js'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.running.add(child);
    const port = await servingPort(child);
    return { address: `127.0.0.1:${port}`, kill: () => this.end(child, 'SIGKILL') };
  }

  agency(name: string, addresses: readonly string[], options: Partial<AgencyOptions> = {}): Agency {
    const folder = agencyFolder(this.certs, name);
    return openAgency({ name, folder, addresses, operator: 'desk-1', ...options });
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((child) => this.end(child, 'SIGTERM')));
  }

  private async end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.running.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

async function servingPort(child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('the centre can not start');
  });
  const serving = new Promise<number>((resolve) => {
    if (!child.stdout) throw new RangeError('its log is not read');
    createInterface(child.stdout).on('line', (line) => {
      const { msg, grpcPort } = JSON.parse(line) as { msg: string; grpcPort: number };
      if (msg === 'serving') resolve(grpcPort);
    });
  });
  return Promise.race([serving, ended]);
}
