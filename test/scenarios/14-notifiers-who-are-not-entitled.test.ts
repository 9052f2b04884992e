import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { codesOf, firstRecord, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { changeOfAddress, codeChange, moveIn, moveOut } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   person concerned, member of the household, agent with a letter ──▶ Bunkyo: taken, and kept with the act
 *   anybody else, or nobody that a document proves ──────────────────▶ refused, without a trace
 */
describe.each(WAYS)('Somebody comes to the counter of Bunkyo for other people, over $way', ({ way }) => {
  let network: TestNetwork;
  let aCouple: () => Couple;
  let bunkyo: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [BUNKYO] });
    aCouple = handingOut(new Town(network.people, BUNKYO).couples);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
  });
  afterAll(() => network.remove());

  const passport = (name: string, more: object = {}) => ({
    notifier: { photoId: { kind: 'PASSPORT', expiresOn: '2020-01-01', name, ...more } },
  });

  it('is refused as a neighbour, and is no agent without a letter of attorney', async () => {
    const [couple, [neighbour]] = [aCouple(), aCouple()];
    const leaving = leavingForShinjuku(couple, { notifier: withPassport(neighbour) });
    await bunkyo.refused(moveOut, leaving, 'NOTIFIER_NOT_ENTITLED');
    const notifier = withPassport(neighbour, { letterOfAttorney: true });
    await bunkyo.receipt(moveOut, { ...leaving, notifier }, 'MOVE_OUT');
    expect((await bunkyo.newest(couple[0])).act).toMatchObject({ notifierStanding: 'AGENT' });
  });

  it('is refused as a member of the household that the people want to join', async () => {
    const [[, mover], [host]] = [aCouple(), aCouple()];
    const relationships = [{ residentRecordCode: mover.residentRecordCode, relationship: '同居人' }];
    const joining = {
      ...{ movedOn: '2016-05-20', address: host.address, movers: codesOf([mover]) },
      ...{ joinHouseholdOf: host.residentRecordCode, relationships, notifier: withPassport(host) },
    };
    await bunkyo.refused(changeOfAddress, joining, 'NOTIFIER_NOT_ENTITLED');
  });

  it.each([
    { what: 'a passport that expired yesterday', shown: { expiresOn: '2016-05-26' }, reason: 'ID_EXPIRED' as const },
    { what: 'a health insurance card', shown: { kind: 'HEALTH_INSURANCE_CARD' }, reason: 'ID_NOT_ACCEPTED' as const },
    { what: 'a student card', shown: { kind: 'STUDENT_OR_EMPLOYEE_CARD' }, reason: 'ID_NOT_ACCEPTED' as const },
  ])('is refused who shows $what, the person concerned too', async ({ shown, reason }) => {
    const couple = new Town(network.people, BUNKYO).couples[0] as Couple;
    await bunkyo.refused(moveOut, leavingForShinjuku(couple, passport(couple[0].name, shown)), reason);
  });

  it('is taken who shows a passport on its last day', async () => {
    const couple = aCouple();
    const leaving = leavingForShinjuku(couple, passport(couple[0].name, { expiresOn: '2016-05-27' }));
    expect(await bunkyo.receipt(moveOut, leaving, 'MOVE_OUT')).toMatchObject({ late: false });
  });

  it('is refused who shows a card that does not exist, or nothing', async () => {
    const couple = new Town(network.people, BUNKYO).couples[0] as Couple;
    const card = { notifier: { card: { cardNumber: 'JC0000000000', pin: '0000' } } };
    await bunkyo.refused(moveOut, leavingForShinjuku(couple, card), 'CARD_INVALID');
    const nothing = { notifier: { letterOfAttorney: true } };
    await bunkyo.refused(moveOut, leavingForShinjuku(couple, nothing), 'INVALID_REQUEST');
  });

  it('is not told from somebody of the same name by a document that shows no birth date', async () => {
    const [one, other] = new Town(network.people, BUNKYO).namesakes;
    const leaving = (birthDate?: string) => leavingForShinjuku([one], passport(one.name, { birthDate }));
    expect(other.name).toBe(one.name);
    await bunkyo.refused(moveOut, leaving(), 'AMBIGUOUS');
    await bunkyo.refused(moveOut, leaving('1970-01-01'), 'NOTIFIER_NOT_ENTITLED');
  });

  it('is refused who shows a card of their own for somebody of the same name: the card tells the two apart', async () => {
    const { record, card } = new Town(network.people, BUNKYO).cardHolder;
    const { residentRecordCodes } = await bunkyo.receipt(moveIn, firstRecord(record.name), 'MOVE_IN');
    const [residentRecordCode = ''] = residentRecordCodes;
    const notifier = { card: { cardNumber: card.cardNumber, pin: card.pin } };
    const namesake: ResidentRecord = { ...record, residentRecordCode };
    // The chip has answered, and that is counted: otherwise nothing is done.
    const leaving = await bunkyo.try(moveOut, leavingForShinjuku([namesake], { notifier }));
    const changing = await bunkyo.try(codeChange, { notifier, residentRecordCode });
    expect([leaving.refusal?.reason, changing.refusal?.reason]).toEqual([
      ...['NOTIFIER_NOT_ENTITLED', 'NOTIFIER_NOT_ENTITLED'],
    ]);
    expect(await bunkyo.record({ residentRecordCode })).toMatchObject({ name: record.name });
  });
});
