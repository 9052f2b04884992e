import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { personalDataIn } from '../support/log-lines.js';
import { codesOf, firstRecord, leavingForShinjuku, stranger } from '../support/notifications.js';
import { BUNKYO } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { changeOfAddress, moveIn, moveOut, readRecord, search } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator ── code, name, reading, birth date, address, each whole, and a purpose ──▶ Bunkyo
 *                                                                          │ every version that ever stood,
 *                                                                          │ with the act that wrote it
 *                                                                          └─ log: who looked, for whom, why
 */
describe.each(WAYS)('An operator of Bunkyo looks into the register, over $way', ({ way }) => {
  let network: TestNetwork;
  let town: Town;
  let aResident: () => ResidentRecord;
  let aCouple: () => Couple;
  let bunkyo: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [BUNKYO] });
    town = new Town(network.people, BUNKYO);
    aResident = handingOut(town.singles);
    aCouple = handingOut(town.couples);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  const purpose = '本人からの照会';
  const find = async (criteria: object) => (await bunkyo.ask(search, { purpose, ...criteria })).residentRecords;
  const namesOf = async (criteria: object) => (await find(criteria)).map(({ name }) => name);
  const move = (people: ResidentRecord[], movedOn: string, address: string) => {
    const notifier = withPassport(people[0] ?? { name: '' });
    const body = { notifier, movedOn, address, movers: codesOf(people) };
    return bunkyo.receipt(changeOfAddress, body, 'CHANGE_OF_ADDRESS');
  };

  it('sees everything that was ever written: an act adds a version, and touches none that is there', async () => {
    const resident = aResident();
    const first = await bunkyo.history(resident);
    await move([resident], '2016-05-20', '東京都文京区本郷七丁目3番1号');
    const second = await bunkyo.history(resident);
    network.clock.set('2016-06-10T10:00:00+09:00');
    await move([resident], '2016-06-09', '東京都文京区弥生一丁目1番1号');
    const third = await bunkyo.history(resident);
    const bare = (versions: typeof first) => versions.map(({ retainedUntil: _until, ...version }) => version);
    expect([first.length, second.length, third.length]).toEqual([1, 2, 3]);
    expect(bare(second).slice(0, 1)).toEqual(bare(first));
    expect(bare(third).slice(0, 2)).toEqual(bare(second));
    expect(third.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
    expect(third.map(({ recordedOn }) => recordedOn).slice(1)).toEqual(['2016-05-27', '2016-06-10']);
    expect(third.map(({ retainedUntil }) => retainedUntil)).toEqual(['2021-05-27', '2021-06-10', undefined]);
  });

  it('reads a record as the register had it at the end of a day, with the householder of that day', async () => {
    const couple = aCouple();
    const [householder, other] = couple;
    const leaving = leavingForShinjuku([householder]);
    await bunkyo.receipt(moveOut, leaving, 'MOVE_OUT');
    network.clock.set('2016-06-10T10:00:00+09:00');
    await move([other], '2016-06-09', '東京都文京区弥生一丁目1番1号');
    const { name, address, relationship } = other;
    const headed = { address, relationship, householderName: householder.name };
    expect(await bunkyo.record(other, '2016-05-26')).toMatchObject(headed);
    const alone = { relationship: '世帯主', householderName: name };
    expect(await bunkyo.record(other, '2016-05-27')).toMatchObject({ ...alone, address });
    expect(await bunkyo.record(other, '2016-06-09')).toMatchObject({ ...alone, address });
    expect(await bunkyo.record(other, '2016-06-10')).toMatchObject({
      ...alone,
      address: '東京都文京区弥生一丁目1番1号',
    });
    const before = { residentRecordCode: other.residentRecordCode, purpose, asOf: '1899-12-31' };
    await bunkyo.refused(readRecord, before, 'NOT_FOUND');
  });

  it.each([
    { reason: 'MOVE_OUT' as const, years: 80 },
    { reason: 'DEATH' as const, years: 5 },
  ])(
    'reads a deleted record with reason, destination and date: after $reason it is kept for $years years',
    async ({ reason, years }) => {
      const deleted = town.deleted(reason);
      const { residentRecord, retainedUntil } = await bunkyo.newest(deleted);
      const { deletedOn, destination, name } = deleted;
      expect(residentRecord).toMatchObject({ name, deletedOn, deletionReason: reason });
      expect(residentRecord.destination ?? null).toBe(destination);
      expect(retainedUntil).toBe(`${Number(deletedOn?.slice(0, 4)) + years}${deletedOn?.slice(4)}`);
      const { residentRecordCode } = deleted;
      await bunkyo.refused(readRecord, { residentRecordCode, purpose }, 'RECORD_DELETED');
    },
  );

  it('finds somebody by the code, by the name without its space, and by the reading in either kana', async () => {
    const { name, nameReading, residentRecordCode } = town.memberOfFour;
    const hiragana = nameReading.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
    expect(await namesOf({ residentRecordCode })).toEqual([name]);
    expect(await namesOf({ name: name.replace(' ', '') })).toContain(name);
    expect(await namesOf({ nameReading })).toContain(name);
    expect(hiragana).not.toBe(nameReading);
    expect(await namesOf({ nameReading: hiragana })).toContain(name);
  });

  it('finds 髙橋 by 高橋 and 高橋 by 髙橋, and shows each as the record has it', async () => {
    const names = ['髙橋 捜子', '高橋 捜子'];
    for (const name of names) {
      const address = `東京都文京区千石一丁目${names.indexOf(name) + 1}番1号`;
      await bunkyo.receipt(moveIn, firstRecord(name, { address }), 'MOVE_IN');
    }
    expect(new Set(await namesOf({ name: '高橋 捜子' }))).toEqual(new Set(names));
    expect(new Set(await namesOf({ name: '髙橋捜子' }))).toEqual(new Set(names));
  });

  it('finds a foreign resident by the common name', async () => {
    const { name, commonName } = town.withCommonName;
    expect(await namesOf({ name: commonName })).toContain(name);
  });

  it('tells two of one name apart by the birth date, and finds nobody where one criterion is not met', async () => {
    const { name, birthDate } = town.memberOfFour;
    expect(await namesOf({ name, birthDate })).toEqual([name]);
    expect(await namesOf({ name, birthDate: '1900-01-01' })).toEqual([]);
  });

  it('finds who lives at an address, however its numbers are written', async () => {
    const address = '東京都文京区湯島二丁目31番8号';
    await bunkyo.receipt(moveIn, firstRecord('番地 書子', { address }), 'MOVE_IN');
    for (const written of [
      address,
      '東京都文京区湯島2-31-8',
      '東京都文京区湯島２丁目３１－８',
      '東京都文京区湯島二丁目31-8',
    ])
      expect(await namesOf({ address: written })).toEqual(['番地 書子']);
  });

  it('finds deleted records too, behind the active ones', async () => {
    const resident = aResident();
    await bunkyo.receipt(moveOut, leavingForShinjuku([resident]), 'MOVE_OUT');
    await bunkyo.receipt(moveIn, firstRecord(resident.name, { address: '東京都文京区弥生二丁目4番16号' }), 'MOVE_IN');
    const found = await find({ name: resident.name });
    expect(found.map(({ deletedOn }) => deletedOn !== undefined)).toEqual([false, true]);
  });

  it.each([
    ['a birth date alone, which would be a list of people', { birthDate: '1980-04-01' }],
    ['nothing at all', {}],
    ['no purpose', { purpose: ' ', name: '髙橋 捜子' }],
  ])('is refused a search by %s', async (_what, criteria) => {
    await bunkyo.refused(search, { purpose, ...criteria }, 'INVALID_REQUEST');
  });

  it.each(['%', '*', '_', '?', '%藤%', '佐藤%', '佐藤 _', '.*', "' or '1'='1"])(
    'finds nobody by %s: there is no wildcard',
    async (wildcard) => {
      for (const field of ['name', 'nameReading', 'address']) expect(await find({ [field]: wildcard })).toEqual([]);
    },
  );

  it('finds nobody by a part of a name', async () => {
    const { name } = town.memberOfFour;
    expect(await find({ name: name.slice(0, 1) })).toEqual([]);
    expect(await find({ name: name.split(' ')[0] })).toEqual([]);
  });

  it('finds twenty who share an address, and has to state more of twenty-one', async () => {
    const address = '東京都文京区音羽九丁目9番9号';
    const people = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => ({
        ...{ relationship: i === 0 ? '世帯主' : '同居人', person: stranger(`寮生 第${from + i}号`) },
      }));
    const enter = (from: number, to: number) =>
      bunkyo.ask(moveIn, firstRecord(`寮生 第${from}号`, { address, people: people(from, to) }));
    await enter(0, 20);
    expect(await find({ address })).toHaveLength(20);
    await enter(20, 21);
    await bunkyo.refused(search, { purpose, address }, 'TOO_MANY_FOUND');
    expect(await namesOf({ address, name: '寮生 第7号' })).toEqual(['寮生 第7号']);
  });

  it('leaves an entry of each search in the log, with its purpose and whom it found, and nobody in a log line', async () => {
    const { name, residentRecordCode } = town.memberOfFour;
    const from = network.logLines.length;
    const { entries } = await network.watch(() => find({ name }));
    const nobody = await network.watch(() => find({ name: '居ない 人子' }));
    const logged = { event: 'ANSWERED', operator: 'operator-1', purpose, outcome: 'OK' };
    expect(entries(BUNKYO)).toMatchObject([{ ...logged, subjects: [expect.any(String)] }]);
    expect(nobody.entries(BUNKYO)).toMatchObject([{ ...logged, subjects: [] }]);
    expect(JSON.stringify(entries(BUNKYO))).not.toContain(residentRecordCode);
    expect(personalDataIn(network.logLines.slice(from), network.people)).toEqual([]);
  });

  it('is shown none of items 9 to 12, neither of a record nor of its history', async () => {
    const record = town.memberOfFour;
    const kept = Object.values<string>(JSON.parse(record.municipalItems));
    const { name } = record;
    const told = JSON.stringify([await bunkyo.record(record), await bunkyo.history(record), await find({ name })]);
    expect(kept.length).toBeGreaterThan(0);
    expect([...kept, record.municipalItems].filter((item) => told.includes(item))).toEqual([]);
  });
});
