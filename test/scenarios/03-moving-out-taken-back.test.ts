import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { arrivingInShinjuku, codesOf, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { cancelMoveOut, moveIn, moveOut, type PlainReceipt, reissue } from '../support/questions.js';
import { RegisterDesk, tablesOf, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   resident ── 転出届 ──▶ Bunkyo ── 転出証明書 ──▶ resident
 *      │                                              │
 *      ├── lost it: Bunkyo hands it out again         │
 *      └── 転出取消, with the certificate ──▶ Bunkyo: the records stand as before
 */
describe.each(WAYS)('A move-out from Bunkyo does not come about, over $way', ({ way }) => {
  let network: TestNetwork;
  let aResident: () => ResidentRecord;
  let aCouple: () => Couple;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
    const town = new Town(network.people, BUNKYO);
    aResident = handingOut(town.singles);
    aCouple = handingOut(town.couples);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    shinjuku = new RegisterDesk(network, SHINJUKU, way);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  const leave = (people: ResidentRecord[], more: object = {}) =>
    bunkyo.receipt(moveOut, leavingForShinjuku(people, more), 'MOVE_OUT');
  const takingBack = (people: ResidentRecord[], { certificates }: Pick<PlainReceipt, 'certificates'>) => ({
    notifier: withPassport(people[0] ?? { name: '' }),
    certificates: certificates.map(({ payload }) => payload),
    people: codesOf(people),
  });

  it('brings the records back as they were, with what happened between in their history', async () => {
    const couple = aCouple();
    const before = await bunkyo.household(couple[0]);
    const out = await leave(couple);
    network.clock.set('2016-06-02T10:00:00+09:00');
    const back = await bunkyo.receipt(cancelMoveOut, takingBack(couple, out), 'MOVE_OUT_CANCELLATION');
    expect(back).toMatchObject({ late: false, noticeSheets: [], certificates: [] });
    expect(await bunkyo.household(couple[0])).toEqual(before);
    const versions = await bunkyo.history(couple[1]);
    expect(versions.slice(-2)).toMatchObject([
      { act: { kind: 'MOVE_OUT' }, residentRecord: { deletionReason: 'MOVE_OUT' }, retainedUntil: '2021-06-02' },
      { act: { kind: 'MOVE_OUT_CANCELLATION', acceptedOn: '2016-06-02' }, recordedOn: '2016-06-02' },
    ]);
    expect(versions.at(-1)?.residentRecord).not.toHaveProperty('deletedOn');
  });

  it('refuses without the certificate, and with somebody else’s', async () => {
    const [resident, other] = [aResident(), aResident()];
    await leave([resident]);
    const another = await leave([other]);
    await bunkyo.refused(cancelMoveOut, takingBack([resident], { certificates: [] }), 'CERTIFICATE_REQUIRED');
    await bunkyo.refused(cancelMoveOut, takingBack([resident], another), 'CERTIFICATE_NOT_VALID');
  });

  it('refuses to take back the half of a certificate, with which somebody else could still move', async () => {
    const couple = aCouple();
    const out = await leave(couple);
    await bunkyo.refused(cancelMoveOut, takingBack(couple.slice(0, 1), out), 'CERTIFICATE_NOT_VALID');
  });

  it('refuses to take the same move-out back a second time', async () => {
    const resident = aResident();
    const back = takingBack([resident], await leave([resident]));
    await bunkyo.receipt(cancelMoveOut, back, 'MOVE_OUT_CANCELLATION');
    await bunkyo.refused(cancelMoveOut, back, 'ALREADY_REGISTERED');
  });

  it('asks for the certificate of the last move-out, not of one that was taken back before', async () => {
    const resident = aResident();
    const first = takingBack([resident], await leave([resident]));
    await bunkyo.receipt(cancelMoveOut, first, 'MOVE_OUT_CANCELLATION');
    const second = await leave([resident]);
    await bunkyo.refused(cancelMoveOut, first, 'CERTIFICATE_REQUIRED');
    await bunkyo.receipt(cancelMoveOut, takingBack([resident], second), 'MOVE_OUT_CANCELLATION');
    expect(await bunkyo.household(resident)).toHaveLength(1);
  });

  it('takes a move abroad back without a certificate, since there is none', async () => {
    const resident = aResident();
    await leave([resident], { destinationMunicipality: undefined, destination: 'カナダ' });
    await bunkyo.receipt(cancelMoveOut, takingBack([resident], { certificates: [] }), 'MOVE_OUT_CANCELLATION');
    expect(await bunkyo.record(resident)).not.toHaveProperty('destination');
  });

  it('hands a lost certificate out again as it was, logged with its purpose, and changes nothing', async () => {
    const resident = aResident();
    const { certificates } = await leave([resident]);
    const before = await tablesOf(network, BUNKYO);
    const { residentRecordCode } = resident;
    const lost = { residentRecordCode, purpose: '転出証明書の再交付' };
    const { reply, entries } = await network.watch(() => bunkyo.ask(reissue, lost));
    expect([reply.certificate]).toEqual(certificates);
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'OK', purpose: '転出証明書の再交付' }]);
    expect(await tablesOf(network, BUNKYO)).toEqual(before);
    const arriving = arrivingInShinjuku([resident], { ...{ certificates: [reply.certificate] } } as PlainReceipt);
    await shinjuku.receipt(moveIn, arriving, 'MOVE_IN');
  });

  it('hands none out of somebody who lives here, who moved abroad, or whom it does not know', async () => {
    const [stays, leaves] = [aResident(), aResident()];
    await leave([leaves], { destinationMunicipality: undefined, destination: '大韓民国' });
    const lost = (residentRecordCode: string) => ({ residentRecordCode, purpose: '再交付' });
    await bunkyo.refused(reissue, lost(stays.residentRecordCode), 'ALREADY_REGISTERED');
    await bunkyo.refused(reissue, lost(leaves.residentRecordCode), 'NOT_FOUND');
    await bunkyo.refused(reissue, lost('24727059608'), 'NOT_FOUND');
  });
});
