import { createPublicKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { ledgerFile } from '#core/places.js';
import { openLedger } from '#core/storage/ledger.js';
import { officeFolder } from '#core/trust/credentials.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { GetIdentificationInformation, GetResidentRecord } from '#scripts/operator/procedures.js';
import { accountOf } from '../support/accounts.js';
import { expectDiscreet } from '../support/bad-input.js';
import { byCard, byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { personalDataIn } from '../support/log-lines.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { https, identityIn, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   counter ──▶ Shinjuku ──── 1 ASKED ────▶ Bunkyo      Where the entry of a step can not be written,
 *                  ▲  4 ANSWERED  3 RECEIVED   │        what the entry accounts for does not leave,
 *                  └───────── data ◀───────────┘        and the answer is INTERNAL (invariant LOG)
 *                                 2 ANSWERED
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

let network: TestNetwork;
let bunkyo: Town;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, BUNKYO, TOKYO] });
  bunkyo = new Town(network.people, BUNKYO);
});
afterEach(() => network.remove());

/** From now on the office's log takes no entry whose text is like this; by default, none at all. */
async function breakLog(office: string, like = '%'): Promise<void> {
  await network.withLedger(office, (ledger) =>
    sql`create trigger broken before insert on audit_entry when new.leaf like ${sql.lit(like)}
        begin select raise(abort, 'the log is full'); end`.execute(ledger),
  );
}

function mendLog(office: string): Promise<unknown> {
  return network.withLedger(office, (ledger) => sql`drop trigger broken`.execute(ledger));
}

/** The names, codes and addresses of the people, as far as they are in what left an office. */
function personalData(left: Buffer | string, people: ResidentRecord[]): string[] {
  const text = left.toString();
  const values = people.flatMap(({ name, residentRecordCode, address }) => [name, residentRecordCode, address]);
  return values.filter((value) => text.includes(value));
}

describe('Bunkyo’s log can not be written', () => {
  beforeEach(() => breakLog(BUNKYO));

  it('lets no copy data leave Bunkyo: the answer to Shinjuku is INTERNAL, and holds nothing of the person', async () => {
    const record = bunkyo.memberOfFour;
    const question = { applicantName: record.name, residentRecordCode: record.residentRecordCode };
    const whole = { ...question, whom: 'WHOM_TO_PRINT_WHOLE_HOUSEHOLD' as const, withHousehold: true };
    // Until its log broke, it kept house: it asked Tokyo for the directory.
    const before = await network.node(BUNKYO).audit.size();
    const line = ProvenLine.between(network, SHINJUKU, BUNKYO);
    const reply = await line.call(ProvideCopyData.path, ProvideCopyData.encodeRequest(whole), {
      metadata: accountOf(),
    });
    line.close();
    expect(reply).toMatchObject({ code: 13, reason: 'INTERNAL', messages: [], details: { office: BUNKYO } });
    expect(personalData(reply.status + reply.title, bunkyo.household(record))).toEqual([]);
    expect(await network.node(BUNKYO).audit.size()).toBe(before);
  });

  it('signs for no answer that it did not log: a receipt would tell what the answer was going to be', async () => {
    const record = bunkyo.memberOfFour;
    const { name: applicantName, residentRecordCode } = record;
    const question = { applicantName, residentRecordCode, whom: 'WHOM_TO_PRINT_APPLICANT' as const };
    const line = ProvenLine.between(network, SHINJUKU, BUNKYO);
    const reply = await line.call(ProvideCopyData.path, ProvideCopyData.encodeRequest(question));
    line.close();
    expect(reply.reason).toBe('INTERNAL');
    expect(reply.receipt).toBeUndefined();
  });

  it.each([overGrpc, overHttps])(
    'hands out no copy in Shinjuku over $way, whose log says that Bunkyo failed',
    async (entrance) => {
      const { reply, entries } = await network.watch(() =>
        entrance.apply(network, SHINJUKU, byCard(bunkyo.cardHolder)),
      );
      expect(reply).toMatchObject({ reason: 'INTERNAL', office: BUNKYO });
      expect(reply.copy).toBeUndefined();
      expect(entries(SHINJUKU).map(({ outcome }) => outcome)).toEqual([null, 'INTERNAL', 'INTERNAL']);
      expect(entries(BUNKYO)).toEqual([]);
    },
  );

  it('lets no refusal leave Bunkyo either: whoever is turned away is told INTERNAL', async () => {
    const line = new RawLine(network.node(BUNKYO).grpcPort, identityIn(officeFolder(network.certs, TOKYO)));
    const denied = await line.call(ProvideCopyData.path);
    line.close();
    const unknown = await https(network.node(BUNKYO).httpPort, operatorOf(network, BUNKYO), { path: '/nowhere' });
    expect(denied.reason).toBe('INTERNAL');
    expect(unknown).toMatchObject({ status: 500, reason: 'INTERNAL' });
  });

  it('shows no record to an operator of Bunkyo', async () => {
    const record = bunkyo.memberOfFour;
    const { residentRecordCode } = record;
    const line = new RawLine(network.node(BUNKYO).grpcPort, operatorOf(network, BUNKYO));
    const question = GetResidentRecord.encodeRequest({ residentRecordCode, purpose: 'a test' });
    const reply = await line.call(GetResidentRecord.path, question);
    line.close();
    expect(reply).toMatchObject({ reason: 'INTERNAL', messages: [] });
    expect(personalData(reply.status, [record])).toEqual([]);
  });

  it('tells the fault in the technical log, without the words of the database and without the person', async () => {
    const before = network.logLines.length;
    await overGrpc.apply(network, SHINJUKU, byPhotoId(bunkyo.memberOfFour));
    const lines = network.logLines.slice(before);
    expect(lines.some((line) => line.includes('"failed"') && line.includes(BUNKYO))).toBe(true);
    expect(lines.join('')).not.toContain('the log is full');
    expect(personalDataIn(lines, network.people)).toEqual([]);
  });

  it('provides again once the log can be written', async () => {
    await overGrpc.apply(network, SHINJUKU, byCard(bunkyo.cardHolder));
    await mendLog(BUNKYO);
    const { reply, entries } = await network.watch(() => overGrpc.apply(network, SHINJUKU, byCard(bunkyo.cardHolder)));
    expect(reply.copy?.records).toHaveLength(1);
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'OK' }]);
  });
});

