import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliverChanges } from '#core/peers/deliver-changes.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Level } from '../support/levels.js';
import { BUNKYO, KANAGAWA, NATIONAL, YOKOHAMA } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { death } from '../support/questions.js';
import { RegisterDesk } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   national centre ◀── Kanagawa ◀── Yokohama, a designated city (指定都市)
 *                                    ├─ Tsurumi-ku 141011   are no municipalities: their residents are on
 *                                    ├─ Naka-ku    141046   the city's register, and the city reports for them
 *                                    └─ 16 others
 */
const TSURUMI = '141011';
const NAKA = '141046';

let network: TestNetwork;
let aResident: () => ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, KANAGAWA, YOKOHAMA, BUNKYO] });
  aResident = handingOut(new Town(network.people, YOKOHAMA).singles);
});
afterAll(() => network.remove());

describe('Somebody lives in a ward of Yokohama', () => {
  it('is reported by the city when they move from one ward to another', async () => {
    const resident = aResident();
    await new DailyBusiness(network, YOKOHAMA).rehouse(resident, '神奈川県横浜市中区山下町2番地');
    await network.settle();
    for (const office of [KANAGAWA, NATIONAL]) {
      expect(await new Level(network, office).holding(resident)).toMatchObject({
        ...{ municipality: '141003', standing: 'ACTIVE' },
        identification: { address: '神奈川県横浜市中区山下町2番地' },
      });
    }
  });

  it('gets a copy in Bunkyo whether they name their city as home or their ward', async () => {
    for (const homeMunicipality of ['141003', TSURUMI, NAKA]) {
      const resident = aResident();
      const reply = await overGrpc.apply(network, BUNKYO, { ...byPhotoId(resident), homeMunicipality });
      expect(reply.copy?.records).toMatchObject([{ name: resident.name }]);
    }
  });

  it('is found by a death report in Bunkyo that names their ward', async () => {
    const { name, birthDate, sex, residentRecordCode } = aResident();
    const report = { death: { deceased: { name, birthDate, sex }, diedOn: '2016-05-25' }, homeMunicipality: NAKA };
    await new RegisterDesk(network, BUNKYO).ask(death, report);
    await network.settle();
    const holding = await new Level(network, NATIONAL).holding({ residentRecordCode });
    expect(holding).toMatchObject({ standing: 'DELETED', municipality: '141003' });
  });
});

describe('A ward would report by itself', () => {
  it('is refused with what is wrong: it reports through its city', async () => {
    const { name, birthDate, sex, address, residentRecordCode, changeVersion } = aResident();
    const change = {
      ...{ changeId: randomUUID(), municipality: TSURUMI, kind: 'CORRECTION' as const },
      ...{
        reason: 'CHANGE_OF_ADDRESS' as const,
        causeOn: '2016-05-27',
        version: changeVersion + 1,
        previousCode: null,
      },
      identification: { name, birthDate, sex, address, residentRecordCode },
    };
    const deliver = deliverChanges({ ...network.node(YOKOHAMA), randomBytes, newId: randomUUID });
    await expect(deliver(KANAGAWA, [change])).rejects.toMatchObject({ reason: 'INVALID_REQUEST' });
    expect(await new Level(network, KANAGAWA).changes({ residentRecordCode })).toEqual([]);
  });
});
