import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { codesOf, TODAY } from '../support/notifications.js';
import { BUNKYO } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { death, householdChange } from '../support/questions.js';
import { changesOf, RegisterDesk, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   household ── 世帯変更届, within 14 days ──▶ Bunkyo: another householder, other relationships,
 *                                                one household out of two, or two out of one;
 *                                                nobody's address changes, and no office above is told
 */
describe.each(WAYS)('A household of Bunkyo changes, over $way', ({ way }) => {
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
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  const changing = (of: ResidentRecord, more: object = {}) => ({
    notifier: withPassport(of),
    changedOn: '2016-05-20',
    householdOf: of.residentRecordCode,
    ...more,
  });
  const change = (of: ResidentRecord, more: object = {}) =>
    bunkyo.receipt(householdChange, changing(of, more), 'HOUSEHOLD_CHANGE');
  const stated = (people: [ResidentRecord, string][]) =>
    people.map(([{ residentRecordCode }, relationship]) => ({ residentRecordCode, relationship }));
  const relationshipsIn = async (of: ResidentRecord) =>
    new Map((await bunkyo.household(of)).map(({ name, relationship }) => [name, relationship]));
  const spouseOf = ({ sex }: ResidentRecord) => (sex === 'MALE' ? '夫' : '妻');

  it('makes the spouse the householder, and states how the others stand to them', async () => {
    const { householder, spouse, child, younger } = aFamily();
    const anew: [ResidentRecord, string][] = [
      [spouse, '世帯主'],
      [householder, spouseOf(householder)],
    ];
    const receipt = await change(householder, { relationships: stated(anew) });
    expect(receipt).toMatchObject({ deadline: '2016-06-03', late: false });
    expect(new Set(receipt.residentRecordCodes)).toEqual(new Set(codesOf([householder, spouse])));
    const names = new Map(
      [...anew, [child, '子'], [younger, '子']].map(([one, how]) => [(one as ResidentRecord).name, how]),
    );
    expect(await relationshipsIn(child)).toEqual(names);
    expect((await bunkyo.record(younger)).householderName).toBe(spouse.name);
  });

  it('keeps what was, and tells the offices above nothing, since no identification information has changed', async () => {
    const { householder, spouse } = aFamily();
    const before = await changesOf(network, BUNKYO, householder);
    await change(householder, {
      relationships: stated([
        [spouse, '世帯主'],
        [householder, spouseOf(householder)],
      ]),
    });
    const versions = await bunkyo.history(householder);
    expect(versions.map(({ residentRecord }) => residentRecord.relationship)).toEqual([
      '世帯主',
      spouseOf(householder),
    ]);
    expect(versions.map(({ residentRecord }) => residentRecord.householderName)).toEqual([
      householder.name,
      spouse.name,
    ]);
    expect(versions.at(-1)?.act).toMatchObject({ kind: 'HOUSEHOLD_CHANGE', causeOn: '2016-05-20', acceptedOn: TODAY });
    expect(await changesOf(network, BUNKYO, householder)).toEqual(before);
  });

  it('divides a household: who leaves it without moving has one of their own at the same address', async () => {
    const { householder, child, all } = aFamily();
    await change(householder, { leaving: codesOf([child]) });
    const [alone, ...others] = await bunkyo.household(child);
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ relationship: '世帯主', address: householder.address, householderName: child.name });
    expect(alone).not.toHaveProperty('movedWithinTownOn', '2016-05-20');
    expect(await bunkyo.household(householder)).toHaveLength(all.length - 1);
  });

  it('joins two households at one address into one again', async () => {
    const { householder, child, all } = aFamily();
    await change(householder, { leaving: codesOf([child]) });
    const joining = { leaving: codesOf([child]), joinHouseholdOf: householder.residentRecordCode };
    await change(child, { ...joining, relationships: stated([[child, '子']]) });
    expect(await bunkyo.household(householder)).toHaveLength(all.length);
    expect(await relationshipsIn(child)).toEqual(new Map(all.map(({ name, relationship }) => [name, relationship])));
  });

  it('refuses to join households at two addresses: that is a change of address', async () => {
    const [one, other] = [aCouple(), aCouple()];
    const joining = {
      ...{ leaving: codesOf(one), joinHouseholdOf: other[0].residentRecordCode },
      relationships: stated(one.map((record) => [record, '縁故者'])),
    };
    await bunkyo.refused(householdChange, changing(one[0], joining), 'ADDRESS_CONTRADICTED');
  });

  it('names a householder for a household that lost its own by death', async () => {
    const { householder, spouse, child } = aFamily();
    const { name, birthDate, sex } = householder;
    await bunkyo.ask(death, { death: { deceased: { name, birthDate, sex }, diedOn: '2016-05-26' } });
    expect(await relationshipsIn(child)).not.toContain('世帯主');
    await change(spouse, { changedOn: '2016-05-26', relationships: stated([[spouse, '世帯主']]) });
    expect((await bunkyo.household(child))[0]).toMatchObject({ name: spouse.name, relationship: '世帯主' });
  });

  it.each([
    { day: 14, on: '2016-06-03', late: false },
    { day: 15, on: '2016-06-04', late: true },
  ])('takes it on day $day after the change; late: $late', async ({ on, late }) => {
    const [householder, other] = aCouple();
    network.clock.set(`${on}T09:00:00+09:00`);
    expect(await change(householder, { leaving: codesOf([other]) })).toMatchObject({ deadline: '2016-06-03', late });
    expect((await bunkyo.newest(other)).act).toMatchObject({ acceptedOn: on, late });
  });

  it('refuses a change of nothing, also when it is notified again', async () => {
    const [householder, other] = aCouple();
    await bunkyo.refused(householdChange, changing(householder), 'NOTHING_CHANGES');
    const relationships = stated([
      [householder, '縁故者'],
      [other, '世帯主'],
    ]);
    await change(householder, { relationships });
    await bunkyo.refused(householdChange, changing(householder, { relationships }), 'NOTHING_CHANGES');
  });

  it.each([
    { what: 'two householders', as: ['世帯主', '世帯主'], reason: 'ONE_HOUSEHOLDER' as const },
    { what: 'no householder', as: ['縁故者', '縁故者'], reason: 'ONE_HOUSEHOLDER' as const },
    {
      what: 'a husband who is a woman, or a wife who is a man',
      as: ['世帯主', 'other'],
      reason: 'RELATIONSHIP_CONTRADICTED' as const,
    },
  ])('refuses a household with $what', async ({ as, reason }) => {
    const couple = aCouple();
    const wrong = couple[1].sex === 'MALE' ? '妻' : '夫';
    const relationships = stated(couple.map((record, i) => [record, as[i] === 'other' ? wrong : (as[i] ?? '')]));
    await bunkyo.refused(householdChange, changing(couple[0], { relationships }), reason);
  });

  it('refuses a second spouse of the householder', async () => {
    const { householder, spouse, child } = aFamily();
    const relationships = stated([
      [child, spouseOf(child)],
      [spouse, spouseOf(spouse)],
    ]);
    await bunkyo.refused(householdChange, changing(householder, { relationships }), 'RELATIONSHIP_CONTRADICTED');
  });

  it('refuses a change of tomorrow', async () => {
    const [householder, other] = aCouple();
    const tomorrow = { changedOn: '2016-05-28', leaving: codesOf([other]) };
    const refusal = await bunkyo.refused(householdChange, changing(householder, tomorrow), 'DATE_NOT_POSSIBLE');
    expect(refusal.fault).toBe('lies in the future');
  });
});
