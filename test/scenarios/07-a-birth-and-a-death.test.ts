import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { stranger, TODAY } from '../support/notifications.js';
import { BUNKYO } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { birth, death } from '../support/questions.js';
import { changesOf, RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   hospital, family ── 出生届, 死亡届 ──▶ Bunkyo, family register
 *                                             │  names, birth dates and sex: it knows no codes
 *                                             ▼
 *                                          Bunkyo, resident register: enters the child with a code of the pool,
 *                                          deletes the deceased, ex officio; no deadline, no notifier
 */
describe.each(WAYS)('A birth or a death is reported in Bunkyo, over $way', ({ way }) => {
  let network: TestNetwork;
  let aFamily: () => Family;
  let aCouple: () => Couple;
  let bunkyo: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [BUNKYO] });
    const town = new Town(network.people, BUNKYO);
    aFamily = handingOut(town.families);
    aCouple = handingOut(town.couples);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
  });
  afterAll(() => network.remove());

  const named = ({ name, birthDate, sex }: ResidentRecord) => ({ name, birthDate, sex });
  const born = (parent: ResidentRecord, child: object = {}, more: object = {}) => ({
    birth: { parent: named(parent), child: stranger('誕生 はじめ', { birthDate: '2016-05-20', ...child }), ...more },
  });
  const died = (deceased: ResidentRecord, diedOn = '2016-05-25') => ({ death: { deceased: named(deceased), diedOn } });
  const deliver = async (report: object) => (await bunkyo.act(birth, report, 'BIRTH')).answer.receipt;
  const bury = async (report: object) => (await bunkyo.act(death, report, 'DEATH')).answer.receipt;

  it('enters a child in the household of the mother, as a child of the householder, at their address', async () => {
    const { householder, spouse, all } = aFamily();
    const receipt = await deliver(born(spouse));
    const [residentRecordCode = ''] = receipt?.residentRecordCodes ?? [];
    const { address, name: householderName } = householder;
    expect(await bunkyo.record({ residentRecordCode })).toMatchObject({
      ...{ name: '誕生 はじめ', relationship: '子', address, householderName, becameResidentOn: '2016-05-20' },
      ...{ notifiedOn: TODAY, registeredDomicile: '京都府京都市中京区一之船入町1番地' },
    });
    expect(await bunkyo.household(householder)).toHaveLength(all.length + 1);
  });

  it('gives the child a code of its own, with a notice sheet, and notes the entry for the offices above', async () => {
    const { spouse } = aFamily();
    const receipt = await deliver(born(spouse));
    const [residentRecordCode = ''] = receipt?.residentRecordCodes ?? [];
    expect(isResidentRecordCode(residentRecordCode)).toBe(true);
    expect(receipt).toMatchObject({ late: false, noticeSheets: [{ residentRecordCode }] });
    expect(receipt).not.toHaveProperty('deadline');
    expect(await changesOf(network, BUNKYO, { residentRecordCode })).toMatchObject([
      { kind: 'ENTRY', reason: 'BIRTH', cause_on: '2016-05-20', previous_code: null },
    ]);
  });

  it('keeps no notifier with it: it is done ex officio, upon a report', async () => {
    const { spouse } = aFamily();
    const [residentRecordCode = ''] = (await deliver(born(spouse)))?.residentRecordCodes ?? [];
    const { act } = await bunkyo.newest({ residentRecordCode });
    expect(act).toMatchObject({ kind: 'BIRTH', causeOn: '2016-05-20', acceptedOn: TODAY, operator: 'operator-1' });
    expect(Object.keys(act ?? {}).filter((key) => key.startsWith('notifier'))).toEqual([]);
  });

  it('enters a child of a grown child as 子の子, and one of an unmarried partner as the report states it', async () => {
    const { child } = aFamily();
    const [grandchild = ''] = (await deliver(born({ ...child }, { birthDate: TODAY })))?.residentRecordCodes ?? [];
    expect((await bunkyo.record({ residentRecordCode: grandchild })).relationship).toBe('子の子');
    const [householder] = aCouple();
    const stated = born(householder, { birthDate: TODAY }, { relationship: '縁故者' });
    const [other = ''] = (await deliver(stated))?.residentRecordCodes ?? [];
    expect((await bunkyo.record({ residentRecordCode: other })).relationship).toBe('縁故者');
  });

  it('refuses the same birth a second time, and takes a twin', async () => {
    const { spouse, householder, all } = aFamily();
    await deliver(born(spouse));
    await bunkyo.refused(birth, born(spouse), 'ALREADY_REGISTERED');
    await deliver(born(spouse, { name: '誕生 ふたば' }));
    expect(await bunkyo.household(householder)).toHaveLength(all.length + 2);
  });

  it.each([
    { what: 'in the future', on: '2016-05-28' },
    { what: 'before its parent was born', on: '1900-01-01' },
  ])('refuses a birth $what', async ({ on }) => {
    const { spouse } = new Town(network.people, BUNKYO).families[0] as Family;
    await bunkyo.refused(birth, born(spouse, { birthDate: on }), 'DATE_NOT_POSSIBLE');
  });

  it('deletes the record of somebody who died, and keeps it with the reason and the date for five years', async () => {
    const { child } = aFamily();
    const receipt = await bury(died(child));
    expect(receipt).toMatchObject({ late: false, noticeSheets: [], certificates: [] });
    const { act, residentRecord, retainedUntil } = await bunkyo.newest(child);
    expect(residentRecord).toMatchObject({ deletedOn: '2016-05-25', deletionReason: 'DEATH', name: child.name });
    expect(residentRecord).not.toHaveProperty('destination');
    expect(act).toMatchObject({ kind: 'DEATH', causeOn: '2016-05-25' });
    expect(retainedUntil).toBe('2021-05-25');
    expect((await changesOf(network, BUNKYO, child)).at(-1)).toMatchObject({ kind: 'DELETION', reason: 'DEATH' });
  });

  it('makes the widow or widower who is left alone the householder', async () => {
    const [householder, spouse] = aCouple();
    await bury(died(householder));
    const { name } = spouse;
    expect(await bunkyo.household(spouse)).toMatchObject([{ name, relationship: '世帯主', householderName: name }]);
  });

  it('leaves a household of several without a householder until it notifies who follows', async () => {
    const { householder, spouse, child, younger } = aFamily();
    await bury(died(householder));
    const left = await bunkyo.household(child);
    expect(new Set(left.map(({ name }) => name))).toEqual(new Set([spouse, child, younger].map(({ name }) => name)));
    expect(left.map(({ relationship }) => relationship)).not.toContain('世帯主');
    expect(new Set(left.map(({ householderName }) => householderName))).toEqual(new Set([householder.name]));
  });

  it('refuses the same death a second time', async () => {
    const [, spouse] = aCouple();
    await bury(died(spouse));
    await bunkyo.refused(death, died(spouse), 'RECORD_DELETED');
  });

  it('refuses a death in the future and one before the birth, and takes one of today', async () => {
    const [, spouse] = aCouple();
    await bunkyo.refused(death, died(spouse, '2016-05-28'), 'DATE_NOT_POSSIBLE');
    await bunkyo.refused(death, died(spouse, '1899-12-31'), 'DATE_NOT_POSSIBLE');
    await bury(died(spouse, TODAY));
    expect((await bunkyo.newest(spouse)).residentRecord).toMatchObject({ deletedOn: TODAY });
  });

  it('asks for the address where two residents share name, birth date and sex', async () => {
    const [one, other] = new Town(network.people, BUNKYO).namesakes;
    await bunkyo.refused(death, died(one), 'AMBIGUOUS');
    const { address } = one;
    await bury({ death: { ...died(one).death, deceased: { ...named(one), address } } });
    expect((await bunkyo.newest(one)).residentRecord).toMatchObject({ deletionReason: 'DEATH' });
    expect(await bunkyo.record(other)).toMatchObject({ name: other.name });
  });

  it('refuses a parent and a deceased whom nobody here is', async () => {
    const nobody = { ...new Town(network.people, BUNKYO).memberOfFour, name: '誰 某' };
    await bunkyo.refused(birth, born(nobody), 'NOT_FOUND');
    await bunkyo.refused(death, died(nobody), 'NOT_FOUND');
  });
});
