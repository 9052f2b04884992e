import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AcceptMoveIn, AcceptMoveOut, GetHousehold, GetRecordHistory } from '#scripts/operator/procedures.js';
import { Desk, requestOf, withPassport } from '../support/desk.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo ── move-out ──▶ 転出証明書 on paper ── carried by hand ──▶ Shinjuku ── move-in
 */
let network: TestNetwork;
let bunkyo: Town;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  bunkyo = new Town(network.people, BUNKYO);
});
afterAll(() => network.remove());

describe('A family moves from Bunkyo to Shinjuku with a certificate on paper', () => {
  it('is deleted in Bunkyo and entered in Shinjuku, with the same codes and relationships', async () => {
    const family = bunkyo.household(bunkyo.memberOfFour);
    const [householder] = family;
    const movers = family.map((record) => record.residentRecordCode);
    const out = await new Desk(network, BUNKYO).ask(
      AcceptMoveOut,
      requestOf('AcceptMoveOut', {
        notifier: withPassport(householder!),
        plannedOn: '2016-05-30',
        destinationMunicipality: '131041',
        destination: '東京都新宿区西新宿二丁目8番1号',
        movers,
      }),
    );
    console.log(out.receipt?.certificates[0]?.paper, out.receipt?.certificates[0]?.payload.length);
    const into = await new Desk(network, SHINJUKU).ask(
      AcceptMoveIn,
      requestOf('AcceptMoveIn', {
        notifier: withPassport(householder!),
        movedInOn: '2016-05-26',
        address: '東京都新宿区西新宿二丁目8番1号',
        origin: 'MUNICIPALITY',
        certificates: out.receipt?.certificates.map(({ payload }) => payload),
        people: family.map(({ residentRecordCode, relationship }) => ({ residentRecordCode, relationship })),
      }),
    );
    expect(into.receipt?.residentRecordCodes.sort()).toEqual(movers.sort());
    const code = { residentRecordCode: movers[0]!, purpose: 'x' };
    console.log(JSON.stringify(await new Desk(network, SHINJUKU).ask(GetHousehold, code), null, 1).slice(0, 1500));
    console.log(JSON.stringify(await new Desk(network, BUNKYO).ask(GetRecordHistory, code), null, 1).slice(0, 4000));
  });
});
