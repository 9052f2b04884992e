import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CHANGE_REASONS, type ChangeReason } from '#core/domain/change-information.js';
import type { Change } from '#core/domain/fold-changes.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Reason } from '#core/domain/refusal.js';
import { Refusal } from '#core/domain/refusal.js';
import { type Answered, deliverChanges } from '#core/peers/deliver-changes.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Level, levelsOf } from '../support/levels.js';
import { IN_BUNKYO } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   national centre
 *        ▲
 *      Tokyo ◀── the same delivery twice · the same id with another body · an older change after a newer one ·
 *        ▲        another change with the same version · another town's resident
 *      Bunkyo     its certificate and its line are real; what goes over it is a test's
 */
let network: TestNetwork;
let aResident: () => ResidentRecord;
let single: () => ResidentRecord;
let bunkyo: Level;
let tokyo: Level;
let national: Level;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  const town = new Town(network.people, BUNKYO);
  aResident = handingOut(town.singles.slice(0, -1).concat(town.families.map(({ child }) => child)));
  single = handingOut(town.singles.slice(-1));
  [bunkyo, tokyo, national] = levelsOf(network);
});
afterAll(() => network.remove());

let resident: ResidentRecord;
beforeEach(() => {
  resident = aResident();
});

function change(reason: ChangeReason, more: Partial<Change> = {}): Change {
  const { name, birthDate, sex, address, residentRecordCode, changeVersion } = resident;
  return {
    ...{ changeId: randomUUID(), municipality: '131059', kind: CHANGE_REASONS[reason], reason },
    ...{ causeOn: '2016-05-27', version: changeVersion + 1, previousCode: null },
    identification: { name, birthDate, sex, address, residentRecordCode },
    ...more,
  };
}

const moved = (address: string, more: Partial<Change> = {}) => {
  const one = change('CHANGE_OF_ADDRESS', more);
  return { ...one, identification: { ...one.identification, address } };
};

/** Over the office's own line, under its own certificate. */
function deliver(changes: Change[], { from = BUNKYO, to = TOKYO } = {}): Promise<Answered[]> {
  const node = network.node(from);
  return deliverChanges({ ...node, randomBytes, newId: randomUUID })(to, changes);
}

