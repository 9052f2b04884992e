import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { withPassport } from '../support/desk.js';
import { atHome, copyAtHome } from '../support/home-copies.js';
import { arrivingInShinjuku, firstRecord, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, SHINJUKU, SUGINAMI } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { approve, codeChange, draftAct, moveIn, moveOut } from '../support/questions.js';
import { changesOf, RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   resident ── 変更請求, with the present code ──▶ Bunkyo ── 住民票コード通知書 ──▶ resident
 *                                                     │
 *                             old code ── leads to ──▶ new code, in Bunkyo's look-ups;
 *                             at Suginami's counter the old one is no proof of anything
 */
describe.each(WAYS)('A resident of Bunkyo has a resident record code, over $way', ({ way }) => {
  let network: TestNetwork;
  let aResident: () => ResidentRecord;
  let aCouple: () => Couple;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;
  let second: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, SUGINAMI] });
    const town = new Town(network.people, BUNKYO);
    aResident = handingOut([...town.singles, ...town.families.map(({ younger }) => younger)]);
    aCouple = handingOut(town.couples);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    shinjuku = new RegisterDesk(network, SHINJUKU, way);
    second = new RegisterDesk(network, BUNKYO, way, SECOND_OPERATOR);
  });
  afterAll(() => network.remove());

  const asking = ({ name, residentRecordCode }: { name: string; residentRecordCode: string }) => ({
    notifier: withPassport({ name }),
    residentRecordCode,
  });
  async function changed(resident: ResidentRecord): Promise<string> {
    const receipt = await bunkyo.receipt(codeChange, asking(resident), 'CODE_CHANGE_REQUEST');
    return receipt.residentRecordCodes[0] ?? '';
  }
  const elsewhere = (record: Pick<ResidentRecord, 'name' | 'residentRecordCode'>) =>
    overGrpc.apply(network, SUGINAMI, byPhotoId(record));
  async function corrected(residentRecordCode: string, correctCode: string): Promise<void> {
    const codeCorrection = { residentRecordCode, on: '2016-05-20', correctCode };
    const draft = { act: { codeCorrection }, grounds: '住民票コードの誤記' };
    const { answer } = await bunkyo.act(draftAct, draft, 'DRAFT');
    await second.receipt(approve, { draftId: answer.draftId }, 'EX_OFFICIO_CODE');
  }

  it('gets another one for the asking, with a notice sheet, and may ask again the same day', async () => {
    const resident = aResident();
    const receipt = await bunkyo.receipt(codeChange, asking(resident), 'CODE_CHANGE_REQUEST');
    const [code = ''] = receipt.residentRecordCodes;
    expect(receipt).toMatchObject({ late: false, noticeSheets: [{ residentRecordCode: code }] });
    expect(receipt.noticeSheets[0]?.text).toContain(resident.name);
    const again = await changed({ ...resident, residentRecordCode: code });
    expect(new Set([resident.residentRecordCode, code, again]).size).toBe(3);
    const reasons = (await changesOf(network, BUNKYO, { residentRecordCode: again })).at(-1);
    expect(reasons).toMatchObject({ kind: 'CODE_CORRECTION', reason: 'CODE_CHANGE_REQUEST', previous_code: code });
  });

  it('is found under every code that they had, and is recorded under the last one', async () => {
    const resident = aResident();
    const second = await changed(resident);
    const third = await changed({ ...resident, residentRecordCode: second });
    for (const residentRecordCode of [resident.residentRecordCode, second, third]) {
      const found = await bunkyo.record({ residentRecordCode });
      expect(found).toMatchObject({ name: resident.name, residentRecordCode: third });
    }
    const versions = await bunkyo.history(resident);
    expect(versions.slice(-3).map(({ residentRecord }) => residentRecord.residentRecordCode)).toEqual([
      ...[resident.residentRecordCode, second, third],
    ]);
  });

  it('can not prove who they are with an old one at the counter of Suginami, which finds the new one', async () => {
    const resident = aResident();
    const residentRecordCode = await changed(resident);
    expect((await elsewhere(resident)).reason).toBe('NOT_FOUND');
    expect((await elsewhere({ ...resident, residentRecordCode })).copy?.records).toMatchObject([
      { name: resident.name },
    ]);
  });

  it('states the present one when asking: an old one is refused, so the request can not be repeated', async () => {
    const resident = aResident();
    await changed(resident);
    await bunkyo.refused(codeChange, asking(resident), 'CODE_CONTRADICTED');
  });

  it('asks for themselves: not for others of the household, but through an agent', async () => {
    const [householder, other] = aCouple();
    const forOther = { ...asking(other), notifier: withPassport(householder) };
    await bunkyo.refused(codeChange, forOther, 'NOTIFIER_NOT_ENTITLED');
    const notifier = withPassport(householder, { letterOfAttorney: true });
    await bunkyo.receipt(codeChange, { ...forOther, notifier }, 'CODE_CHANGE_REQUEST');
    expect((await bunkyo.newest(other)).act).toMatchObject({ notifierStanding: 'AGENT' });
  });

  it('can not choose the number: no field takes one', async () => {
    const resident = aResident();
    const wish = { ...asking(resident), newCode: '24727059608' };
    const overHttps = new RegisterDesk(network, BUNKYO, 'HTTPS');
    await overHttps.refused(codeChange, wish, 'INVALID_REQUEST');
  });

  it('takes the new one along when they move, and Shinjuku can not know of the old one', async () => {
    const resident = aResident();
    const residentRecordCode = await changed(resident);
    const mover = { ...resident, residentRecordCode };
    const out = await bunkyo.receipt(moveOut, leavingForShinjuku([mover]), 'MOVE_OUT');
    const into = await shinjuku.receipt(moveIn, arrivingInShinjuku([mover], out), 'MOVE_IN');
    expect(into).toMatchObject({ residentRecordCodes: [residentRecordCode], noticeSheets: [] });
    expect(await shinjuku.record(mover)).toMatchObject({ name: resident.name });
  });

  it('can not be entered under an old code after a stay abroad, since it has become another', async () => {
    const resident = aResident();
    const mover = { ...resident, residentRecordCode: await changed(resident) };
    const abroad = { destinationMunicipality: undefined, destination: 'タイ王国' };
    await bunkyo.receipt(moveOut, leavingForShinjuku([mover], abroad), 'MOVE_OUT');
    const { name, nameReading, birthDate, sex, residentRecordCode } = resident;
    const { registeredDomicile, firstListedPerson } = { registeredDomicile: '東京都', firstListedPerson: name };
    const person = { name, nameReading, birthDate, sex, registeredDomicile, firstListedPerson };
    const people = [{ relationship: '世帯主', residentRecordCode, person }];
    await bunkyo.refused(moveIn, firstRecord(name, { origin: 'ABROAD', people }), 'CODE_CONTRADICTED');
  });

  it('who has lost the notice sheet gets a copy of their record with item 13, and no second sheet', async () => {
    const resident = aResident();
    const { name, residentRecordCode, birthDate, sex } = resident;
    const stated = { stated: { birthDate, sex } };
    const plain = await copyAtHome(network, BUNKYO, atHome(resident, stated), way);
    const withCode = await copyAtHome(network, BUNKYO, atHome(resident, stated, { items: [13] }), way);
    expect(plain.copy?.text).toContain(name);
    expect(plain.copy?.text).not.toContain(residentRecordCode);
    expect(withCode.copy?.text).toContain(residentRecordCode);
  });

  it('has the code that should have been written, where a clerk wrote another one', async () => {
    const resident = aResident();
    const [code = ''] = poolOf('131059').slice(-1);
    await corrected(resident.residentRecordCode, code);
    expect(await bunkyo.record(resident)).toMatchObject({ name: resident.name, residentRecordCode: code });
  });

  const poolOf = (town: string) => network.people.find(({ municipality }) => municipality === town)?.pool ?? [];
});
