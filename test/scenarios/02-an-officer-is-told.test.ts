import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Refusal } from '#core/domain/refusal.js';
import type { Asked } from '#core/wire/procedure.js';
import { GetResidentRecord, ListOfficerNotices } from '#scripts/operator/procedures.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── ProvideCopyData ──▶ Bunkyo ──▶ officer_notice
 *       ▲                             │              │
 *       └── CONTACT_HOME_MUNICIPALITY ┘              ▼
 *                                            an operator of Bunkyo reads it,
 *                                            for a purpose, and that is logged
 */
let network: TestNetwork;
let bunkyo: Town;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  bunkyo = new Town(network.people, BUNKYO);
});
afterAll(() => network.remove());

/** What an operator is told at their own office, or why not. */
async function asked<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output | Refusal> {
  const { answer, refusal } = await new Desk(network, BUNKYO).try(procedure, request);
  return refusal ?? (answer as Output);
}

const notices = (purpose: string) => asked(ListOfficerNotices, { purpose });

describe('A copy of a record under a protective measure was asked for in Shinjuku', () => {
  it('tells an operator of Bunkyo who asked, when, for whom, and under which exchange of both logs', async () => {
    const record = bunkyo.restricted('PROTECTIVE_MEASURE');
    const { entries } = await network.watch(() => overGrpc.apply(network, SHINJUKU, byPhotoId(record)));
    const told = {
      at: { seconds: String(Date.parse('2016-05-27T01:00:00Z') / 1000), nanos: 0 },
      residentRecordCode: record.residentRecordCode,
      kind: 'RESTRICTION_KIND_PROTECTIVE_MEASURE',
      askedBy: SHINJUKU,
      exchange: entries(BUNKYO)[0]?.exchange,
    };
    expect(await notices('支援措置の確認')).toMatchObject({ notices: expect.arrayContaining([told]) });
  });

  it('logs the look with its purpose', async () => {
    const { entries } = await network.watch(() => notices('支援措置の確認'));
    const procedure = '/juki.register.v1.OfficerNoticeService/ListOfficerNotices';
    const look = { event: 'ANSWERED', procedure, operator: 'operator-1', purpose: '支援措置の確認', outcome: 'OK' };
    expect(entries(BUNKYO)).toMatchObject([look]);
  });

  it('refuses to be read without a purpose, and logs that', async () => {
    const { reply, entries } = await network.watch(() => notices(' '));
    expect(reply).toMatchObject({ reason: 'INVALID_REQUEST', details: { field: 'purpose' } });
    expect(entries(BUNKYO)).toMatchObject([{ outcome: 'INVALID_REQUEST' }]);
  });
});

describe('An operator of Bunkyo looks a resident up', () => {
  const look = (residentRecordCode: string) => asked(GetResidentRecord, { residentRecordCode, purpose: '窓口の照会' });

  it('gives the record with its householder, and none of items 9 to 12 and 14', async () => {
    const record = bunkyo.cardHolder.record;
    const answer = await look(record.residentRecordCode);
    const { name, address, relationship, residentRecordCode } = record;
    expect(answer).toMatchObject({ residentRecord: { name, address, relationship, residentRecordCode } });
    const withheld = [record.municipalItems];
    const told = Object.values((answer as { residentRecord: object }).residentRecord);
    expect(told.filter((value) => typeof value === 'string' && withheld.includes(value) && value !== name)).toEqual([]);
  });

  it('refuses a code that nobody has as NOT_FOUND, and logs the look with whom it was about', async () => {
    const { reply, entries } = await network.watch(() => look('24727059608'));
    expect(reply).toMatchObject({ reason: 'NOT_FOUND', details: { office: BUNKYO } });
    const [entry] = entries(BUNKYO) as unknown as { outcome: string; purpose: string; subjects: string[] }[];
    expect(entry).toMatchObject({ outcome: 'NOT_FOUND', purpose: '窓口の照会' });
    expect(entry?.subjects).toHaveLength(1);
  });
});
