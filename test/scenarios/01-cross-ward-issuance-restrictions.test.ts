import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import type { RestrictionKind } from '#municipality/domain/protection/restriction.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { accountOf, anExchange } from '../support/accounts.js';
import { byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { applyingOver, expectRefusedByHome } from '../support/refusals.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   applicant ──▶ Shinjuku ── ProvideCopyData ──▶ Bunkyo: the record is under a protective measure,
 *                    ▲                              │     or under correction; nobody outside can tell which
 *                    └── CONTACT_HOME_MUNICIPALITY ─┤
 *                                                   └──▶ an officer of Bunkyo is told
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const PROTECTED: RestrictionKind = 'PROTECTIVE_MEASURE';
const CORRECTED: RestrictionKind = 'RECORD_UNDER_CORRECTION';

let network: TestNetwork;
let bunkyo: Town;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  bunkyo = new Town(network.people, BUNKYO);
});
afterEach(() => network.remove());

/** What officers of Bunkyo have been told. */
function notices() {
  return network.withLedger(BUNKYO, (ledger) => ledger.selectFrom('officer_notice').selectAll().execute());
}

describe.each([overGrpc, overHttps])(
  'A copy of a record that Bunkyo restricts is asked for in Shinjuku, over $way',
  (entrance) => {
    const apply = applyingOver(entrance, () => network);

    it.each([PROTECTED, CORRECTED])(
      'refuses under %s as CONTACT_HOME_MUNICIPALITY, and tells an officer at home',
      async (kind) => {
        const record = bunkyo.restricted(kind);
        const applied = await apply(byPhotoId(record));
        const exchange = applied.entries(BUNKYO)[0]?.exchange;
        const told = { exchange, record_id: record.recordId, asked_by: SHINJUKU, kind, at: '2016-05-27T01:00:00.000Z' };
        expectRefusedByHome(applied, 'CONTACT_HOME_MUNICIPALITY');
        expect(await notices()).toMatchObject([told]);
      },
    );

    it('refuses a protective measure and a record under correction with the very same bytes', async () => {
      const [one, other] = [bunkyo.restricted(PROTECTED), bunkyo.restricted(CORRECTED)];
      const [underProtection, underCorrection] = [await apply(byPhotoId(one)), await apply(byPhotoId(other))];
      expectRefusedByHome(underProtection, 'CONTACT_HOME_MUNICIPALITY');
      expectRefusedByHome(underCorrection, 'CONTACT_HOME_MUNICIPALITY');
      expect(underCorrection.reply.bytes.toString('latin1')).toBe(underProtection.reply.bytes.toString('latin1'));
    });

    it('refuses the whole household for the sake of one member, whom it names to nobody but the officer', async () => {
      const restricted = bunkyo.restricted(CORRECTED);
      const spouse = bunkyo.household(restricted).find((one) => one.recordId !== restricted.recordId) as ResidentRecord;
      const alone = await apply(byPhotoId(spouse));
      const whole = await apply(byPhotoId(spouse, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' } }));
      expect(alone.reply.copy?.records).toHaveLength(1);
      expectRefusedByHome(whole, 'CONTACT_HOME_MUNICIPALITY');
      expect((await notices()).map((notice) => notice.record_id)).toEqual([restricted.recordId]);
    });

    it('tells nobody anything where the name does not fit the code of the restricted record', async () => {
      const { residentRecordCode } = bunkyo.restricted(PROTECTED);
      const applied = await apply(byPhotoId({ name: '誰でもない', residentRecordCode }));
      expectRefusedByHome(applied, 'NOT_FOUND');
      expect(await notices()).toEqual([]);
    });

    it('answers under a protective measure alike, whether the person named to print lives there or not', async () => {
      const record = bunkyo.restricted(PROTECTED);
      const child = bunkyo.household(record).find((one) => one.recordId !== record.recordId) as ResidentRecord;
      const printing = (name: string) => byPhotoId(record, {}, { whom: { kind: 'NAMED_MEMBERS', names: [name] } });
      const [there, notThere] = [await apply(printing(child.name)), await apply(printing('存在 しない'))];
      expectRefusedByHome(there, 'CONTACT_HOME_MUNICIPALITY');
      expectRefusedByHome(notThere, 'CONTACT_HOME_MUNICIPALITY');
      expect(notThere.reply.bytes.toString()).toBe(there.reply.bytes.toString());
    });

    it.each([
      { kind: PROTECTED, lastDay: '2017-01-11', dayAfter: '2017-01-12' },
      { kind: CORRECTED, lastDay: '2016-06-20', dayAfter: '2016-06-21' },
    ])('refuses under $kind on its last day, and issues the copy a day later', async ({ kind, lastDay, dayAfter }) => {
      const application = byPhotoId(bunkyo.restricted(kind));
      network.clock.set(`${lastDay}T16:59:00+09:00`);
      expectRefusedByHome(await apply(application), 'CONTACT_HOME_MUNICIPALITY');
      network.clock.set(`${dayAfter}T09:00:00+09:00`);
      expect((await apply(application)).reply.copy?.records).toHaveLength(1);
    });
  },
);

describe('Shinjuku asks Bunkyo about restricted records on the line itself', () => {
  const ask = async (record: ResidentRecord, exchange: string) => {
    const line = ProvenLine.between(network, SHINJUKU, BUNKYO);
    const { name: applicantName, residentRecordCode } = record;
    const question = { applicantName, residentRecordCode, whom: 'WHOM_TO_PRINT_APPLICANT' as const };
    const metadata = accountOf(exchange);
    const reply = await line.call(ProvideCopyData.path, ProvideCopyData.encodeRequest(question), { metadata });
    line.close();
    return reply;
  };

  it('gets code, title and trailer alike to the byte, whichever the restriction is', async () => {
    const underProtection = await ask(bunkyo.restricted(PROTECTED), anExchange(1));
    const underCorrection = await ask(bunkyo.restricted(CORRECTED), anExchange(2));
    expect(underProtection.reason).toBe('CONTACT_HOME_MUNICIPALITY');
    expect(underProtection.details).toEqual({ office: BUNKYO });
    const { receipt, ...told } = underProtection;
    const { receipt: other, ...toldElse } = underCorrection;
    expect(toldElse).toEqual(told);
    expect([other?.signature.length, other?.certificate]).toEqual([64, receipt?.certificate]);
  });

  it('has an officer told of each question, and answers none that Shinjuku gives the name of one before, however long ago', async () => {
    const record = bunkyo.restricted(PROTECTED);
    await ask(record, anExchange(3));
    network.clock.set('2016-05-27T11:00:00+09:00');
    expect((await ask(record, anExchange(3))).reason).toBe('REPLAYED');
    await ask(record, anExchange(4));
    const told = (await notices()).map(({ at }) => at).sort();
    expect(told).toEqual(['2016-05-27T01:00:00.000Z', '2016-05-27T02:00:00.000Z']);
  });
});