describe('Bunkyo can not sign for what it answers', () => {
  it('lets no copy data leave, tells so at once, and logs that it failed, without a receipt', async () => {
    const { statements } = network.node(BUNKYO);
    // With a key that only checks signatures.
    statements['key'] = createPublicKey(statements['key']);
    const record = bunkyo.memberOfFour;
    const { name: applicantName, residentRecordCode } = record;
    const question = { applicantName, residentRecordCode, whom: 'WHOM_TO_PRINT_APPLICANT' as const };
    const line = ProvenLine.between(network, SHINJUKU, BUNKYO);
    const { reply, entries } = await network.watch(() =>
      line.call(ProvideCopyData.path, ProvideCopyData.encodeRequest(question)),
    );
    line.close();
    expect(reply).toMatchObject({ code: 13, reason: 'INTERNAL', messages: [], details: { office: BUNKYO } });
    expect(reply.receipt).toBeUndefined();
    expect(personalData(reply.status + reply.title, [record])).toEqual([]);
    const isProved = { proofDigest: expect.stringMatching(/^[0-9a-f]{64}$/), receiptDigest: null };
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'INTERNAL', ...isProved }]);
  });
});

describe.each([overGrpc, overHttps])(
  'Shinjuku’s log can not be written, and somebody applies over $way',
  (entrance) => {
    const apply = () => network.watch(() => entrance.apply(network, SHINJUKU, byPhotoId(bunkyo.cardHolder.record)));

    it('sends Bunkyo no question where the entry that it was asked can not be written', async () => {
      await breakLog(SHINJUKU, '%"event":"ASKED"%');
      const { reply, entries } = await apply();
      expect(reply).toMatchObject({ reason: 'INTERNAL', office: SHINJUKU });
      expect(reply.copy).toBeUndefined();
      expect(entries(BUNKYO)).toEqual([]);
      expect(entries(SHINJUKU)).toMatchObject([{ event: 'ANSWERED', outcome: 'INTERNAL' }]);
    });

    it('makes no copy where the entry that the answer arrived can not be written', async () => {
      await breakLog(SHINJUKU, '%"event":"ANSWER_RECEIVED"%');
      const { reply, entries } = await apply();
      expect(reply).toMatchObject({ reason: 'INTERNAL', office: SHINJUKU });
      expect(personalData(reply.bytes, [bunkyo.cardHolder.record])).toEqual([]);
      expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'OK' }]);
      expect(entries(SHINJUKU).map(({ event, outcome }) => [event, outcome])).toEqual([
        ['ASKED', null],
        ['ANSWERED', 'INTERNAL'],
      ]);
    });

    it('hands out no copy where the entry that it was handed out can not be written', async () => {
      await breakLog(SHINJUKU, '%"event":"ANSWERED"%');
      const { reply } = await apply();
      expect(reply).toMatchObject({ reason: 'INTERNAL', office: SHINJUKU });
      expect(reply.copy).toBeUndefined();
      expect(personalData(reply.bytes, [bunkyo.cardHolder.record])).toEqual([]);
      expectDiscreet([reply.bytes.toString()]);
    });

    it('does nothing at all where no entry can be written', async () => {
      await breakLog(SHINJUKU);
      const { reply, entries } = await apply();
      expect(reply).toMatchObject({ reason: 'INTERNAL', office: SHINJUKU });
      expect([...entries(SHINJUKU), ...entries(BUNKYO)]).toEqual([]);
    });
  },
);

describe('Tokyo’s log can not be written', () => {
  it('shows no identification information to an operator of Tokyo', async () => {
    await network.stop(TOKYO);
    const ledger = await openLedger(ledgerFile(network.data, TOKYO));
    await sql`create trigger broken before insert on audit_entry begin select raise(abort, 'x'); end`.execute(ledger);
    await ledger.destroy();
    await network.start(TOKYO);
    const record = bunkyo.memberOfFour;
    const { residentRecordCode } = record;
    const question = GetIdentificationInformation.encodeRequest({ residentRecordCode, purpose: 'a test' });
    const line = new RawLine(network.node(TOKYO).grpcPort, operatorOf(network, TOKYO));
    const reply = await line.call(GetIdentificationInformation.path, question);
    line.close();
    expect(reply).toMatchObject({ reason: 'INTERNAL', messages: [] });
    expect(personalData(reply.status, [record])).toEqual([]);
  });
});
