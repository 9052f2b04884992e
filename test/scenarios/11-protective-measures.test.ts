import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { withPassport } from '../support/desk.js';
import { atHome, copyAtHome } from '../support/home-copies.js';
import { codesOf, leavingForShinjuku, TODAY } from '../support/notifications.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { cancelMoveOut, endMeasure, listMeasures, moveOut, renewMeasure, setMeasure } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   applicant ── 支援措置 ──▶ Bunkyo: for a year, on the applicant and people at the same address
 *                               │      renewed in its last month, ended, over on moving out
 *   anybody ──▶ Shinjuku ──────▶│ CONTACT_HOME_MUNICIPALITY, whatever the restriction is
 */
describe.each(WAYS)('A resident of Bunkyo is under a protective measure, over $way', ({ way }) => {
  let network: TestNetwork;
  let aCouple: () => Couple;
  let aFamily: () => Family;
  let aResident: () => ResidentRecord;
  let bunkyo: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
    const town = new Town(network.people, BUNKYO);
    aCouple = handingOut(town.couples);
    aFamily = handingOut(town.families);
    aResident = handingOut(town.singles);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  async function protect({ residentRecordCode: applicant }: ResidentRecord, others: ResidentRecord[] = []) {
    const application = { applicant, ...(others.length > 0 && { alsoCovered: codesOf(others) }) };
    return (await bunkyo.act(setMeasure, application, 'PROTECTIVE_MEASURE')).answer.measure;
  }
  const measuresOf = async ({ residentRecordCode }: ResidentRecord) =>
    (await bunkyo.ask(listMeasures, { residentRecordCode, purpose: '支援措置の確認' })).measures;
  const elsewhere = async (record: ResidentRecord) =>
    (await overGrpc.apply(network, SHINJUKU, byPhotoId(record))).reason;
  const longPassport = { expiresOn: '2030-01-01' };

  it('has it for a year from the day on which it is set, the last day included', async () => {
    const [victim] = aCouple();
    const measure = await protect(victim);
    const { residentRecordCode } = victim;
    expect(measure).toMatchObject({ applicant: residentRecordCode, covered: [residentRecordCode] });
    expect(measure).toMatchObject({ from: TODAY, until: '2017-05-26' });
    expect(await measuresOf(victim)).toEqual([measure]);
    network.clock.set('2017-05-26T10:00:00+09:00');
    expect(await elsewhere(victim)).toBe('CONTACT_HOME_MUNICIPALITY');
    network.clock.set('2017-05-29T10:00:00+09:00');
    expect(await elsewhere(victim)).toBeUndefined();
  });

  it('covers people at the same address besides, and nobody at another one', async () => {
    const couple = aCouple();
    const stranger = aResident();
    const body = { applicant: couple[0].residentRecordCode, alsoCovered: codesOf([stranger]) };
    await bunkyo.refused(setMeasure, body, 'ADDRESS_CONTRADICTED');
    const measure = await protect(couple[0], [couple[1]]);
    expect(new Set(measure.covered)).toEqual(new Set(codesOf(couple)));
    expect(await measuresOf(couple[1])).toEqual([measure]);
    expect(await elsewhere(couple[1])).toBe('CONTACT_HOME_MUNICIPALITY');
  });

  it('is found by an application elsewhere as any restriction is, and was not before it was set', async () => {
    const [victim] = aCouple();
    expect(await elsewhere(victim)).toBeUndefined();
    await protect(victim);
    const measured = await overGrpc.apply(network, SHINJUKU, byPhotoId(victim));
    const corrected = new Town(network.people, BUNKYO).restricted('RECORD_UNDER_CORRECTION');
    const other = await overGrpc.apply(network, SHINJUKU, byPhotoId(corrected));
    expect(measured.reason).toBe('CONTACT_HOME_MUNICIPALITY');
    expect(measured.bytes).toEqual(other.bytes);
  });

  it('lets nobody of the household have a copy at home that shows the victim, but the victim', async () => {
    const [victim, other] = aCouple();
    await protect(victim);
    const whole = { whom: { kind: 'WHOLE_HOUSEHOLD' as const } };
    const asked = async (who: ResidentRecord) => copyAtHome(network, BUNKYO, atHome(who, {}, whole), way);
    expect((await asked(other)).reason).toBe('CONTACT_HOME_MUNICIPALITY');
    expect((await asked(victim)).copy?.text).toContain(victim.name);
  });

  it('is refused a second one while the first is in force', async () => {
    const [victim] = aCouple();
    await protect(victim);
    await bunkyo.refused(setMeasure, { applicant: victim.residentRecordCode }, 'NOTHING_CHANGES');
  });

  it('is renewed in its last month, and not on the day before that', async () => {
    const [victim] = aCouple();
    const { measureId } = await protect(victim);
    network.clock.set('2017-04-26T23:59:59+09:00');
    await bunkyo.refused(renewMeasure, { measureId }, 'RENEWAL_TOO_EARLY');
    network.clock.set('2017-04-27T00:00:00+09:00');
    const { answer } = await bunkyo.act(renewMeasure, { measureId }, 'PROTECTIVE_MEASURE');
    expect(answer.measure).toMatchObject({ measureId, from: TODAY, until: '2018-05-26' });
    expect(await measuresOf(victim)).toEqual([answer.measure]);
    await bunkyo.refused(renewMeasure, { measureId }, 'RENEWAL_TOO_EARLY');
    network.clock.set('2018-05-25T10:00:00+09:00');
    expect(await elsewhere(victim)).toBe('CONTACT_HOME_MUNICIPALITY');
  });

  it('is renewed on its last day, and no more on the day after, when it can be set anew', async () => {
    const [one, other] = [aCouple()[0], aCouple()[0]];
    const [first, second] = [await protect(one), await protect(other)];
    network.clock.set('2017-05-26T23:59:59+09:00');
    await bunkyo.act(renewMeasure, { measureId: first.measureId }, 'PROTECTIVE_MEASURE');
    network.clock.set('2017-05-27T00:00:00+09:00');
    await bunkyo.refused(renewMeasure, { measureId: second.measureId }, 'NOT_IN_FORCE');
    expect(await protect(other)).toMatchObject({ from: '2017-05-27', until: '2018-05-26' });
  });

  it('has none any more from the day on which the applicant says so', async () => {
    const [victim] = aCouple();
    const { measureId } = await protect(victim);
    network.clock.set('2016-06-06T10:00:00+09:00');
    const { answer } = await bunkyo.act(endMeasure, { measureId }, 'PROTECTIVE_MEASURE');
    expect(answer.measure).toMatchObject({ measureId, endedOn: '2016-06-06', until: '2017-05-26' });
    expect(await elsewhere(victim)).toBeUndefined();
    await bunkyo.refused(endMeasure, { measureId }, 'NOT_IN_FORCE');
    await bunkyo.refused(renewMeasure, { measureId }, 'NOT_IN_FORCE');
  });

  it('loses it on moving out, and has it again where the move-out is taken back', async () => {
    const couple = aCouple();
    const { measureId } = await protect(couple[0], [couple[1]]);
    const out = await bunkyo.receipt(moveOut, leavingForShinjuku(couple), 'MOVE_OUT');
    expect(await measuresOf(couple[0])).toMatchObject([{ measureId, endedOn: TODAY }]);
    const back = {
      notifier: withPassport(couple[0]),
      certificates: out.certificates.map(({ payload }) => payload),
      people: codesOf(couple),
    };
    await bunkyo.receipt(cancelMoveOut, back, 'MOVE_OUT_CANCELLATION');
    const [resumed] = await measuresOf(couple[0]);
    expect(resumed).toMatchObject({ measureId, until: '2017-05-26' });
    expect(resumed).not.toHaveProperty('endedOn');
    expect([await elsewhere(couple[0]), await elsewhere(couple[1])]).toEqual([
      'CONTACT_HOME_MUNICIPALITY',
      'CONTACT_HOME_MUNICIPALITY',
    ]);
  });

  it('keeps one that was ended by the applicant ended, although a move-out of the same day is taken back', async () => {
    const [, victim] = aCouple();
    const { measureId } = await protect(victim);
    await bunkyo.act(endMeasure, { measureId }, 'PROTECTIVE_MEASURE');
    const out = await bunkyo.receipt(moveOut, leavingForShinjuku([victim]), 'MOVE_OUT');
    const certificates = out.certificates.map(({ payload }) => payload);
    const relationships = [{ residentRecordCode: victim.residentRecordCode, relationship: victim.relationship }];
    const back = { notifier: withPassport(victim), certificates, people: codesOf([victim]), relationships };
    await bunkyo.receipt(cancelMoveOut, back, 'MOVE_OUT_CANCELLATION');
    expect(await measuresOf(victim)).toMatchObject([{ measureId, endedOn: TODAY }]);
  });

  it('keeps it when somebody whom it covers besides moves out, who has it no more', async () => {
    const { householder: victim, younger: other } = aFamily();
    await protect(victim, [other]);
    const leaving = leavingForShinjuku([other], { notifier: withPassport(victim) });
    await bunkyo.receipt(moveOut, leaving, 'MOVE_OUT');
    expect(await elsewhere(victim)).toBe('CONTACT_HOME_MUNICIPALITY');
    const [measure] = await measuresOf(victim);
    expect(measure).not.toHaveProperty('endedOn');
  });

  it('is looked up for a purpose, which the log keeps, and is found by nobody without one', async () => {
    const victim = aResident();
    await protect(victim);
    const { entries } = await network.watch(() => measuresOf(victim));
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', purpose: '支援措置の確認', outcome: 'OK' }]);
    const { residentRecordCode } = victim;
    await bunkyo.refused(listMeasures, { residentRecordCode, purpose: ' ' }, 'INVALID_REQUEST');
  });

  it('proves themselves at the own counter after the year too, and then needs no measure of their own', async () => {
    const victim = aResident();
    await protect(victim);
    network.clock.set('2017-05-29T10:00:00+09:00');
    const { copy } = await copyAtHome(network, BUNKYO, atHome(victim, longPassport), way);
    expect(copy?.text).toContain(victim.name);
  });
});
