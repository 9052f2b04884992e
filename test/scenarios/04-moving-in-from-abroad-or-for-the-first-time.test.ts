import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { firstRecord, IN_BUNKYO, leavingForShinjuku, stranger, TODAY } from '../support/notifications.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { moveIn, moveOut } from '../support/questions.js';
import { changesOf, RegisterDesk, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   abroad ─────────────┐
 *                       ├── 転入届, without a certificate ──▶ Bunkyo: with the last code where there was one,
 *   no register at all ─┘                                       │     else with one of the pool
 *                                                               └── 住民票コード通知書 ──▶ whoever has a new code
 */
describe.each(WAYS)('Somebody moves to Bunkyo without a certificate, over $way', ({ way }) => {
  let network: TestNetwork;
  let aResident: () => ResidentRecord;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
    aResident = handingOut(new Town(network.people, BUNKYO).singles);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    shinjuku = new RegisterDesk(network, SHINJUKU, way);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  /** A resident who has moved abroad, as they would be entered again. */
  async function whoWentAbroad() {
    const resident = aResident();
    const abroad = { destinationMunicipality: undefined, destination: 'ブラジル連邦共和国' };
    await bunkyo.receipt(moveOut, leavingForShinjuku([resident], abroad), 'MOVE_OUT');
    const { name, nameReading, commonName, birthDate, sex } = resident;
    const { registeredDomicile, firstListedPerson, nationality, residenceStatus } = resident;
    const item5 = { registeredDomicile, firstListedPerson, nationality, residenceStatus, commonName };
    const stated = Object.fromEntries(Object.entries(item5).filter(([, value]) => value !== null));
    return { resident, person: { name, nameReading, birthDate, sex, ...stated } };
  }
  const returning = (person: { name: string; birthDate: string }, residentRecordCode?: string) => ({
    ...{ ...firstRecord(person.name), notifier: withPassport(person) },
    ...{ origin: 'ABROAD', previousAddress: 'ブラジル連邦共和国', movedInOn: TODAY },
    people: [{ relationship: '世帯主', person, ...(residentRecordCode && { residentRecordCode }) }],
  });

  it('enters somebody whom no register knows, with a code of the pool and a notice sheet that says it', async () => {
    const receipt = await bunkyo.receipt(moveIn, firstRecord('初野 登録子'), 'MOVE_IN');
    const [residentRecordCode = ''] = receipt.residentRecordCodes;
    expect(isResidentRecordCode(residentRecordCode)).toBe(true);
    expect(receipt.noticeSheets).toMatchObject([{ residentRecordCode }]);
    const sheet = receipt.noticeSheets[0]?.text ?? '';
    const told = ['初野 登録子', IN_BUNKYO, residentRecordCode, '平成28年5月27日　文京区長'];
    expect(told.filter((text) => !sheet.includes(text))).toEqual([]);
    const { act, residentRecord } = await bunkyo.newest({ residentRecordCode });
    expect(act).toMatchObject({ kind: 'MOVE_IN', causeOn: TODAY, notifierStanding: 'PERSON_CONCERNED' });
    expect(residentRecord).toMatchObject({ relationship: '世帯主', becameResidentOn: TODAY, notifiedOn: TODAY });
    expect(residentRecord).not.toHaveProperty('previousAddress');
  });

  it('gives everybody of a family a code of their own, and a sheet each', async () => {
    const names = ['新井 一家', '新井 二葉', '新井 三葉'];
    const relationships = ['世帯主', '妻', '子'];
    const people = names.map((name, i) => ({ relationship: relationships[i], person: stranger(name) }));
    const receipt = await bunkyo.receipt(moveIn, firstRecord('新井 一家', { people }), 'MOVE_IN');
    expect(new Set(receipt.residentRecordCodes).size).toBe(3);
    expect(receipt.noticeSheets.map(({ text }) => names.find((name) => text.includes(name)))).toEqual(names);
    const household = await bunkyo.household({ residentRecordCode: receipt.residentRecordCodes[1] ?? '' });
    expect(household.map(({ name, relationship }) => [name, relationship])).toEqual(
      expect.arrayContaining(names.map((name, i) => [name, relationships[i]])),
    );
  });

  it('enters a foreign resident with nationality, residence status and common name in the place of item 5', async () => {
    const name = 'NGUYEN THI LAN';
    const foreign = { nationality: 'ベトナム', residenceStatus: '留学', commonName: '山田 蘭' };
    const item5 = { registeredDomicile: undefined, firstListedPerson: undefined };
    const people = [{ relationship: '世帯主', person: stranger(name, { ...foreign, ...item5 }) }];
    const { residentRecordCodes } = await bunkyo.receipt(moveIn, firstRecord(name, { people }), 'MOVE_IN');
    const entered = await bunkyo.record({ residentRecordCode: residentRecordCodes[0] ?? '' });
    expect(entered).toMatchObject({ name, ...foreign });
    expect(Object.keys(entered)).not.toEqual(expect.arrayContaining(['registeredDomicile']));
  });

  it('enters somebody who comes back from abroad with the code that they had, and without a notice sheet', async () => {
    const { resident, person } = await whoWentAbroad();
    const { residentRecordCode } = resident;
    const receipt = await bunkyo.receipt(moveIn, returning(person, residentRecordCode), 'MOVE_IN');
    expect(receipt).toMatchObject({ residentRecordCodes: [residentRecordCode], noticeSheets: [] });
    expect(await bunkyo.record(resident)).toMatchObject({ previousAddress: 'ブラジル連邦共和国', address: IN_BUNKYO });
    const deletions = (await bunkyo.history(resident)).filter(({ residentRecord }) => residentRecord.deletedOn);
    expect(deletions).toMatchObject([{ act: { kind: 'MOVE_OUT' } }]);
    const changes = await changesOf(network, BUNKYO, resident);
    expect(changes.slice(-2)).toMatchObject([
      { kind: 'DELETION', reason: 'MOVE_OUT', cause_on: TODAY },
      { kind: 'ENTRY', reason: 'MOVE_IN', cause_on: TODAY },
    ]);
  });

  it('enters them with that code at another municipality too, which has never heard of it', async () => {
    const { resident, person } = await whoWentAbroad();
    await shinjuku.receipt(moveIn, returning(person, resident.residentRecordCode), 'MOVE_IN');
    expect(await shinjuku.record(resident)).toMatchObject({ name: resident.name, birthDate: resident.birthDate });
  });

  it('gives a fresh code to somebody who comes back and whose last one can not be found', async () => {
    const { resident, person } = await whoWentAbroad();
    const receipt = await bunkyo.receipt(moveIn, returning(person), 'MOVE_IN');
    expect(receipt.noticeSheets).toMatchObject([{ residentRecordCode: receipt.residentRecordCodes[0] }]);
    expect(receipt.residentRecordCodes).not.toContain(resident.residentRecordCode);
  });

  it('refuses the code of somebody else', async () => {
    const { resident, person } = await whoWentAbroad();
    const other = { ...person, name: '別人 花子', birthDate: '1971-07-17' };
    await bunkyo.refused(moveIn, returning(other, resident.residentRecordCode), 'CODE_CONTRADICTED');
  });

  it('refuses somebody who is registered, under their code and under a name and birth date at their address', async () => {
    const { name, nameReading, birthDate, sex, address, residentRecordCode } = aResident();
    const person = stranger(name, { nameReading, birthDate, sex });
    await bunkyo.refused(moveIn, returning(person, residentRecordCode), 'ALREADY_REGISTERED');
    await bunkyo.refused(moveIn, { ...returning(person), address }, 'ALREADY_REGISTERED');
  });

  it('refuses the same notification a second time, so that nobody is entered twice', async () => {
    const arriving = firstRecord('二度 来子');
    await bunkyo.receipt(moveIn, arriving, 'MOVE_IN');
    await bunkyo.refused(moveIn, arriving, 'ALREADY_REGISTERED');
  });

  it.each([
    ['a code before the first record', { residentRecordCode: '24727059608' }, 'people.0.residentRecordCode'],
    ['長男, which is no relationship', { relationship: '長男' }, 'people.0.relationship'],
    [
      'a registered domicile beside a nationality',
      { person: stranger('両方 持', { nationality: '米国' }) },
      'people.0.person',
    ],
  ])('refuses %s', async (_what, differing, field) => {
    const people = [{ relationship: '世帯主', person: stranger('不備 有子'), ...differing }];
    const refusal = await bunkyo.refused(moveIn, firstRecord('不備 有子', { people }), 'INVALID_REQUEST');
    expect(refusal.field).toBe(way === 'gRPC' ? field.replace('residentRecordCode', 'resident_record_code') : field);
  });

  it.each([
    { day: 14, on: '2016-06-10', late: false },
    { day: 15, on: '2016-06-11', late: true },
  ])('takes it on day $day after moving in; late: $late', async ({ on, late }) => {
    network.clock.set(`${on}T12:00:00+09:00`);
    const receipt = await bunkyo.receipt(moveIn, firstRecord(`期限 ${late ? '過子' : '内子'}`), 'MOVE_IN');
    expect(receipt).toMatchObject({ deadline: '2016-06-10', late });
  });

  it('lets a newcomer join the household of a resident, whose agent they need not be', async () => {
    const host = aResident();
    const joining = { joinHouseholdOf: host.residentRecordCode, address: host.address, notifier: withPassport(host) };
    const people = [{ relationship: '同居人', person: stranger('同居 始子') }];
    await bunkyo.receipt(moveIn, firstRecord('同居 始子', { ...joining, people }), 'MOVE_IN');
    expect(await bunkyo.household(host)).toMatchObject([
      { name: host.name, relationship: '世帯主' },
      { name: '同居 始子', relationship: '同居人', householderName: host.name },
    ]);
  });
});
