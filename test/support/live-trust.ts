import type { OfficeId } from '#core/domain/office.js';
import type { Refusal } from '#core/domain/refusal.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { revokeCertificates, whomOf } from '#scripts/certificates/revoke-certificate.js';
import { Looking } from './looking.js';
import { BUNKYO, SHINJUKU, TOKYO } from './offices.js';
import { https } from './raw-line.js';
import { operatorOf } from './seat.js';
import { startTestNetwork, type TestNetwork } from './test-network.js';

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

/** Three offices that look into their folders when a test says so, and the hand that renews and revokes. */
export class LiveTrust {
  readonly network: TestNetwork;
  readonly looking: Looking;
  /** What nodes hold certificates and lists against; TLS goes by the real clock. */
  machineTime = new Date();

  private constructor(network: TestNetwork, looking: Looking) {
    this.network = network;
    this.looking = looking;
  }

  /** @param besides - who runs beside two municipalities and their prefecture */
  static async start(besides: OfficeId[] = []): Promise<LiveTrust> {
    const looking = new Looking();
    let trust: LiveTrust | undefined;
    const network = await startTestNetwork({
      offices: [SHINJUKU, BUNKYO, TOKYO, ...besides],
      laterForCredentials: looking.later,
      machineClock: () => trust?.machineTime ?? new Date(),
    });
    trust = new LiveTrust(network, looking);
    return trust;
  }

  ensure(wishes = {}, at = new Date()): number {
    return ensureCertificates(this.network.network, this.network.certs, at, wishes);
  }

  revoke(whom: string): void {
    revokeCertificates(this.network.certs, whomOf(whom), new Date(), 'keyCompromise');
    this.ensure();
    this.looking.now();
  }

  /** What GET /health says to an operator of the office. */
  async healthOf(office: OfficeId) {
    const { httpPort } = this.network.node(office);
    const reply = await https(httpPort, operatorOf(this.network, office), { path: '/health' });
    return JSON.parse(reply.text);
  }

  warningsLogged(office: OfficeId): string[] {
    const lines = this.network.logLines.map((line) => JSON.parse(line));
    return lines.filter((line) => line.office === office && line.warning).map(({ warning }) => warning);
  }

  /** What comes of a question to Bunkyo, as an office with these credentials. */
  async askBunkyo(
    credentials = loadCredentials(officeFolder(this.network.certs, SHINJUKU)),
  ): Promise<Pick<Refusal, 'reason' | 'details'> | undefined> {
    const peers = new Peers(credentials, this.network.addressOf);
    const letter = { office: BUNKYO, request: Buffer.alloc(0), metadata: {}, withinMs: 5_000 };
    const { outcome } = await send(peers, ProvideCopyData, letter);
    peers.close();
    return 'refusal' in outcome ? outcome.refusal : undefined;
  }
}
