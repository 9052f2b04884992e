import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { codesOf, IN_BUNKYO, stranger } from '../support/notifications.js';
import { BUNKYO } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { approve, draftAct } from '../support/questions.js';
import { changesOf, RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator-1 ── drafts ─┐
 *                         ├─▶ Bunkyo: 職権記載, 職権消除, 職権修正, 軽微な修正, a code written in error
 *   operator-2 ─ approves ┘
 */
describe.each(WAYS)('Two operators of Bunkyo do an ex-officio act, over $way', ({ way }) => {
  let network: TestNetwork;
  let town: Town;
  let aResident: () => ResidentRecord;
  let aCouple: () => Couple;
  let aFamily: () => Family;
  let drafter: RegisterDesk;
  let second: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [BUNKYO] });
    town = new Town(network.people, BUNKYO);
    aResident = handingOut(town.singles);
    aCouple = handingOut(town.couples);
    aFamily = handingOut(town.families);
    drafter = new RegisterDesk(network, BUNKYO, way);
    second = new RegisterDesk(network, BUNKYO, way, SECOND_OPERATOR);
  });
  afterAll(() => network.remove());

  const grounds = '実態調査の結果による';
  async function done(act: object, kind: string) {
    const { answer } = await drafter.act(draftAct, { act, grounds }, 'DRAFT');
    return second.receipt(approve, { draftId: answer.draftId }, kind);
  }

  it('enters somebody who lives here and notified nothing, with a fresh code and a notice sheet', async () => {
    const person = stranger('職権 記載子');
    const entry = { since: '2016-04-01', address: IN_BUNKYO, person, relationship: '世帯主' };
    const receipt = await done({ entry }, 'EX_OFFICIO_ENTRY');
    const [residentRecordCode = ''] = receipt.residentRecordCodes;
    expect(receipt).toMatchObject({ late: false, noticeSheets: [{ residentRecordCode }] });
    expect(await drafter.record({ residentRecordCode })).toMatchObject({
      ...{ name: '職権 記載子', becameResidentOn: '2016-04-01', notifiedOn: '2016-05-27' },
    });
    const [change] = await changesOf(network, BUNKYO, { residentRecordCode });
    expect(change).toMatchObject({ kind: 'ENTRY', reason: 'EX_OFFICIO_ENTRY', cause_on: '2016-04-01' });
  });

  it('enters again somebody whose record was deleted in error, with the same code and no notice sheet', async () => {
    const resident = aResident();
    const { residentRecordCode, name, nameReading, birthDate, sex, address, becameResidentOn } = resident;
    await done({ deletion: { people: [residentRecordCode], on: '2016-05-10' } }, 'EX_OFFICIO_DELETION');
    const person = stranger(name, { nameReading, birthDate, sex });
    const entry = { since: becameResidentOn, address, person, relationship: '世帯主', residentRecordCode };
    const receipt = await done({ entry }, 'EX_OFFICIO_ENTRY');
    expect(receipt).toMatchObject({ residentRecordCodes: [residentRecordCode], noticeSheets: [] });
    expect(await drafter.household(resident)).toMatchObject([{ name, address, becameResidentOn }]);
    const reasons = (await changesOf(network, BUNKYO, resident)).map(({ reason }) => reason);
    expect(reasons.slice(-2)).toEqual(['EX_OFFICIO_DELETION', 'EX_OFFICIO_ENTRY']);
  });

  it('deletes a householder who does not live here, with those who follow stated', async () => {
    const { householder, spouse, all } = aFamily();
    const deletion = {
      ...{ people: codesOf([householder]), on: '2016-05-10' },
      relationships: [{ residentRecordCode: spouse.residentRecordCode, relationship: '世帯主' }],
    };
    const { relationships: _followers, ...without } = deletion;
    const vacant = { act: { deletion: without }, grounds };
    await drafter.refused(draftAct, vacant, 'ONE_HOUSEHOLDER');
    await done({ deletion }, 'EX_OFFICIO_DELETION');
    const left = await drafter.household(spouse);
    expect(left).toHaveLength(all.length - 1);
    expect(left[0]).toMatchObject({ name: spouse.name, relationship: '世帯主' });
    expect((await drafter.newest(householder)).residentRecord).toMatchObject({ deletionReason: 'EX_OFFICIO_DELETION' });
  });

  it('corrects a birth date upon a notice of the family register, and keeps what was written before', async () => {
    const resident = aResident();
    const { residentRecordCode, birthDate } = resident;
    const right = birthDate === '1970-01-01' ? '1970-01-02' : '1970-01-01';
    await done({ correction: { residentRecordCode, on: '2016-05-20', birthDate: right } }, 'EX_OFFICIO_CORRECTION');
    const versions = await drafter.history(resident);
    expect(versions.map(({ residentRecord }) => residentRecord.birthDate)).toEqual([birthDate, right]);
    expect(versions.map(({ retainedUntil }) => retainedUntil)).toEqual(['2021-05-27', undefined]);
    expect((await changesOf(network, BUNKYO, resident)).at(-1)).toMatchObject({
      ...{ kind: 'CORRECTION', reason: 'EX_OFFICIO_CORRECTION', birth_date: right, cause_on: '2016-05-20' },
    });
  });

  it('corrects items that no office above is told of, and tells them nothing', async () => {
    const resident = aResident();
    const before = await changesOf(network, BUNKYO, resident);
    const { residentRecordCode } = resident;
    const registeredDomicile = '北海道札幌市中央区北一条西二丁目';
    await done({ correction: { residentRecordCode, on: '2016-05-20', registeredDomicile } }, 'EX_OFFICIO_CORRECTION');
    expect(await drafter.record(resident)).toMatchObject({ registeredDomicile });
    expect(await changesOf(network, BUNKYO, resident)).toEqual(before);
  });

  it('takes a common name away, and corrects the address of a whole household', async () => {
    const foreign = town.withCommonName;
    const { residentRecordCode } = foreign;
    const correction = { residentRecordCode, on: '2016-05-20', withoutCommonName: true, address: IN_BUNKYO };
    await done({ correction }, 'EX_OFFICIO_CORRECTION');
    expect(await drafter.record(foreign)).not.toHaveProperty('commonName');
    const addresses = (await drafter.household(foreign)).map(({ address }) => address);
    expect(addresses).toEqual(town.household(foreign).map(() => IN_BUNKYO));
  });

  it('writes a variant of a character plainly, as a minor correction that the offices above are told of', async () => {
    const resident = town.residents.find(({ name }) => name.startsWith('山﨑')) as ResidentRecord;
    const { residentRecordCode, name } = resident;
    const plain = name.replace('﨑', '崎');
    await done({ minorCorrection: { residentRecordCode, on: '2016-05-20', name: plain } }, 'MINOR_CORRECTION');
    expect((await drafter.record(resident)).name).toBe(plain);
    const change = (await changesOf(network, BUNKYO, resident)).at(-1);
    expect(change).toMatchObject({ kind: 'CORRECTION', reason: 'MINOR_CORRECTION', name: plain });
  });

  it('renames the town of a whole household as a minor correction, and moves nobody', async () => {
    const couple = aCouple();
    const [{ residentRecordCode, movedWithinTownOn }] = couple;
    const minorCorrection = { residentRecordCode, on: '2016-05-20', address: '東京都文京区新町名一丁目1番1号' };
    await done({ minorCorrection }, 'MINOR_CORRECTION');
    const household = await drafter.household(couple[0]);
    expect(household.map(({ address }) => address)).toEqual(Array(2).fill(minorCorrection.address));
    expect(household[0]?.movedWithinTownOn ?? null).toBe(movedWithinTownOn);
  });

  it('refuses another name as a minor correction', async () => {
    const { residentRecordCode } = aResident();
    const minorCorrection = { residentRecordCode, on: '2016-05-20', name: '全然 別名' };
    await drafter.refused(draftAct, { act: { minorCorrection }, grounds }, 'INVALID_REQUEST');
  });

  it('refuses a correction that says what the record says, and one of two acts in one', async () => {
    const { residentRecordCode, name } = aResident();
    const correction = { residentRecordCode, on: '2016-05-20', name };
    await drafter.refused(draftAct, { act: { correction }, grounds }, 'NOTHING_CHANGES');
    if (way === 'HTTPS') {
      const deletion = { people: [residentRecordCode], on: '2016-05-20' };
      await drafter.refused(draftAct, { act: { correction, deletion }, grounds }, 'INVALID_REQUEST');
    }
  });

  it('writes another code in the place of one that was written in error, with a notice sheet', async () => {
    const resident = aResident();
    const { residentRecordCode, name } = resident;
    const receipt = await done({ codeCorrection: { residentRecordCode, on: '2016-05-20' } }, 'EX_OFFICIO_CODE');
    const [code = ''] = receipt.residentRecordCodes;
    expect(code).not.toBe(residentRecordCode);
    expect(receipt.noticeSheets).toMatchObject([{ residentRecordCode: code }]);
    expect(await drafter.record(resident)).toMatchObject({ name, residentRecordCode: code });
    const change = (await changesOf(network, BUNKYO, { residentRecordCode: code })).at(-1);
    expect(change).toMatchObject({
      kind: 'CODE_CORRECTION',
      reason: 'EX_OFFICIO_CODE',
      previous_code: residentRecordCode,
    });
  });

  it('refuses to write the code of another resident', async () => {
    const [{ residentRecordCode }, other] = [aResident(), aResident()];
    const codeCorrection = { residentRecordCode, on: '2016-05-20', correctCode: other.residentRecordCode };
    await drafter.refused(draftAct, { act: { codeCorrection }, grounds }, 'ALREADY_REGISTERED');
  });
});
