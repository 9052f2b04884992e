import { municipalityId, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import type { Visit } from '#scripts/check/visit.js';
import { CheckHealth, CutOff, Rejoin } from '#scripts/operator/procedures.js';
import { withDemoNetwork } from './demo-network.js';
import type { Figure } from './figure.js';
import { median } from './figure.js';

const ROUNDS = 5;
const BUNKYO = municipalityId('131059');
/** The most that it may take until the last node refuses, in seconds. */
const LIMIT = 5;
const PATIENCE_MS = 2_000;

/** From the switch at the centre until the last node refuses Bunkyo: each node is asked, as Bunkyo, until it does. */
export function measureKillSwitch(folder: string): Promise<Figure[]> {
  return withDemoNetwork(folder, { name: 'kill-switch' }, async (visit) => {
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) seconds.push(await secondsUntilRefusedByAll(visit));
    const others = visit.network.network.offices.length - 1;
    return [
      {
        name: 'kill_switch_seconds',
        what: `from the switch until the last of ${others} nodes refuses the office that is cut off, median of ${ROUNDS}`,
        ...{ measured: median(seconds), unit: 's' },
        against: { value: LIMIT, what: 'at most' },
      },
      {
        name: 'kill_switch_slowest_seconds',
        what: `the slowest of the ${ROUNDS}`,
        ...{ measured: Math.max(...seconds), unit: 's' },
        against: { value: LIMIT, what: 'at most' },
      },
    ];
  });
}

async function secondsUntilRefusedByAll(visit: Visit): Promise<number> {
  const { network, certs, addressOf } = visit.network;
  const peers = new Peers(loadCredentials(officeFolder(certs, BUNKYO)), addressOf);
  const nodes = network.offices.map(({ office }) => office).filter((office) => office !== BUNKYO);
  const until = (reason: 'CUT_OFF' | undefined) =>
    Promise.all(nodes.map((office) => askUntil(() => reasonOf(peers, office), reason)));
  try {
    await until(undefined);
    const startedAt = performance.now();
    await visit.operatorOf(NATIONAL_CENTRE).ask(CutOff, { office: BUNKYO, cause: 'CAUSE_COMPROMISED' });
    await until('CUT_OFF');
    const seconds = (performance.now() - startedAt) / 1000;
    await visit.operatorOf(NATIONAL_CENTRE).ask(Rejoin, { office: BUNKYO });
    await until(undefined);
    return seconds;
  } finally {
    peers.close();
  }
}

async function askUntil(ask: () => Promise<string | undefined>, reason: 'CUT_OFF' | undefined): Promise<void> {
  while ((await ask()) !== reason);
}

/** Why a node refuses the office that asks; undefined where it answers. */
async function reasonOf(peers: Peers, office: OfficeId): Promise<string | undefined> {
  const letter = { office, request: CheckHealth.encodeRequest({}), metadata: {}, withinMs: PATIENCE_MS };
  const { outcome } = await send(peers, CheckHealth, letter);
  if (!('refusal' in outcome)) return undefined;
  const { reason } = outcome.refusal;
  // Hung up on while it asked: the next question is told why.
  if (reason === 'CUT_OFF' || reason === 'OFFICE_UNAVAILABLE') return reason;
  throw new Refusal(reason, { office });
}
