import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { japaneseDate } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { byCard } from '../support/counter.js';
import { atHome, copyAtHome, type HomeApplication } from '../support/home-copies.js';
import { leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { moveOut } from '../support/questions.js';
import { RegisterDesk, tablesOf, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   resident ── 交付請求, proof of identity ──▶ Bunkyo, counter ──▶ 住民票の写し, 300 yen
 *                  items 4, 5, 13 when chosen      │
 *                  9 to 12, 14: never              └─ its own register; no other office is asked
 */
describe.each(WAYS)('A resident of Bunkyo asks for a copy at the counter of Bunkyo, over $way', ({ way }) => {
  let network: TestNetwork;
  let town: Town;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
    town = new Town(network.people, BUNKYO);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  const apply = (application: HomeApplication) => copyAtHome(network, BUNKYO, application, way);
  async function textOf(record: ResidentRecord, more: Partial<HomeApplication> = {}): Promise<string> {
    return (await apply(atHome(record, {}, more))).copy?.text ?? '';
  }

  it('issues a copy with items 1, 2, 3, 6, 7 and 8, and none of 4, 5 and 13', async () => {
    const record = town.memberOfFour;
    const text = await textOf(record);
    const shown = [record.name, record.address, japaneseDate(record.birthDate), japaneseDate(record.becameResidentOn)];
    expect(shown.filter((item) => !text.includes(item))).toEqual([]);
    const withheld = [record.residentRecordCode, record.registeredDomicile ?? '?', '続柄', '筆頭者'];
    expect(withheld.filter((item) => text.includes(item))).toEqual([]);
  });

  it.each([
    { item: 4, label: '続柄', value: ({ relationship }: ResidentRecord) => relationship },
    { item: 5, label: '本籍', value: ({ registeredDomicile }: ResidentRecord) => registeredDomicile ?? '?' },
    { item: 13, label: '住民票コード', value: ({ residentRecordCode }: ResidentRecord) => residentRecordCode },
  ])('prints item $item, $label, when it is chosen', async ({ item, label, value }) => {
    const record = town.memberOfFour;
    const lines = (await textOf(record, { items: [item] })).split('\n');
    expect(lines.find((line) => line.startsWith(label))).toContain(value(record));
  });

  it('prints nationality and residence status in the place of item 5 for a foreign resident', async () => {
    const record = town.withCommonName;
    const text = await textOf(record, { items: [5] });
    const shown = [record.commonName, record.nationality, record.residenceStatus];
    expect(shown.filter((item) => !text.includes(item ?? '?'))).toEqual([]);
    expect(text).not.toContain('本籍');
  });

  it.each([9, 10, 11, 12, 14])('refuses item %i, which this municipality keeps to itself', async (item) => {
    const before = await tablesOf(network, BUNKYO);
    const application = atHome(town.memberOfFour, {}, { items: [4, item] });
    const { reply, entries } = await network.watch(() => apply(application));
    expect(reply).toEqual({ reason: 'ITEM_NOT_ALLOWED' });
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'ITEM_NOT_ALLOWED' }]);
    expect(await tablesOf(network, BUNKYO)).toEqual(before);
  });

  it('never prints what items 9 to 12 hold, whatever is chosen', async () => {
    const record = town.memberOfFour;
    const text = await textOf(record, { whom: { kind: 'WHOLE_HOUSEHOLD' }, items: [1, 2, 3, 4, 5, 6, 7, 8, 13] });
    const kept = town
      .household(record)
      .flatMap(({ municipalItems }) => Object.values<string>(JSON.parse(municipalItems)));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter((item) => text.includes(item))).toEqual([]);
  });

  it('says of a whole household that it is whole, and of one member that it is a part', async () => {
    const record = town.memberOfFour;
    const whole = await apply(atHome(record, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' } }));
    const part = await apply(atHome(record));
    const names = town.household(record).map(({ name }) => name);
    expect(names.filter((name) => !whole.copy?.text.includes(name))).toEqual([]);
    expect(whole.copy?.statement).toContain('世帯全員の住民票の原本と相違ないことを証明する');
    expect(part.copy?.statement).toContain('世帯の一部の住民票の原本と相違ないことを証明する');
    expect(part.copy?.statement).toContain('平成28年5月27日　文京区長');
    expect(part.copy?.text.trimEnd().endsWith(part.copy.statement)).toBe(true);
  });

  it('takes the fee of Bunkyo’s ordinance, asks no other office, changes nothing, and logs who applied', async () => {
    const before = await tablesOf(network, BUNKYO);
    const { reply, entries } = await network.watch(() => apply(atHome(town.memberOfFour)));
    expect(reply.copy).toMatchObject({ feeYen: 300, issuedOn: '2016-05-27' });
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', purpose: 'ISSUANCE', outcome: 'OK' }]);
    expect(entries(SHINJUKU)).toEqual([]);
    expect(await tablesOf(network, BUNKYO)).toEqual(before);
  });

  it('prints one named member of the household, and refuses the name of somebody else', async () => {
    const record = town.memberOfFour;
    const child = town.household(record).find(({ relationship }) => relationship === '子') as ResidentRecord;
    const named = (name: string) => atHome(record, {}, { whom: { kind: 'NAMED_MEMBERS', names: [name] } });
    const { copy } = await apply(named(child.name));
    expect([copy?.text.includes(child.name), copy?.text.includes(record.name)]).toEqual([true, false]);
    expect(await apply(named('世帯外 某'))).toEqual({ reason: 'NOT_SAME_HOUSEHOLD' });
  });

  it('issues one to whoever shows a juki card and keys in its PIN, and not at a wrong PIN', async () => {
    const holder = town.cardHolder;
    const { homeMunicipality: _itself, ...application } = byCard(holder);
    const wrong = { ...holder.card, pin: holder.card.pin === '0000' ? '0001' : '0000' };
    const { homeMunicipality: _too, ...failing } = byCard({ ...holder, card: wrong });
    expect(await apply(failing)).toEqual({ reason: 'PIN_FAILED' });
    expect((await apply(application)).copy?.text).toContain(holder.record.name);
  });

  it.each([
    { what: 'a passport that expired yesterday', shown: { expiresOn: '2016-05-26' }, reason: 'ID_EXPIRED' },
    {
      what: 'a health insurance card',
      shown: { document: 'HEALTH_INSURANCE_CARD' as const },
      reason: 'ID_NOT_ACCEPTED',
    },
    { what: 'a passport in another name', shown: { name: '別名 某' }, reason: 'NOT_FOUND' },
  ])('refuses $what', async ({ shown, reason }) => {
    expect(await apply(atHome(town.memberOfFour, shown))).toEqual({ reason });
  });

  it('takes a passport on its last day', async () => {
    const { copy } = await apply(atHome(town.memberOfFour, { expiresOn: '2016-05-27' }));
    expect(copy?.text).toContain(town.memberOfFour.name);
  });

  it.each([
    { when: 'on the minute before it opens', at: '2016-05-27T08:59:59+09:00', open: false },
    { when: 'on the minute on which it opens', at: '2016-05-27T09:00:00+09:00', open: true },
    { when: 'in its last minute', at: '2016-05-27T16:59:59+09:00', open: true },
    { when: 'on the minute on which it closes', at: '2016-05-27T17:00:00+09:00', open: false },
    { when: 'on a Saturday', at: '2016-05-28T10:00:00+09:00', open: false },
    { when: 'on a national holiday', at: '2016-05-05T10:00:00+09:00', open: false },
  ])('keeps the hours of the counter: $when, open: $open', async ({ at, open }) => {
    network.clock.set(at);
    const { reason } = await apply(atHome(town.memberOfFour));
    expect(reason).toBe(open ? undefined : 'OUT_OF_HOURS');
  });

  it('refuses a copy of the record of somebody who has moved out', async () => {
    const [resident] = town.singles;
    const bunkyo = new RegisterDesk(network, BUNKYO, way);
    await bunkyo.receipt(moveOut, leavingForShinjuku(resident ? [resident] : []), 'MOVE_OUT');
    expect(await apply(atHome(resident ?? town.memberOfFour))).toEqual({ reason: 'RECORD_DELETED' });
  });
});
