import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dayOfWeek } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { byCard, byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { BUNKYO, NATIONAL, SHINJUKU, YAMATSURI } from '../support/offices.js';
import { Town } from '../support/people.js';
import { applyingOver, expectRefusedAtCounter, expectRefusedByHome } from '../support/refusals.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   applicant ──▶ Shinjuku ──────────────────▶ Bunkyo
 *                 refuses by itself:           refuses:
 *                 OUT_OF_HOURS                 NOT_FOUND, AMBIGUOUS
 *                 NOT_PARTICIPATING            RECORD_DELETED
 *                 OWN_MUNICIPALITY             NOT_SAME_HOUSEHOLD
 *                 ITEM_NOT_ALLOWED             (restrictions, limits and silence
 *                 ID_…, PIN_…, CARD_…           have scenarios of their own)
 *                 one entry, no question       an entry on both sides
 */
let network: TestNetwork;
let bunkyo: Town;
let shinjuku: Town;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, BUNKYO, YAMATSURI] });
  bunkyo = new Town(network.people, BUNKYO);
  shinjuku = new Town(network.people, SHINJUKU);
});
beforeEach(() => network.clock.set(FRIDAY_MORNING));
afterAll(() => network.remove());

describe.each([overGrpc, overHttps])(
  'The counter of Shinjuku, over $way, turns an applicant away by itself',
  (entrance) => {
    const apply = applyingOver(entrance, () => network);

    it('refuses an applicant of Yamatsuri, which is outside the network, as NOT_PARTICIPATING', async () => {
      const holder = new Town(network.people, YAMATSURI).cardHolder;
      const applied = await apply(byCard(holder, { homeMunicipality: '074829' }));
      expectRefusedAtCounter(applied, 'NOT_PARTICIPATING', YAMATSURI);
      expect(applied.reply.office).toBe(YAMATSURI);
    });

    it('refuses an applicant of Bunkyo at the counter of Yamatsuri as NOT_PARTICIPATING', async () => {
      const applied = await apply(byCard(bunkyo.cardHolder), YAMATSURI);
      expectRefusedAtCounter(applied, 'NOT_PARTICIPATING');
      expect(applied.reply.office).toBe(YAMATSURI);
    });

    it.each([
      ['a second before half past eight', '2016-05-27T08:29:59+09:00'],
      ['at seventeen o’clock', '2016-05-27T17:00:00+09:00'],
      ['on a Saturday', '2016-05-28T10:00:00+09:00'],
      ['on a Sunday', '2016-05-29T10:00:00+09:00'],
      ['on Constitution Day, a Tuesday', '2016-05-03T10:00:00+09:00'],
      ['on the Monday in place of a holiday on a Sunday', '2016-03-21T10:00:00+09:00'],
      ['on 29 December, a Thursday', '2016-12-29T10:00:00+09:00'],
      ['on 3 January, a Tuesday', '2017-01-03T10:00:00+09:00'],
    ])('refuses everybody %s as OUT_OF_HOURS', async (_when, shown) => {
      network.clock.set(shown);
      expectRefusedAtCounter(await apply(byPhotoId(bunkyo.memberOfFour)), 'OUT_OF_HOURS');
    });

    it.each([
      ['at half past eight', '2016-05-26T23:30:00Z'],
      ['a second before seventeen o’clock', '2016-05-27T16:59:59+09:00'],
      ['on 28 December, a Wednesday', '2016-12-28T10:00:00+09:00'],
      ['on 4 January, a Wednesday', '2017-01-04T10:00:00+09:00'],
    ])('is open %s', async (_when, shown) => {
      network.clock.set(shown);
      const { reply } = await apply(byPhotoId(bunkyo.memberOfFour));
      expect(reply.copy?.records).toHaveLength(1);
    });

    it('keeps the hours of the issuing municipality: Bunkyo’s own counter opens at nine', async () => {
      const application = byPhotoId(shinjuku.memberOfFour, {}, { homeMunicipality: '131041' });
      network.clock.set('2016-05-27T08:59:59+09:00');
      expectRefusedAtCounter(await apply(application, BUNKYO), 'OUT_OF_HOURS', SHINJUKU);
      network.clock.set('2016-05-27T09:00:00+09:00');
      expect((await apply(application, BUNKYO)).reply.copy?.home).toBe('131041');
    });

    it.each([5, 9, 10, 11, 12, 14])('refuses item %i as ITEM_NOT_ALLOWED', async (item) => {
      const applied = await apply(byPhotoId(bunkyo.memberOfFour, {}, { items: [4, item] }));
      expectRefusedAtCounter(applied, 'ITEM_NOT_ALLOWED');
    });

    it('refuses somebody who is registered in Shinjuku itself as OWN_MUNICIPALITY', async () => {
      const applied = await apply(byCard(shinjuku.cardHolder, { homeMunicipality: '131041' }));
      expectRefusedAtCounter(applied, 'OWN_MUNICIPALITY');
    });

    it.each([
      ['a health insurance card', { document: 'HEALTH_INSURANCE_CARD' }],
      ['a student or employee card', { document: 'STUDENT_OR_EMPLOYEE_CARD' }],
      ['a driver’s licence without the present address', { document: 'DRIVERS_LICENCE' }],
    ] as const)('refuses %s as ID_NOT_ACCEPTED', async (_document, shown) => {
      expectRefusedAtCounter(await apply(byPhotoId(bunkyo.memberOfFour, shown)), 'ID_NOT_ACCEPTED');
    });

    it('takes a passport on its last day and refuses it a day later as ID_EXPIRED', async () => {
      const application = byPhotoId(bunkyo.memberOfFour, { expiresOn: '2016-05-26' });
      network.clock.set('2016-05-26T10:00:00+09:00');
      const { reply } = await apply(application);
      network.clock.set('2016-05-27T10:00:00+09:00');
      expect(reply.copy?.records).toHaveLength(1);
      expectRefusedAtCounter(await apply(application), 'ID_EXPIRED');
    });

    it('takes a card on its last day and refuses it a day later as CARD_INVALID', async () => {
      const beforeFriday = ({ card }: { card: { expiresOn: string } }) =>
        [1, 2, 3, 4].includes(dayOfWeek(card.expiresOn));
      const holder = bunkyo.cardHolders.find((one) => beforeFriday(one) && one.card.expiresOn < '2016-07');
      if (!holder) throw new RangeError('nobody’s card ends soon');
      const noon = new Date(`${holder.card.expiresOn}T12:00:00+09:00`);
      network.clock.set(noon);
      const { reply } = await apply(byCard(holder));
      network.clock.set(new Date(noon.getTime() + 86_400_000));
      expect(reply.copy?.records).toHaveLength(1);
      expectRefusedAtCounter(await apply(byCard(holder)), 'CARD_INVALID');
    });

    it('refuses a card that has expired, and one that nobody ever issued, as CARD_INVALID', async () => {
      const { card } = bunkyo.holderOfExpiredCard;
      expectRefusedAtCounter(await apply(byCard(bunkyo.holderOfExpiredCard)), 'CARD_INVALID');
      const neverIssued = { kind: 'CARD' as const, cardNumber: 'JC0000000000', pin: card.pin };
      const applied = await apply({ homeMunicipality: '131059', identityProof: neverIssued });
      expectRefusedAtCounter(applied, 'CARD_INVALID');
    });
  },
);

