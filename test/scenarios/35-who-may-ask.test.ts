import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { revokeCertificates, whomOf } from '#scripts/certificates/revoke-certificate.js';
import {
  agencyOf,
  application,
  itemsOf,
  LAND_MINISTRY,
  LICENCE,
  PENSION_SERVICE,
  refusalOf,
  register,
  revoke,
  statusReport,
} from '../support/agencies.js';
import { hold } from '../support/batches.js';
import { aHolding } from '../support/changes.js';
import { Looking } from '../support/looking.js';
import { BUNKYO, NATIONAL } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { aCode } from '../support/records.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   an operator of the centre ── registers, revokes ──▶ national centre ◀── asks ── land ministry
 *   npm run certs -- --revoke agency/land-ministry ───▶
 */
const REGISTERED = {
  name: LAND_MINISTRY,
  bodies: ['国土交通省'],
  purposes: [{ statutoryPurpose: LICENCE, fields: ['NAME', 'ADDRESS'] }],
};

let net: TestNetwork;
let looking: Looking;
let person: { residentRecordCode: string };

beforeEach(async () => {
  looking = new Looking();
  net = await startTestNetwork({ offices: [NATIONAL], laterForCredentials: looking.later });
  person = handingOut(new Town(net.people, BUNKYO).residents)();
});
afterEach(() => net.remove());

async function ask(agency = agencyOf(net, LAND_MINISTRY), inquiry = application('NAME')) {
  const { residentRecordCode } = person;
  const answer = await agency.provide(inquiry, { residentRecordCode }).catch(({ reason }) => reason ?? 'no refusal');
  agency.close();
  return typeof answer === 'string' ? answer : answer.outcome;
}

describe('An agency that is revoked', () => {
  it('is told nothing from that moment on, over a connection that is open too, and again once it is registered anew', async () => {
    const agency = agencyOf(net, LAND_MINISTRY);
    const { residentRecordCode } = person;
    expect(await agency.provide(application('NAME'), { residentRecordCode })).toMatchObject({ outcome: 'PROVIDED' });
    await revoke(net, LAND_MINISTRY);
    const asks = () => agency.provide(application('NAME'), { residentRecordCode });
    expect((await refusalOf(asks())).reason).toBe('AGENCY_NOT_REGISTERED');
    expect((await refusalOf(agency.purposes())).reason).toBe('AGENCY_NOT_REGISTERED');
    expect(await ask(agencyOf(net, PENSION_SERVICE), statusReport('NAME'))).toBe('PROVIDED');
    expect(await register(net, REGISTERED)).toBeUndefined();
    expect(await asks()).toMatchObject({ outcome: 'PROVIDED' });
    agency.close();
  });
});

describe('An agency whose certificate is revoked', () => {
  it('is not let in any more, and with another certificate it is', async () => {
    const asks = () => ask(agencyOf(net, LAND_MINISTRY, { later: (act) => act() }));
    expect(await asks()).toBe('PROVIDED');
    const revoked = revokeCertificates(net.certs, whomOf(`agency/${LAND_MINISTRY}`), new Date(), 'keyCompromise');
    ensureCertificates(net.network, net.certs, new Date());
    looking.now();
    expect([revoked, await asks()]).toEqual([1, 'CALLER_UNKNOWN']);
    ensureCertificates(net.network, net.certs, new Date(), { reissue: `juki://agency/${LAND_MINISTRY}` });
    looking.now();
    expect(await asks()).toBe('PROVIDED');
  });
});

describe('A registration', () => {
  it('holds for a purpose until its last day, and not a day longer', async () => {
    await register(net, { ...REGISTERED, purposes: [{ ...REGISTERED.purposes[0], until: '2016-05-27' }] });
    const agency = agencyOf(net, LAND_MINISTRY);
    expect(await agency.purposes()).toMatchObject([{ id: LICENCE, until: '2016-05-27' }]);
    net.clock.set('2016-05-27T23:59:59+09:00');
    expect(await ask()).toBe('PROVIDED');
    net.clock.set('2016-05-28T00:00:00+09:00');
    expect(await ask()).toBe('PURPOSE_NOT_IN_FORCE');
    expect(await agency.purposes()).toEqual([]);
    agency.close();
  });

  it('covers no more fields than it names', async () => {
    await register(net, REGISTERED);
    expect(await ask(agencyOf(net, LAND_MINISTRY), application('NAME', 'SEX'))).toBe('FIELD_NOT_COVERED');
  });

  it('names no purpose that is not for the bodies, be it another table’s, and none twice', async () => {
    const [purpose] = REGISTERED.purposes;
    for (const statutoryPurpose of ['TABLE_1_ITEM_77', 'TABLE_2_ITEM_1', 'TABLE_1_ITEM_999'])
      expect(await register(net, { ...REGISTERED, purposes: [{ ...purpose, statutoryPurpose }] })).toBe(
        'PURPOSE_NOT_ALLOWED',
      );
    expect(await register(net, { ...REGISTERED, purposes: [purpose, purpose] })).toBe('INVALID_REQUEST');
    expect(await ask()).toBe('PROVIDED');
  });
});

describe('Somebody whom the centre holds', () => {
  it('is not told of while what is held is known to be wrong; the log names them, and says that nothing was given', async () => {
    await net.withIdentityLedger(NATIONAL, async (ledger) => {
      const rows = ledger.updateTable('identification_information').set({ quarantined_at: '2016-05-27T09:00:00Z' });
      await rows.where('resident_record_code', '=', person.residentRecordCode).execute();
    });
    const { reply, entries } = await net.watch(() => ask());
    expect(reply).toBe('IN_QUARANTINE');
    expect(entries(NATIONAL).at(-1)).toMatchObject({
      ...{ outcome: 'OK', subjects: [expect.any(String)], provision: { given: [['NOTHING', 1]] } },
    });
  });

  it('is nobody where another has the same four items, and is found by the code all the same', async () => {
    const [one, other] = [aHolding(), aHolding({ residentRecordCode: aCode(2) })];
    await hold(net, [one, other]);
    const agency = agencyOf(net, LAND_MINISTRY);
    const { residentRecordCode } = one.identification;
    expect(await agency.provide(application('NAME'), itemsOf(one.identification))).toEqual({ outcome: 'NOT_FOUND' });
    expect(await agency.provide(application('NAME'), { residentRecordCode })).toMatchObject({ outcome: 'PROVIDED' });
    agency.close();
  });
});
