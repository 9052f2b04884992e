import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { CertificatePress } from '#municipality/devices/certificate-press.js';
import { certifiedPersonOf } from '#municipality/domain/certificates/move-out-certificate.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { arrivingInShinjuku, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, SHINJUKU, SUGINAMI } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { cancelMoveOut, moveIn, moveOut, type PlainReceipt } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { openedCard } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo ── 転出証明書, sealed ──▶ resident ── altered, forged, of somebody else, used twice ──▶ Shinjuku
 *                                                  refused; the register and all else are as they were
 */
describe.each(WAYS)('Somebody moves to Shinjuku with a certificate that is none, over $way', ({ way }) => {
  let network: TestNetwork;
  let aResident: () => ResidentRecord;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
    aResident = handingOut(new Town(network.people, BUNKYO).leavers);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    shinjuku = new RegisterDesk(network, SHINJUKU, way);
  });
  afterAll(() => network.remove());

  const leave = (resident: ResidentRecord) => bunkyo.receipt(moveOut, leavingForShinjuku([resident]), 'MOVE_OUT');
  const arriving = (resident: ResidentRecord, payloads: string[]) => ({
    ...arrivingInShinjuku([{ ...resident, relationship: '世帯主' }], { certificates: [] } as unknown as PlainReceipt),
    certificates: payloads,
  });
  const payloadOf = ({ certificates }: PlainReceipt) => certificates[0]?.payload ?? '';

  /** A certificate with the right words, sealed with what lies in a folder. */
  function forged(resident: ResidentRecord, folder: string): string {
    const press = new CertificatePress(loadCredentials(folder));
    const days = { plannedOn: '2016-05-27', issuedOn: '2016-05-27' };
    const certified = [certifiedPersonOf(resident, resident.name)];
    const origin = '131059' as Parameters<typeof press.print>[0]['origin'];
    const sheet = { origin, destination: '東京都新宿区', ...days, people: certified };
    return press.print(sheet, { mayor: '文京区長', newNumber: () => '131059-20160527-00000000' })[0]?.payload ?? '';
  }
  const officeOf = (office: OfficeId) => officeFolder(network.certs, office);

  it('refuses to enter anybody without one', async () => {
    const resident = aResident();
    await leave(resident);
    await shinjuku.refused(moveIn, arriving(resident, []), 'CERTIFICATE_REQUIRED');
  });

  it('takes the same words sealed by Bunkyo, and refuses them sealed by Suginami, which is another office', async () => {
    const resident = aResident();
    const bySuginami = forged(resident, officeOf(SUGINAMI));
    await shinjuku.refused(moveIn, arriving(resident, [bySuginami]), 'CERTIFICATE_NOT_VALID');
    await shinjuku.receipt(moveIn, arriving(resident, [forged(resident, officeOf(BUNKYO))]), 'MOVE_IN');
    expect(await shinjuku.record(resident)).toMatchObject({ name: resident.name });
  });

  it('refuses one that an operator of Bunkyo sealed with their own certificate', async () => {
    const resident = aResident();
    const byOperator = forged(resident, openedCard(network, BUNKYO));
    await shinjuku.refused(moveIn, arriving(resident, [byOperator]), 'CERTIFICATE_NOT_VALID');
  });

  it('refuses one that was altered by one character, anywhere in it', async () => {
    const resident = aResident();
    const payload = payloadOf(await leave(resident));
    const places = [0, 6, 20, 120, Math.floor(payload.length / 2), payload.length - 1];
    for (const at of places) {
      const altered = `${payload.slice(0, at)}${payload[at] === 'A' ? 'B' : 'A'}${payload.slice(at + 1)}`;
      await shinjuku.refused(moveIn, arriving(resident, [altered]), 'CERTIFICATE_NOT_VALID');
    }
    await shinjuku.receipt(moveIn, arriving(resident, [payload]), 'MOVE_IN');
  });

  it.each(['', 'JUKI1:', 'https://example.com/', 'JUKI1:%%%%'])('refuses %p, which is no certificate', async (text) => {
    const resident = aResident();
    await shinjuku.refused(
      moveIn,
      arriving(resident, [text]),
      text === '' ? 'INVALID_REQUEST' : 'CERTIFICATE_NOT_VALID',
    );
  });

  it('refuses somebody whom the certificate does not name, and says the same of each', async () => {
    const [resident, other] = [aResident(), aResident()];
    const payload = payloadOf(await leave(other));
    const refusal = await shinjuku.refused(moveIn, arriving(resident, [payload]), 'CERTIFICATE_NOT_VALID');
    expect(refusal.fault).not.toContain(other.name);
  });

  it('refuses Bunkyo’s own certificate at Bunkyo: the move-out can be taken back instead', async () => {
    const resident = aResident();
    const out = await leave(resident);
    const { address } = resident;
    const back = { ...arriving(resident, [payloadOf(out)]), address };
    await bunkyo.refused(moveIn, back, 'CERTIFICATE_NOT_VALID');
  });

  it('refuses another municipality’s certificate for taking a move-out back', async () => {
    const resident = aResident();
    await leave(resident);
    const back = {
      ...{ notifier: withPassport(resident), people: [resident.residentRecordCode] },
      certificates: [forged(resident, officeOf(SHINJUKU))],
    };
    await bunkyo.refused(cancelMoveOut, back, 'CERTIFICATE_NOT_VALID');
  });

  it('refuses one that has been used: nobody is entered twice', async () => {
    const resident = aResident();
    const payload = payloadOf(await leave(resident));
    await shinjuku.receipt(moveIn, arriving(resident, [payload]), 'MOVE_IN');
    await shinjuku.refused(moveIn, arriving(resident, [payload]), 'ALREADY_REGISTERED');
  });

  it('refuses one that has been used by somebody who has moved on since: it is not of their last move-out', async () => {
    const resident = aResident();
    const payload = payloadOf(await leave(resident));
    await shinjuku.receipt(moveIn, arriving(resident, [payload]), 'MOVE_IN');
    const leaving = { destinationMunicipality: '131156', destination: '東京都杉並区阿佐谷南一丁目15番1号' };
    await shinjuku.receipt(moveOut, leavingForShinjuku([resident], leaving), 'MOVE_OUT');
    await shinjuku.refused(moveIn, arriving(resident, [payload]), 'CERTIFICATE_NOT_VALID');
  });
});
