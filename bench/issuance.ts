import { join } from 'node:path';
import { RunningClock } from '#core/domain/clock.js';
import { municipalityId } from '#core/domain/office.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { Visit } from '#scripts/check/visit.js';
import { prepareNetwork } from '#scripts/network/prepare-network.js';
import { pocketsIn, startNetwork } from '#scripts/network/start-network.js';
import { CheckHealth, IssueWideAreaCopy } from '#scripts/operator/procedures.js';
import type { Figure } from './figure.js';

const SECONDS = 5;
const AT_ONCE = 32;
const SHINJUKU = municipalityId('131041');
const BUNKYO = municipalityId('131059');

/** Copies a second through the whole walk, both logs durable, against bare calls over the same kind of line. */
export async function measureIssuance(folder: string): Promise<Figure[]> {
  const [certs, data] = [join(folder, 'certs'), join(folder, 'issuance')];
  const network = Network.load('scripts/network.json');
  const { people } = await prepareNetwork(network, { certs, data, pockets: pocketsIn(data) });
  const clock = new RunningClock(network.clockStartsAt);
  const loggerOf = (office: string) => createLogger(office, 'silent');
  const running = await startNetwork({ network, certs, data, clock, loggerOf, ports: 'CHOSEN' });
  const visit = new Visit({ ...running, clock }, people);
  try {
    const operator = visit.operatorOf(SHINJUKU);
    const { name, residentRecordCode } = visit.cardHolder(BUNKYO);
    const request = {
      homeMunicipality: '131059',
      photoId: {
        kind: 'PHOTO_ID_KIND_PASSPORT' as const,
        expiresOn: { year: 2020, month: 1, day: 1 },
        name,
        residentRecordCode,
      },
      whom: 'WHOM_TO_PRINT_APPLICANT' as const,
    };
    await rate(() => operator.ask(IssueWideAreaCopy, request), 1);
    const copies = await rate(() => operator.ask(IssueWideAreaCopy, request), SECONDS);
    const calls = await rate(() => operator.ask(CheckHealth, {}), SECONDS);
    return [
      {
        what: `copies issued, Shinjuku ← Bunkyo, ${AT_ONCE} at once, all in one process`,
        measured: `${copies.toFixed(0)} a second`,
        against: `${calls.toFixed(0)} a second: health checks over mutual TLS`,
        ratio: (copies / calls).toFixed(2),
      },
    ];
  } finally {
    visit.close();
    await running.stopAll();
  }
}

async function rate(act: () => Promise<unknown>, seconds: number): Promise<number> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let done = 0;
  const worker = async () => {
    while (performance.now() < until) {
      await act();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done / ((performance.now() - startedAt) / 1000);
}
