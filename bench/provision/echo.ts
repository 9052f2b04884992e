import { municipalityId, NATIONAL_CENTRE } from '#core/domain/office.js';
import { officeFolder } from '#core/trust/credentials.js';
import { cpuSeconds } from '../changes/usage.js';
import type { Pace } from './latencies.js';
import type { Span } from './load.js';
import { LoadingProcesses } from './loading-processes.js';
import { OwnProcess } from './own-process.js';

/** These credentials of grpc-js know no other word for it. */
const TLS_13 = '--tls-min-v1.3';
/** Of a process that is kept busy: what is young is collected less often. */
export const BUSY = '--max-semi-space-size=32';
const BUNKYO = municipalityId('131059');

interface Callers {
  processes: number;
  /** Of each process. */
  connections: number;
}

/** What gRPC over mutual TLS gives where nothing is asked and nothing is checked: the most that any call can reach. */
export class Echo {
  private readonly server: OwnProcess;
  private readonly clients: LoadingProcesses;

  private constructor(server: OwnProcess, clients: LoadingProcesses) {
    this.server = server;
    this.clients = clients;
  }

  /** @param certs as `ensureCertificates` leaves it, with the centre, which answers, and Bunkyo, which asks */
  static async start(certs: string, { processes = 1, connections = 1 }: Partial<Callers> = {}): Promise<Echo> {
    const server = new OwnProcess('./echo-server.js', [officeFolder(certs, NATIONAL_CENTRE)], [TLS_13, BUSY]);
    const port = await server.told<number>();
    const args = [officeFolder(certs, BUNKYO), String(port), String(connections)];
    const options = { count: processes, nodeOptions: [TLS_13, BUSY] };
    return new Echo(server, new LoadingProcesses('./echo-client.js', args, options));
  }

  load(span: Span): Promise<Pace> {
    return this.clients.load(span);
  }

  /** So far, of both sides. */
  get cpuSeconds(): { server: number; clients: number } {
    return { server: cpuSeconds(this.server.pid), clients: this.clients.cpuSeconds };
  }

  async stop(): Promise<void> {
    await this.clients.stop();
    await this.server.stop();
  }
}
