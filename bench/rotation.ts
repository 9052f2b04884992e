import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import type { Visit } from '#scripts/check/visit.js';
import { AT_ONCE, withDemoNetwork } from './demo-network.js';
import type { Figure } from './figure.js';
import { copyOfSomebody } from './issuance.js';

const RENEWALS = 3;
/** How often it is looked whether every node shows its new certificate, in milliseconds. */
const LOOK_MS = 50;

/** Copies issued without a pause while every certificate of the network is renewed, again and again. */
export function measureRotation(folder: string): Promise<Figure[]> {
  return withDemoNetwork(folder, { name: 'rotation' }, async (visit) => {
    const load = new Load(copyOfSomebody(visit));
    for (let renewal = 0; renewal < RENEWALS; renewal += 1) await renewAll(visit);
    const { calls, failed } = await load.end();
    console.log(`every certificate renewed ${RENEWALS} times: ${calls} calls, ${failed} failed`);
    return [
      {
        name: 'calls_failed_while_certificates_were_renewed',
        what: `copies that failed while every certificate was renewed ${RENEWALS} times, ${AT_ONCE} at once`,
        ...{ measured: failed, unit: 'calls' },
        against: { value: calls, what: 'made' },
      },
    ];
  });
}

/** Resolves once every node shows another certificate than before. */
async function renewAll({ network: running }: Visit): Promise<void> {
  const serials = () => running.network.offices.map(({ office }) => running.node(office).credentials.serialNumber);
  const before = serials();
  ensureCertificates(running.network, running.certs, new Date(), { rotate: true });
  while (serials().some((serial, i) => serial === before[i]))
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

/** So many calls under way at any time, until it is ended. */
class Load {
  private calls = 0;
  private failed = 0;
  private isOver = false;
  private readonly working: Promise<unknown>;

  constructor(call: () => Promise<unknown>) {
    this.working = Promise.all(Array.from({ length: AT_ONCE }, () => this.work(call)));
  }

  async end(): Promise<{ calls: number; failed: number }> {
    this.isOver = true;
    await this.working;
    return { calls: this.calls, failed: this.failed };
  }

  private async work(call: () => Promise<unknown>): Promise<void> {
    while (!this.isOver) {
      this.calls += 1;
      await call().catch(() => {
        this.failed += 1;
      });
    }
  }
}
