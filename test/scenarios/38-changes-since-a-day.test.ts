import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agency } from '#agency/use-cases/agency-over.js';
import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { agencyOf, itemsOf, PENSION_SERVICE } from '../support/agencies.js';
import { allAnswers, approve, batchOf } from '../support/batches.js';
import { DailyBusiness } from '../support/daily-business.js';
import { IN_BUNKYO, IN_SHINJUKU } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   27 May    of everybody below the birth date is corrected, and all levels come to know of it
 *   1 June    one dies, one moves, one is called otherwise, …
 *             pension service ── what has changed since 1 June? ──▶ national centre
 */
const FIELDS = ['NAME', 'ADDRESS', 'RESIDENT_RECORD_CODE', 'CHANGE_INFORMATION'] as const;
const JUNE = '2016-06-01';
const NO_CHANGE = { outcome: 'AS_STATED', deleted: false, provided: {} };

let net: TestNetwork;
let pension: Agency;
let single: () => ResidentRecord;
let aResident: () => ResidentRecord;
let bunkyo: DailyBusiness;

beforeAll(async () => {
  net = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  pension = agencyOf(net, PENSION_SERVICE);
  const { singles, leavers } = new Town(net.people, BUNKYO);
  single = handingOut(singles);
  aResident = handingOut(leavers.filter((one) => !singles.includes(one)));
  bunkyo = new DailyBusiness(net, BUNKYO);
});
afterAll(async () => {
  pension.close();
  await net.remove();
});

/** Lets the centre come to know of people on 27 May; then it is 1 June. @returns them as they are known */
async function inJune<People extends ResidentRecord[]>(...people: People): Promise<People> {
  net.clock.set('2016-05-27T10:00:00+09:00');
  const known = people.map((person) => ({ ...person, birthDate: aDayFrom(person.birthDate) }));
  for (const { residentRecordCode, birthDate } of known)
    await bunkyo.exOfficio({ correction: { residentRecordCode, on: '2016-05-20', birthDate } });
  await net.settle();
  net.clock.set(`${JUNE}T10:00:00+09:00`);
  return known as People;
}

function aDayFrom(day: string): string {
  return `${day.slice(0, -2)}${day.endsWith('01') ? '02' : '01'}`;
}

async function changesOf(
  people: PersonAskedFor[],
  { since = JUNE, fields = FIELDS as readonly (typeof FIELDS)[number][] } = {},
) {
  await net.settle();
  const batch = batchOf(people, { since, fields });
  await pension.requestBatch(batch);
  await approve(net, batch.batchId);
  return allAnswers(pension, batch.batchId, people);
}

const byCode = ({ residentRecordCode }: ResidentRecord) => ({ residentRecordCode });

describe('What has changed since a day', () => {
  it('is told of each who moved, died, is called or numbered otherwise, and of everybody else that nothing has', async () => {
    const ones = [single(), aResident(), aResident(), aResident(), aResident(), aResident()] as const;
    const [moved, left, dead, renamed, recoded, quiet] = await inJune(...ones);
    await bunkyo.rehouse(moved, IN_BUNKYO);
    await new DailyBusiness(net, SHINJUKU).arriveInShinjuku(left, await bunkyo.leaveForShinjuku(left));
    await bunkyo.bury(dead);
    await bunkyo.exOfficio({ correction: { ...byCode(renamed), on: '2016-05-30', name: '改名 太郎' } });
    const code = await bunkyo.changeCode(recoded);
    const answers = await changesOf([moved, left, dead, renamed, recoded, quiet].map(byCode));
    const provided = { outcome: 'PROVIDED', deleted: false };
    expect(answers).toEqual([
      {
        ...provided,
        provided: { address: IN_BUNKYO, changes: [{ reason: 'CHANGE_OF_ADDRESS', causeOn: '2016-05-27' }] },
      },
      {
        ...provided,
        provided: {
          address: IN_SHINJUKU,
          changes: [
            { reason: 'MOVE_OUT', causeOn: '2016-05-27' },
            { reason: 'MOVE_IN', causeOn: '2016-05-27' },
          ],
        },
      },
      { ...provided, deleted: true, provided: { changes: [{ reason: 'DEATH', causeOn: '2016-05-25' }] } },
      {
        ...provided,
        provided: { name: '改名 太郎', changes: [{ reason: 'EX_OFFICIO_CORRECTION', causeOn: '2016-05-30' }] },
      },
      {
        ...provided,
        provided: { residentRecordCode: code, changes: [{ reason: 'CODE_CHANGE_REQUEST', causeOn: '2016-06-01' }] },
      },
      NO_CHANGE,
    ]);
  });

  it('is told without the fields that were not asked for', async () => {
    const [moved, dead] = await inJune(single(), aResident());
    await bunkyo.rehouse(moved, IN_BUNKYO);
    await bunkyo.bury(dead);
    expect(await changesOf([moved, dead].map(byCode), { fields: ['NAME'] })).toEqual([
      NO_CHANGE,
      { outcome: 'AS_STATED', deleted: true, provided: {} },
    ]);
    expect(await changesOf([byCode(moved)], { fields: ['ADDRESS'] })).toMatchObject([
      { provided: { address: IN_BUNKYO } },
    ]);
  });

  it('begins with the day: what was known before is none of it, even where the agency did not know', async () => {
    const [moved] = await inJune(single());
    await bunkyo.rehouse(moved, IN_BUNKYO);
    expect(await changesOf([byCode(moved)], { since: '2016-06-02' })).toEqual([NO_CHANGE]);
    const [since] = await changesOf([byCode(moved)], { since: '2016-05-27' });
    expect(since).toMatchObject({
      provided: { changes: [{ reason: 'EX_OFFICIO_CORRECTION' }, { reason: 'CHANGE_OF_ADDRESS' }], address: IN_BUNKYO },
    });
  });

  it('is nothing of what the agency states as it is, and by which others are found', async () => {
    const [moved, quiet] = await inJune(single(), aResident());
    await bunkyo.rehouse(moved, IN_BUNKYO);
    const known = { ...byCode(moved), known: { address: IN_BUNKYO } };
    const changes = [{ reason: 'CHANGE_OF_ADDRESS', causeOn: '2016-05-27' }];
    const [stated, byItems, still, before] = await changesOf([
      known,
      itemsOf({ ...moved, address: IN_BUNKYO }),
      itemsOf(quiet),
      itemsOf(moved),
    ]);
    expect(stated).toEqual({ outcome: 'PROVIDED', deleted: false, provided: { changes } });
    expect(byItems).toMatchObject({ outcome: 'PROVIDED', provided: { changes } });
    expect(still).toEqual({ outcome: 'PROVIDED', deleted: false, provided: byCode(quiet) });
    expect(before).toEqual({ outcome: 'NOT_FOUND' });
  });

  it('is told of somebody by an old code too, with the new one', async () => {
    const [recoded] = await inJune(aResident());
    const code = await bunkyo.changeCode(recoded);
    const [byOld, byNew] = await changesOf([byCode(recoded), { residentRecordCode: code }]);
    expect(byOld).toMatchObject({ provided: { residentRecordCode: code } });
    expect(byNew).toMatchObject({ provided: { changes: [{ reason: 'CODE_CHANGE_REQUEST' }] } });
    const [later] = await changesOf([byCode(recoded)], { since: '2016-06-02' });
    expect(later).toEqual({ outcome: 'PROVIDED', deleted: false, provided: { residentRecordCode: code } });
  });
});
