import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessPolicy } from '#core/domain/access-policy.js';
import { type OfficeId, roleOf } from '#core/domain/office.js';
import { NONCE } from '../support/accounts.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { ProvenLine } from '../support/proven-line.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *                       national centre
 *                   ┌─────────┴──────────┐
 *                 Tokyo              Kanagawa          changes and questions go up, reports go down,
 *            ┌──────┴──────┐             │             each office with its own neighbours in the tree alone
 *          Bunkyo      Shinjuku       Yokohama
 *
 * The access policy knows roles, not who is above whom: that is the services' own to see.
 */
const KANAGAWA: OfficeId = 'prefecture/140007';
const YOKOHAMA: OfficeId = 'municipality/141003';
const OFFICES = [BUNKYO, SHINJUKU, YOKOHAMA, TOKYO, KANAGAWA, NATIONAL];
const V1 = '/juki.propagation.v1';
/** Behind the door: an answer, or a word about the question, which was empty. */
const LET_THROUGH = ['INVALID_REQUEST', undefined];

const PARENTS: Partial<Record<OfficeId, OfficeId>> = {
  ...{ [BUNKYO]: TOKYO, [SHINJUKU]: TOKYO, [YOKOHAMA]: KANAGAWA, [TOKYO]: NATIONAL, [KANAGAWA]: NATIONAL },
};

interface Way {
  method: string;
  purpose: string;
  /** Whether one office may ask another. */
  goes: (asking: OfficeId, answering: OfficeId) => boolean;
}

const isChild = (asking: OfficeId, answering: OfficeId) => PARENTS[asking] === answering;
const isMunicipalityBelow = (asking: OfficeId, answering: OfficeId) =>
  roleOf(asking) === 'municipality' && (isChild(asking, answering) || answering === NATIONAL);

const WAYS: Way[] = [
  { method: `${V1}.PropagationService/DeliverChanges`, purpose: 'CHANGE_DELIVERY', goes: isChild },
  {
    ...{ method: `${V1}.DiscrepancyService/ReportDiscrepancies`, purpose: 'DISCREPANCY_REPORT' },
    goes: (asking, answering) => isChild(answering, asking),
  },
  ...['CompareRanges', 'ListHoldings', 'QuarantineHoldings', 'RestateHoldings', 'ListChangesSince'].map((name) => ({
    ...{ method: `${V1}.ConsistencyService/${name}`, purpose: 'CONSISTENCY_CHECK', goes: isMunicipalityBelow },
  })),
];

let network: TestNetwork;
const lines = new Map<string, ProvenLine>();

beforeAll(async () => {
  network = await startTestNetwork({ offices: OFFICES });
});
afterAll(async () => {
  for (const line of lines.values()) line.close();
  await network.remove();
});

/** An empty question of one office at another, accounted for as the procedure asks for it. */
async function ask(asking: OfficeId, answering: OfficeId, method: string, purpose: string) {
  const known = lines.get(`${asking} ${answering}`);
  const line = known ?? ProvenLine.between(network, asking, answering);
  lines.set(`${asking} ${answering}`, line);
  const account = { 'juki-exchange': randomUUID(), 'juki-nonce': NONCE, 'juki-operator': 'operator-1' };
  return line.call(method, Buffer.alloc(0), { metadata: { ...account, 'juki-purpose': purpose } });
}

describe.each(WAYS)('$method', ({ method, purpose, goes }) => {
  const servedBy = accessPolicy.find((row) => row.method === method)?.servedBy ?? [];
  const answerers = OFFICES.filter((office) => servedBy.includes(roleOf(office)));
  const pairs = answerers.flatMap((answering) =>
    OFFICES.filter((asking) => asking !== answering).map((asking) => ({ asking, answering })),
  );
  const along = pairs.filter(({ asking, answering }) => goes(asking, answering));
  const across = pairs.filter(({ asking, answering }) => !goes(asking, answering));

  it.each(along)('lets $asking through at $answering', async ({ asking, answering }) => {
    const { reason, details } = await ask(asking, answering, method, purpose);
    expect(LET_THROUGH).toContain(reason);
    expect(details.field).not.toMatch(/^juki-/);
  });

  it.each(across)('turns $asking away at $answering, and logs it once', async ({ asking, answering }) => {
    const { reply, entries } = await network.watch(() => ask(asking, answering, method, purpose));
    expect([reply.reason, reply.messages]).toEqual(['ACCESS_DENIED', []]);
    const refused = { event: 'ANSWERED', procedure: method, outcome: 'ACCESS_DENIED', caller: `juki://${asking}` };
    expect(entries(answering)).toMatchObject([refused]);
  });

  it.each(along)(
    'is for its own purpose alone, whoever asks ($asking at $answering)',
    async ({ asking, answering }) => {
      const { reason, details } = await ask(asking, answering, method, 'WIDE_AREA_ISSUANCE');
      expect({ reason, field: details.field }).toEqual({ reason: 'INVALID_REQUEST', field: 'juki-purpose' });
    },
  );
});

describe('The tree that these tests draw', () => {
  it('is that of the network file', () => {
    const parents = OFFICES.map((office) => [office, network.network.entry(office).parent]);
    expect(Object.fromEntries(parents)).toEqual({ ...PARENTS, [NATIONAL]: undefined });
  });
});
