import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CardCounter, type InReader, statusAt } from '../support/card-counter.js';
import { DailyBusiness } from '../support/daily-business.js';
import { leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { moveOut } from '../support/questions.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo: death, another code, deletion, move-out ── in the same transaction ──▶ the card is INVALID, and by what
 *                                                                                     │ status
 *   a last day passes: nobody has to note it                                          ▼
 *   Shinjuku ── CheckCard ──▶ national centre ──▶ not good any more           Tokyo, national centre
 */
const on = (day: string) => `${day}T09:00:00+09:00`;

let network: TestNetwork;
let shinjuku: CardCounter;
let bunkyo: CardCounter;
let business: DailyBusiness;
let aResident: () => ResidentRecord;
let holder: ResidentRecord;
let card: InReader;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  shinjuku = new CardCounter(network, SHINJUKU);
  bunkyo = new CardCounter(network, BUNKYO);
  business = new DailyBusiness(network, BUNKYO);
  aResident = bunkyo.aResident;
});
beforeEach(async () => {
  network.clock.set(FRIDAY_MORNING);
  holder = aResident();
  card = await bunkyo.issue(holder);
  await network.settle();
});
afterAll(() => network.remove());

const good = () => `${holder.residentRecordCode} of 131059`;
const reissued = async () => bunkyo.issue(holder, { reissue: true });
const deleted = (more: object = {}) =>
  business.exOfficio({ deletion: { people: [holder.residentRecordCode], on: '2016-05-10', ...more } });
const corrected = () => {
  const pool = network.people.find(({ municipality }) => municipality === '131059')?.pool ?? [];
  const codeCorrection = { residentRecordCode: holder.residentRecordCode, on: '2016-05-20', correctCode: pool.at(-1) };
  return business.exOfficio({ codeCorrection });
};
const leaving = (more: object = {}) => bunkyo.ask(moveOut, { ...leavingForShinjuku([holder]), ...more });
const abroad = () => leaving({ destinationMunicipality: undefined, destination: 'タイ王国' });

describe('A card of Bunkyo is not good any more, at home at once and elsewhere when the status has arrived, and it says by what', () => {
  it.each<{ when: string; cause: string; act: () => Promise<unknown> }>([
    { when: 'its holder has died', cause: 'DEATH', act: () => business.bury(holder) },
    { when: 'its holder has asked for another code', cause: 'CODE_CHANGED', act: () => business.changeCode(holder) },
    { when: 'another code was written ex officio', cause: 'CODE_CHANGED', act: corrected },
    { when: 'its holder’s record was deleted ex officio', cause: 'RECORD_DELETED', act: () => deleted() },
    {
      when: 'the Act does not cover its holder any more',
      ...{ cause: 'NO_LONGER_COVERED', act: () => deleted({ noLongerCovered: true }) },
    },
    { when: 'its holder has moved abroad', cause: 'MOVED_ABROAD', act: abroad },
    { when: 'another one was issued in its place', cause: 'REISSUED', act: reissued },
  ])('when $when', async ({ act, cause }) => {
    await act();
    expect(await bunkyo.shown(card)).toBe('CARD_INVALID');
    await network.settle();
    for (const office of [TOKYO, NATIONAL])
      expect(await statusAt(network, office, card)).toMatchObject({ state: 'INVALID', invalidBy: cause });
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
    const kept = (await bunkyo.cardsOf(holder)).find(({ cardNumber }) => cardNumber === card.cardNumber);
    expect(kept).toMatchObject({ state: 'INVALID', invalidBy: cause });
    expect(kept?.events?.at(-1)).toMatchObject({ state: 'INVALID', invalidBy: cause, on: '2016-05-27' });
  });

  it('when it was lost before, as well', async () => {
    await bunkyo.lose(holder);
    await business.bury(holder);
    await network.settle();
    expect(await statusAt(network, NATIONAL, card)).toMatchObject({ state: 'INVALID', invalidBy: 'DEATH' });
  });

  it('and a record that is entered again does not bring it back', async () => {
    const { name, nameReading, birthDate, sex, address, becameResidentOn, residentRecordCode } = holder;
    await deleted();
    const person = { name, nameReading, birthDate, sex, registeredDomicile: '東京都文京区', firstListedPerson: name };
    const entry = { since: becameResidentOn, address, person, relationship: '世帯主', residentRecordCode };
    await business.exOfficio({ entry });
    await network.settle();
    expect([await bunkyo.shown(card), await shinjuku.shown(card)]).toEqual(['CARD_INVALID', 'CARD_INVALID']);
    expect(await bunkyo.issue(holder)).toMatchObject({ state: 'ACTIVE' });
  });

  it('and other people’s cards, and those of the household who stay, are as good as before', async () => {
    const [other, theirs] = [holder, card];
    holder = aResident();
    card = await bunkyo.issue(holder);
    await business.bury(holder);
    expect(await bunkyo.shown(theirs)).toBe(`${other.residentRecordCode} of 131059`);
  });

  it('and an act that is refused does nothing to it', async () => {
    const future = { deletion: { people: [holder.residentRecordCode], on: '2016-06-10' } };
    await expect(business.exOfficio(future)).rejects.toThrow();
    expect(await bunkyo.shown(card)).toBe(good());
  });
});

describe('A card of Bunkyo passes its last day (DEADLINE)', () => {
  it('is good everywhere on that day, and nowhere the day after, though nobody has noted it', async () => {
    const { expiresOn } = (await bunkyo.cardsOf(holder))[0] ?? { expiresOn: '' };
    network.clock.set(on(expiresOn));
    expect([await bunkyo.shown(card), await shinjuku.shown(card)]).toEqual([good(), good()]);
    network.clock.set(on(addDays(expiresOn, 1)));
    expect([await bunkyo.shown(card), await shinjuku.shown(card)]).toEqual(['CARD_INVALID', 'CARD_INVALID']);
    expect(await bunkyo.cardsOf(holder)).toMatchObject([{ state: 'INVALID', invalidBy: 'EXPIRED' }]);
  });

  it('is noted as expired by itself, when the office looks, and the levels above hear of it', async () => {
    const { expiresOn } = (await bunkyo.cardsOf(holder))[0] ?? { expiresOn: '' };
    network.clock.set(on(addDays(expiresOn, 1)));
    await network.stop(BUNKYO);
    await network.start(BUNKYO);
    await network.settle();
    expect(await statusAt(network, NATIONAL, card)).toMatchObject({ state: 'INVALID', invalidBy: 'EXPIRED' });
    const [kept] = await bunkyo.cardsOf(holder);
    expect(kept?.events?.at(-1)).toEqual({ state: 'INVALID', invalidBy: 'EXPIRED', on: addDays(expiresOn, 1) });
  });
});
