import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withPassport } from '../support/desk.js';
import {
  arrivingInShinjuku,
  codesOf,
  firstRecord,
  IN_SHINJUKU,
  leavingForShinjuku,
  stranger,
  TODAY,
} from '../support/notifications.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { moveIn, moveOut, readHousehold } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   family ── 転出届 ──▶ Bunkyo: deletes the records,
 *     ▲                    │     with the planned date
 *     └─── 転出証明書 ─────┘
 *     │    on paper, by hand: no message passes between the two
 *     └─── 転入届 ──▶ Shinjuku: enters the people, with the same codes
 */
/** Of characters that no packing makes much shorter. */
function longText(seed: number): string {
  const characters = Array.from({ length: 150 }, (_, i) => 0x4e00 + ((seed * 7919 + i * i * 10007) % 20_000));
  return String.fromCodePoint(...characters);
}

describe.each(WAYS)('A family moves from Bunkyo to Shinjuku with a certificate on paper, over $way', ({ way }) => {
  let network: TestNetwork;
  let aFamily: () => Family;
  let aCouple: () => Couple;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
    const town = new Town(network.people, BUNKYO);
    aFamily = handingOut(town.families);
    aCouple = handingOut(town.couples);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    shinjuku = new RegisterDesk(network, SHINJUKU, way);
  });
  afterAll(() => network.remove());

  it('deletes their records in Bunkyo at once, with the planned date, the reason and the destination', async () => {
    const { all } = aFamily();
    const receipt = await bunkyo.receipt(moveOut, leavingForShinjuku(all, { plannedOn: '2016-05-30' }), 'MOVE_OUT');
    expect(receipt).toMatchObject({ deadline: '2016-05-30', late: false, noticeSheets: [] });
    expect(new Set(receipt.residentRecordCodes)).toEqual(new Set(codesOf(all)));
    for (const record of all) {
      const { act, residentRecord } = await bunkyo.newest(record);
      const deletion = { deletedOn: '2016-05-30', deletionReason: 'MOVE_OUT', destination: IN_SHINJUKU };
      expect(residentRecord).toMatchObject({ name: record.name, address: record.address, ...deletion });
      expect(act).toMatchObject({ kind: 'MOVE_OUT', causeOn: '2016-05-30', acceptedOn: TODAY, operator: 'operator-1' });
    }
  });

  it('hands them one certificate for everybody, which says who they are, where they lived and where they go', async () => {
    const { all, householder } = aFamily();
    const { certificates } = await bunkyo.receipt(moveOut, leavingForShinjuku(all), 'MOVE_OUT');
    expect(certificates).toHaveLength(1);
    const paper = certificates[0]?.paper ?? '';
    const told = all.flatMap(({ name, residentRecordCode }) => [name, residentRecordCode]);
    const expected = [...told, householder.address, householder.registeredDomicile, IN_SHINJUKU, '文京区長'];
    expect(expected.filter((text) => !paper.includes(text ?? '?'))).toEqual([]);
    expect(paper).toContain('平成28年5月27日');
  });

  it('enters them in Shinjuku with the codes that they had, their names byte for byte, and their last address', async () => {
    const { all, householder } = aFamily();
    const out = await bunkyo.receipt(moveOut, leavingForShinjuku(all), 'MOVE_OUT');
    const into = await shinjuku.receipt(moveIn, arrivingInShinjuku(all, out), 'MOVE_IN');
    expect(into).toMatchObject({ deadline: '2016-06-10', late: false, noticeSheets: [], certificates: [] });
    const household = await shinjuku.household(householder);
    const entered = all.map(({ name, nameReading, birthDate, sex, relationship, residentRecordCode, address }) => ({
      ...{ name, nameReading, birthDate, sex, relationship, residentRecordCode },
      ...{ address: IN_SHINJUKU, previousAddress: address, becameResidentOn: TODAY, notifiedOn: TODAY },
      householderName: householder.name,
    }));
    expect(household).toHaveLength(all.length);
    expect(household).toEqual(expect.arrayContaining(entered.map((record) => expect.objectContaining(record))));
  });

  it('has them on neither register’s active records while they are on their way, and on one at the end', async () => {
    const { all, householder } = aFamily();
    const look = { residentRecordCode: householder.residentRecordCode, purpose: '転入の確認' };
    const out = await bunkyo.receipt(moveOut, leavingForShinjuku(all), 'MOVE_OUT');
    expect((await bunkyo.try(readHousehold, look)).refusal?.reason).toBe('RECORD_DELETED');
    expect((await shinjuku.try(readHousehold, look)).refusal?.reason).toBe('NOT_FOUND');
    await shinjuku.receipt(moveIn, arrivingInShinjuku(all, out), 'MOVE_IN');
    expect((await bunkyo.try(readHousehold, look)).refusal?.reason).toBe('RECORD_DELETED');
    expect(await shinjuku.household(householder)).toHaveLength(all.length);
  });

  it('sends nothing from office to office: the paper is all that goes from one to the other', async () => {
    const { all } = aFamily();
    const out = await network.watch(() => bunkyo.ask(moveOut, leavingForShinjuku(all)));
    const arriving = arrivingInShinjuku(all, out.reply.receipt);
    const into = await network.watch(() => shinjuku.ask(moveIn, arriving));
    expect([out.entries(SHINJUKU), into.entries(BUNKYO)]).toEqual([[], []]);
    expect([...out.entries(BUNKYO), ...into.entries(SHINJUKU)].map(({ event }) => event)).not.toContain('ASKED');
  });

  it('lets a child leave alone, who heads a household in Shinjuku, and leaves the others as they were', async () => {
    const { all, child, householder } = aFamily();
    const leaving = leavingForShinjuku([child], { notifier: withPassport(householder) });
    const out = await bunkyo.receipt(moveOut, leaving, 'MOVE_OUT');
    const people = [{ residentRecordCode: child.residentRecordCode, relationship: '世帯主' }];
    await shinjuku.receipt(moveIn, arrivingInShinjuku([child], out, { people }), 'MOVE_IN');
    expect(await shinjuku.household(child)).toMatchObject([{ name: child.name, relationship: '世帯主' }]);
    const stayed = (await bunkyo.household(householder)).map(({ relationship }) => relationship);
    expect(stayed.sort()).toEqual(
      all
        .filter((one) => one !== child)
        .map(({ relationship }) => relationship)
        .sort(),
    );
    expect((await bunkyo.newest(child)).act).toMatchObject({
      ...{ notifierName: householder.name, notifierStanding: 'HOUSEHOLD_MEMBER', notifierDocument: 'PASSPORT' },
    });
  });

  it('refuses a householder who leaves without saying who follows, and takes it once the followers are stated', async () => {
    const { householder, spouse, child, younger } = aFamily();
    await bunkyo.refused(moveOut, leavingForShinjuku([householder]), 'ONE_HOUSEHOLDER');
    const relationships = [
      { residentRecordCode: spouse.residentRecordCode, relationship: '世帯主' },
      { residentRecordCode: child.residentRecordCode, relationship: '子' },
      { residentRecordCode: younger.residentRecordCode, relationship: '子' },
    ];
    await bunkyo.receipt(moveOut, leavingForShinjuku([householder], { relationships }), 'MOVE_OUT');
    const stayed = await bunkyo.household(spouse);
    expect(stayed.map(({ name, relationship }) => [name, relationship])).toEqual(
      expect.arrayContaining([
        [spouse.name, '世帯主'],
        [child.name, '子'],
        [younger.name, '子'],
      ]),
    );
    expect(stayed[0]).toMatchObject({ name: spouse.name, householderName: spouse.name });
  });

  it('makes whoever is left alone the householder, without a notification of theirs', async () => {
    const [householder, spouse] = aCouple();
    await bunkyo.receipt(moveOut, leavingForShinjuku([householder]), 'MOVE_OUT');
    const { name, relationship } = spouse;
    expect(relationship).not.toBe('世帯主');
    expect(await bunkyo.household(spouse)).toMatchObject([{ name, relationship: '世帯主', householderName: name }]);
  });

  it('lets them join a household that is in Shinjuku already, at its address', async () => {
    const [householder, mover] = aCouple();
    const [host] = new Town(network.people, SHINJUKU).singles;
    const leaving = leavingForShinjuku([mover], { notifier: withPassport(householder) });
    const out = await bunkyo.receipt(moveOut, leaving, 'MOVE_OUT');
    const people = [{ residentRecordCode: mover.residentRecordCode, relationship: '縁故者' }];
    const joining = { people, joinHouseholdOf: host?.residentRecordCode, address: host?.address };
    await shinjuku.receipt(moveIn, arrivingInShinjuku([mover], out, joining), 'MOVE_IN');
    expect(await shinjuku.household(mover)).toMatchObject([
      { name: host?.name, relationship: '世帯主' },
      { name: mover.name, relationship: '縁故者', householderName: host?.name },
    ]);
  });

  it('hands them several certificates where one symbol does not hold them all, and takes all of them in', async () => {
    const people = Array.from({ length: 20 }, (_, i) => {
      const person = stranger(`大家族 第${i + 1}号`, { registeredDomicile: longText(i) });
      return { relationship: i === 0 ? '世帯主' : '同居人', person };
    });
    const entry = await bunkyo.receipt(moveIn, firstRecord('大家族 第1号', { people }), 'MOVE_IN');
    const movers = await bunkyo.household({ residentRecordCode: entry.residentRecordCodes[0] ?? '' });
    const out = await bunkyo.receipt(moveOut, leavingForShinjuku(movers), 'MOVE_OUT');
    expect(out.certificates.length).toBeGreaterThan(1);
    expect(Math.max(...out.certificates.map(({ payload }) => payload.length))).toBeLessThanOrEqual(4296);
    await shinjuku.receipt(moveIn, arrivingInShinjuku(movers, out), 'MOVE_IN');
    expect(await shinjuku.household(movers[7] ?? { residentRecordCode: '' })).toHaveLength(20);
  });
});
