import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addYears } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CardCounter, issueTo, PIN, passportOf, statusAt } from '../support/card-counter.js';
import { issueCard, loseCard, verifyCard } from '../support/card-questions.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { type Family, handingOut, Town } from '../support/people.js';
import { WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   resident ── 交付申請, passport, a PIN of four digits ──▶ Bunkyo ──▶ card: its chip has a key of its own
 *                                                              │
 *                                                              └─ status, public key ─▶ Tokyo ─▶ national centre
 *   until 31 December 2015: juki cards        from 1 January 2016: individual number cards, the juki card handed back
 */
const LAST_DAY_OF_JUKI_CARDS = '2015-12-31T16:59:00+09:00';
const THE_DAY_AFTER = '2016-01-01T00:00:00+09:00';
const JUKI = { kind: 'JUKI_CARD' };

describe.each(WAYS)('A resident of Bunkyo asks for a card, over $way', ({ way }) => {
  let network: TestNetwork;
  let bunkyo: CardCounter;
  let shinjuku: CardCounter;
  let town: Town;
  let aResident: () => ResidentRecord;
  let aForeigner: () => ResidentRecord;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
    bunkyo = new CardCounter(network, BUNKYO, way);
    shinjuku = new CardCounter(network, SHINJUKU, way);
    aResident = bunkyo.aResident;
    town = new Town(network.people, BUNKYO);
    aForeigner = handingOut(town.residents.filter(({ nationality }) => nationality !== null));
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  it('is issued an individual number card until the tenth birthday from then on, which is good at once', async () => {
    const resident = aResident();
    const { answer } = await bunkyo.act(issueCard, issueTo(resident), 'card/ISSUE');
    const { residentRecordCode, birthDate } = resident;
    expect(answer.card).toMatchObject({
      ...{ kind: 'INDIVIDUAL_NUMBER_CARD', residentRecordCode, issuedOn: '2016-05-27', state: 'ACTIVE' },
      events: [{ state: 'ACTIVE', on: '2016-05-27', operator: bunkyo.operator }],
    });
    const { expiresOn, cardNumber } = answer.card;
    expect([expiresOn.slice(5), expiresOn > addYears('2016-05-27', 9)]).toEqual([birthDate.slice(5), true]);
    expect(await bunkyo.shown({ cardNumber, pin: PIN })).toBe(`${residentRecordCode} of 131059`);
  });

  it('has a card that other municipalities know as soon as Tokyo and the centre were told, by number and code alone', async () => {
    const resident = aResident();
    const { residentRecordCode } = resident;
    const card = await bunkyo.issue(resident);
    await network.settle();
    for (const office of [TOKYO, NATIONAL])
      expect(await statusAt(network, office, card)).toMatchObject({
        ...{
          cardNumber: card.cardNumber,
          residentRecordCode,
          municipality: '131059',
          state: 'ACTIVE',
          invalidBy: null,
        },
      });
    expect(await shinjuku.shown(card)).toBe(`${residentRecordCode} of 131059`);
  });

  it('is not issued a second card while the first is good, nor while it is lost', async () => {
    const resident = aResident();
    await bunkyo.issue(resident);
    await bunkyo.refused(issueCard, issueTo(resident), 'CARD_HELD');
    await bunkyo.lose(resident);
    await bunkyo.refused(issueCard, issueTo(resident), 'CARD_HELD');
    expect(await bunkyo.cardsOf(resident)).toHaveLength(1);
  });

  it('is issued another one in the place of one that is damaged or lost, which is not good from now on', async () => {
    const resident = aResident();
    const damaged = await bunkyo.issue(resident);
    const lost = await bunkyo.issue(resident, { reissue: true });
    await bunkyo.lose(resident);
    const present = await bunkyo.issue(resident, { reissue: true });
    const ended = { state: 'INVALID', invalidBy: 'REISSUED' };
    const standings = Object.fromEntries((await bunkyo.cardsOf(resident)).map((card) => [card.cardNumber, card]));
    expect(standings[damaged.cardNumber]).toMatchObject(ended);
    expect(standings[lost.cardNumber]).toMatchObject(ended);
    expect(standings[present.cardNumber]).toMatchObject({ state: 'ACTIVE' });
    expect(await Promise.all([damaged, lost, present].map((card) => bunkyo.shown(card)))).toEqual([
      ...['CARD_INVALID', 'CARD_INVALID', `${resident.residentRecordCode} of 131059`],
    ]);
  });

  it('is issued no juki card any more since January 2016, and told what there is instead', async () => {
    const refusal = await bunkyo.refused(issueCard, issueTo(aResident(), JUKI), 'CARD_NOT_ISSUED');
    expect(refusal).toMatchObject({
      field: 'kind',
      fault: 'is not issued any more: ask for an individual number card',
    });
  });

  it('was issued a juki card for ten years until the last day of 2015, and no individual number card before', async () => {
    const resident = aResident();
    network.clock.set(LAST_DAY_OF_JUKI_CARDS);
    const early = await bunkyo.refused(issueCard, issueTo(resident), 'CARD_NOT_ISSUED');
    expect(early.fault).toBe('is issued from January 2016');
    const card = await bunkyo.issue(resident, JUKI);
    expect(card).toMatchObject({ kind: 'JUKI_CARD', issuedOn: '2015-12-31', expiresOn: '2025-12-31' });
    network.clock.set(THE_DAY_AFTER);
    await bunkyo.refused(issueCard, issueTo(aResident(), JUKI), 'CARD_NOT_ISSUED');
    expect(await bunkyo.shown(card)).toBe(`${resident.residentRecordCode} of 131059`);
  });

  it('who is a foreign resident was issued a juki card from 8 July 2013 on', async () => {
    const resident = aForeigner();
    network.clock.set('2013-07-07T10:00:00+09:00');
    const early = await bunkyo.refused(issueCard, issueTo(resident, JUKI), 'CARD_NOT_ISSUED');
    expect(early.fault).toBe('is not issued yet');
    network.clock.set('2013-07-08T10:00:00+09:00');
    expect(await bunkyo.issue(resident, JUKI)).toMatchObject({ expiresOn: '2023-07-08' });
  });

  it('hands the juki card back for an individual number card, and has one good card at any time', async () => {
    const resident = aResident();
    network.clock.set(LAST_DAY_OF_JUKI_CARDS);
    const juki = await bunkyo.issue(resident, JUKI);
    network.clock.set(FRIDAY_MORNING);
    const kept = await bunkyo.refused(issueCard, issueTo(resident), 'CARD_HELD');
    expect(kept).toMatchObject({ field: 'handedBack', fault: 'is to be handed back' });
    await bunkyo.refused(issueCard, issueTo(resident, { reissue: true }), 'CARD_HELD');
    const { cardNumber } = await bunkyo.issue(resident, { handedBack: juki.cardNumber });
    const [earlier, present] = await bunkyo.cardsOf(resident);
    expect(earlier).toMatchObject({ cardNumber: juki.cardNumber, state: 'RETURNED', invalidBy: 'RETURNED' });
    expect(present).toMatchObject({ cardNumber, state: 'ACTIVE' });
    expect(await bunkyo.shown(juki)).toBe('CARD_INVALID');
  });

  it('gets an individual number card in the place of a juki card that is lost, without handing it back', async () => {
    const resident = aResident();
    network.clock.set(LAST_DAY_OF_JUKI_CARDS);
    await bunkyo.issue(resident, JUKI);
    network.clock.set(FRIDAY_MORNING);
    await bunkyo.lose(resident);
    await bunkyo.issue(resident, { reissue: true });
    expect((await bunkyo.cardsOf(resident)).map(({ state, invalidBy }) => [state, invalidBy])).toEqual([
      ...[
        ['INVALID', 'REISSUED'],
        ['ACTIVE', undefined],
      ],
    ]);
  });

  it('hands back a juki card that has expired, and it is noted as taken back; somebody else’s is not taken', async () => {
    const [resident, other] = [aResident(), aResident()];
    network.clock.set('2006-05-26T10:00:00+09:00');
    const [own, others] = [await bunkyo.issue(resident, JUKI), await bunkyo.issue(other, JUKI)];
    network.clock.set(FRIDAY_MORNING);
    const taking = issueTo(resident, { handedBack: others.cardNumber });
    expect(await bunkyo.refused(issueCard, taking, 'NOT_FOUND')).toMatchObject({ field: 'handedBack' });
    await bunkyo.issue(resident, { handedBack: own.cardNumber });
    expect((await bunkyo.cardsOf(resident))[0]).toMatchObject({ state: 'RETURNED', invalidBy: 'EXPIRED' });
    expect((await bunkyo.cardsOf(other))[0]).toMatchObject({ state: 'INVALID', invalidBy: 'EXPIRED' });
  });

  it('comes in person, or sends somebody with a letter: a member of the household alone gets no card for others', async () => {
    const { householder, younger } = town.families.find((family) => family.younger.birthDate >= '1995') as Family;
    const forChild = { ...issueTo(younger), notifier: passportOf(householder) };
    await bunkyo.refused(issueCard, forChild, 'NOTIFIER_NOT_ENTITLED');
    const notifier = { ...passportOf(householder), letterOfAttorney: true };
    expect(await bunkyo.ask(issueCard, { ...forChild, notifier })).toMatchObject({ card: { state: 'ACTIVE' } });
  });

  it('is recorded here now: nobody else is issued a card', async () => {
    await bunkyo.refused(issueCard, issueTo(town.deleted('MOVE_OUT')), 'RECORD_DELETED');
    const elsewhere = new Town(network.people, SHINJUKU).singles[0] as ResidentRecord;
    await bunkyo.refused(issueCard, issueTo(elsewhere), 'NOT_FOUND');
  });

  it('who has no card can not lose one, and nobody else is told that there is none', async () => {
    const [resident, other] = [aResident(), aResident()];
    const { residentRecordCode } = resident;
    await bunkyo.refused(loseCard, { notifier: passportOf(resident), residentRecordCode }, 'NOT_FOUND');
    await bunkyo.refused(loseCard, { notifier: passportOf(other), residentRecordCode }, 'NOTIFIER_NOT_ENTITLED');
    expect(await bunkyo.cardsOf(resident)).toEqual([]);
  });

  it('is given no card by a number that was made up', async () => {
    await bunkyo.refused(verifyCard, { card: { cardNumber: 'JC9999999999', pin: PIN } }, 'CARD_INVALID');
  });
});