async function refusalOf(changes: Change[], line?: { from?: OfficeId; to?: OfficeId }): Promise<Reason | undefined> {
  try {
    await deliver(changes, line);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

describe('What was delivered comes again, since its answer was lost', () => {
  it('is known, and changes nothing: the same id and the same body have the same answer', async () => {
    const { changeId, ...one } = moved(IN_BUNKYO);
    expect(await deliver([{ changeId, ...one }])).toEqual([{ changeId, standing: 'TAKEN' }]);
    const before = await tokyo.changes(resident);
    expect(await deliver([{ changeId, ...one }])).toEqual([{ changeId, standing: 'KNOWN' }]);
    expect(await deliver([{ changeId, ...one }])).toEqual([{ changeId, standing: 'KNOWN' }]);
    expect(await tokyo.changes(resident)).toEqual(before);
  });

  it('is known within one delivery too, and goes on to the centre once', async () => {
    const one = moved(IN_BUNKYO);
    const verdicts = await deliver([one, one]);
    expect(verdicts.map(({ standing }) => standing)).toEqual(['TAKEN', 'KNOWN']);
    await network.settle();
    expect(await national.changes(resident)).toHaveLength(1);
  });

  it('is refused and reported where the same id comes with another body; the rest of the delivery is taken', async () => {
    const one = moved(IN_BUNKYO);
    await deliver([one]);
    const other = { ...moved('東京都文京区本郷一丁目1番'), changeId: one.changeId };
    const later = moved('東京都文京区本郷二丁目2番', { version: one.version + 1 });
    expect(await deliver([other, later])).toEqual([
      { changeId: one.changeId, standing: 'REFUSED', reason: 'ID_REUSED' },
      { changeId: later.changeId, standing: 'TAKEN' },
    ]);
    expect((await tokyo.changes(resident)).map(({ identification }) => identification.address)).toEqual([
      ...[IN_BUNKYO, later.identification.address],
    ]);
  });
});

describe('Changes arrive out of order', () => {
  it('leaves the newest by event standing, and keeps the older one as history', async () => {
    const newer = moved('東京都文京区本郷二丁目2番', { version: resident.changeVersion + 2 });
    const older = moved('東京都文京区本郷一丁目1番');
    const verdicts = [...(await deliver([newer])), ...(await deliver([older]))];
    expect(verdicts.map(({ standing }) => standing)).toEqual(['TAKEN', 'OLDER']);
    await network.settle();
    for (const level of [tokyo, national]) {
      expect((await level.holding(resident))?.identification).toEqual(newer.identification);
      expect(await level.changes(resident)).toHaveLength(2);
    }
  });

  it('brings nobody back who has departed, when an earlier correction comes after the deletion', async () => {
    await deliver([change('MOVE_OUT', { version: resident.changeVersion + 2 })]);
    await deliver([moved(IN_BUNKYO)]);
    expect(await tokyo.holding(resident)).toMatchObject({ standing: 'DELETED' });
    expect(await tokyo.look(resident)).toBe('NOT_FOUND');
  });
});

describe('Two different changes of a person have the same version', () => {
  it('keeps the first, refuses the second, and puts it onto the list of the municipality that sent it', async () => {
    const business = new DailyBusiness(network, BUNKYO);
    resident = single();
    // Somebody has told Tokyo, in Bunkyo's name, a change with the version that Bunkyo's own next one will have.
    await business.rehouse(resident, IN_BUNKYO);
    await network.settle();
    const [own] = await bunkyo.changes(resident);
    await deliver([moved('東京都文京区小石川九丁目9番', { version: (own?.version ?? 0) + 1 })]);
    await business.rehouse(resident, '東京都文京区白山五丁目5番');
    await network.settle();
    const listed = await bunkyo.discrepancies();
    expect(listed).toMatchObject([
      { what: 'VERSION_TAKEN', foundBy: TOKYO, residentRecordCode: resident.residentRecordCode },
    ]);
    expect((await tokyo.holding(resident))?.identification.address).toBe('東京都文京区小石川九丁目9番');
    // The register is where the truth is: the check finds it, and repairs it.
    expect(await bunkyo.check(true)).toMatchObject([{ repaired: 1 }, { repaired: 1 }]);
    expect((await national.holding(resident))?.identification.address).toBe('東京都文京区白山五丁目5番');
  });
});

describe('Somebody delivers what they may not', () => {
  const entered = () => change('MOVE_IN', { municipality: '131041', version: resident.changeVersion + 2 });

  it('refuses another municipality’s change from Bunkyo, and the whole delivery with it', async () => {
    expect(await refusalOf([moved(IN_BUNKYO), entered()])).toBe('ACCESS_DENIED');
    expect(await tokyo.changes(resident)).toEqual([]);
  });

  it('refuses a municipality at the centre: changes climb level by level', async () => {
    expect(await refusalOf([moved(IN_BUNKYO)], { to: NATIONAL })).toBe('ACCESS_DENIED');
  });

  it('refuses a prefecture that delivers for a municipality of another prefecture', async () => {
    const ofYokohama = change('MOVE_IN', { municipality: '141003' });
    expect(await refusalOf([ofYokohama], { from: TOKYO, to: NATIONAL })).toBe('ACCESS_DENIED');
  });

  it.each<[string, () => Change]>([
    ['a change without an old code that is one of the code', () => change('CODE_CHANGE_REQUEST')],
    ['an old code with a change of address', () => moved(IN_BUNKYO, { previousCode: '24727059608' })],
    ['a version of none', () => moved(IN_BUNKYO, { version: 0 })],
    ['a version beyond all days to come', () => moved(IN_BUNKYO, { version: 2 ** 31 })],
    [
      'a name with a line break',
      () => ({
        ...change('EX_OFFICIO_CORRECTION'),
        identification: { ...change('EX_OFFICIO_CORRECTION').identification, name: '改行\n太郎' },
      }),
    ],
  ])('refuses %s as not well formed, and keeps nothing', async (_what, made) => {
    expect(await refusalOf([made()])).toBe('INVALID_REQUEST');
    expect(await tokyo.changes(resident)).toEqual([]);
  });
});

describe('A municipality reports changes of somebody who is registered in another', () => {
  it('takes them, and tells the mayor of the municipality that they are registered in, once', async () => {
    const seized = moved('東京都新宿区歌舞伎町一丁目4番1号', { municipality: '131041' });
    expect(await deliver([seized], { from: SHINJUKU })).toMatchObject([{ standing: 'TAKEN' }]);
    await network.settle();
    const found = (await new Level(network, BUNKYO).discrepancies()).filter(
      ({ residentRecordCode }) => residentRecordCode === resident.residentRecordCode,
    );
    expect(found).toMatchObject([{ what: 'ANOTHER_MUNICIPALITY', municipality: '131059', changeId: seized.changeId }]);
    const toldShinjuku = (await new Level(network, SHINJUKU).discrepancies()).map(({ changeId }) => changeId);
    expect(toldShinjuku).not.toContain(seized.changeId);
  });
});

describe('One code is entered for two people', () => {
  it('takes the entry, and tells the mayor who has to look into it, from whichever level', async () => {
    const stranger = { ...change('BIRTH'), municipality: '131041' };
    const born = { ...stranger, identification: { ...stranger.identification, birthDate: '2016-05-20' } };
    expect(await deliver([born], { from: SHINJUKU })).toMatchObject([{ standing: 'TAKEN' }]);
    await network.settle();
    const listed = await new Level(network, SHINJUKU).discrepancies();
    expect(listed).toMatchObject([
      { what: 'ANOTHER_PERSON', municipality: '131041', residentRecordCode: resident.residentRecordCode },
    ]);
  });
});