describe.each([overGrpc, overHttps])(
  'Bunkyo refuses an applicant who stands at the counter of Shinjuku, over $way',
  (entrance) => {
    const apply = applyingOver(entrance, () => network);

    it('refuses a code that nobody has as NOT_FOUND', async () => {
      const { name } = bunkyo.memberOfFour;
      const applied = await apply(byPhotoId({ name, residentRecordCode: bunkyo.codeOfNobody() }));
      expectRefusedByHome(applied, 'NOT_FOUND');
    });

    it('refuses the right code with somebody else’s name as NOT_FOUND', async () => {
      const { residentRecordCode } = bunkyo.memberOfFour;
      const applied = await apply(byPhotoId({ name: bunkyo.withCommonName.name, residentRecordCode }));
      expectRefusedByHome(applied, 'NOT_FOUND');
    });

    it('refuses a birth date that nobody has, and one’s own with the other sex, as NOT_FOUND', async () => {
      const record = bunkyo.memberOfFour;
      const { birthDate, sex } = record;
      const bornLongAgo = await apply(byPhotoId(record, { stated: { birthDate: '1868-10-23', sex } }));
      const other = sex === 'MALE' ? 'FEMALE' : 'MALE';
      expectRefusedByHome(bornLongAgo, 'NOT_FOUND');
      expectRefusedByHome(await apply(byPhotoId(record, { stated: { birthDate, sex: other } })), 'NOT_FOUND');
    });

    it('refuses one of two people alike in name, birth date and sex as AMBIGUOUS, unless they state the code', async () => {
      const [one] = bunkyo.namesakes;
      const { birthDate, sex } = one;
      expectRefusedByHome(await apply(byPhotoId(one, { stated: { birthDate, sex } })), 'AMBIGUOUS');
      expect((await apply(byPhotoId(one))).reply.copy?.records[0]?.address).toBe(one.address);
    });

    it.each(['MOVE_OUT', 'DEATH'] as const)('refuses a record deleted by %s as RECORD_DELETED', async (deletion) => {
      const record = bunkyo.deleted(deletion);
      const { birthDate, sex } = record;
      expectRefusedByHome(await apply(byPhotoId(record)), 'RECORD_DELETED');
      expectRefusedByHome(await apply(byPhotoId(record, { stated: { birthDate, sex } })), 'RECORD_DELETED');
    });

    it('refuses to print somebody of another household and somebody who is nobody with the very same answer', async () => {
      const record = bunkyo.memberOfFour;
      const neighbour = bunkyo.residents.find(
        ({ householdId }) => householdId !== record.householdId,
      ) as ResidentRecord;
      const printing = (name: string) => byPhotoId(record, {}, { whom: { kind: 'NAMED_MEMBERS', names: [name] } });
      const [elsewhere, nowhere] = [await apply(printing(neighbour.name)), await apply(printing('存在 しない'))];
      expectRefusedByHome(elsewhere, 'NOT_SAME_HOUSEHOLD');
      expectRefusedByHome(nowhere, 'NOT_SAME_HOUSEHOLD');
      expect(elsewhere.reply.bytes).toEqual(nowhere.reply.bytes);
    });

    it('refuses the whole print where one of the named is of the household and another is not', async () => {
      const record = bunkyo.memberOfFour;
      const names = [record.name, '存在 しない'];
      const applied = await apply(byPhotoId(record, {}, { whom: { kind: 'NAMED_MEMBERS', names } }));
      expectRefusedByHome(applied, 'NOT_SAME_HOUSEHOLD');
    });
  },
);
