import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '#core/domain/digest.js';
import { PROOF_WINDOW_MS, type ReceiptStatement, receiptBytes } from '#core/domain/proof.js';
import { Refusal } from '#core/domain/refusal.js';
import { statusOf } from '#core/rpc/status.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { copyRecordOf } from '#municipality/domain/issuance/copy-record.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { copyRecordMessage } from '#municipality/wire/copy-record-message.js';
import { anExchange } from '../support/accounts.js';
import { expectDiscreet } from '../support/bad-input.js';
import { byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { FalseHome, receiptTrailer, type Signs } from '../support/false-home.js';
import { shownLog, whoAnswered } from '../support/hold-evidence.js';
import { personalDataIn } from '../support/log-lines.js';
import { BUNKYO, SHINJUKU, SUGINAMI } from '../support/offices.js';
import { Town } from '../support/people.js';
import { applyingOver } from '../support/refusals.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { strangeAuthority, TestPki } from '../support/test-pki.js';

/*
 *   applicant ──▶ Shinjuku ──── question, proof ─────────────▶ somebody with Bunkyo's own certificate
 *                    │  ◀── a good answer, a bad receipt ──────
 *                    └─▶ INTERNAL: what Bunkyo could deny, is not used, and nothing is printed
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

let network: TestNetwork;
let home: FalseHome;
let applicant: ResidentRecord;
let answer: Buffer;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  applicant = new Town(network.people, BUNKYO).memberOfFour;
  const record = copyRecordOf(applicant, applicant.name, { household: false, residentRecordCode: false });
  answer = ProvideCopyData.encodeResponse({ records: [copyRecordMessage(record)] });
  home = await FalseHome.inPlaceOfBunkyo(network);
});
beforeEach(() => {
  home.says = answer;
  home.signs = home.asBunkyo;
  home.signsRefusal = async () => undefined;
});
afterAll(async () => {
  home.stop();
  await network.remove();
});

/** Signs as Bunkyo, over what is due but for this. */
function over(other: Partial<ReceiptStatement>): Signs {
  return (due, call) => home.asBunkyo({ ...due, ...other }, call);
}

/** Signs what is due, with a time so many milliseconds from now, which its signature is over. */
function ofAnotherTime(ms: number): Signs {
  return (due, call) => home.asBunkyo({ ...due, answeredAt: new Date(due.answeredAt.getTime() + ms) }, call);
}

/** Signs what is due, with the key and certificate of somebody else. */
function as(statements: () => Statements): Signs {
  return async (due) => receiptTrailer(await statements().sign(receiptBytes(due), due.answeredAt));
}

function suginami(): Statements {
  return new Statements(loadCredentials(officeFolder(network.certs, SUGINAMI)));
}

/** Bunkyo's name, by an authority that is named as the network's own is. */
function impostor(): Statements {
  const { cert, key } = new TestPki(network.certs).issue({ by: strangeAuthority(), names: [`juki://${BUNKYO}`] });
  const { trusted } = loadCredentials(officeFolder(network.certs, BUNKYO));
  return new Statements({ key: Buffer.from(key), certificate: Buffer.from(cert), trusted });
}

/** An operator of Bunkyo, who has no say in what Bunkyo answers. */
function operator(): Statements {
  const names = [`juki://${BUNKYO}/operator/operator-1`];
  const { cert, key } = new TestPki(network.certs).issue({ by: 'operators', names });
  const { trusted } = loadCredentials(officeFolder(network.certs, BUNKYO));
  return new Statements({ key: Buffer.from(key), certificate: Buffer.from(cert), trusted });
}

const but =
  (change: (trailer: Record<string, string | Buffer>) => Record<string, string | Buffer>): Signs =>
  async (due, call) =>
    change((await home.asBunkyo(due, call)) ?? {});

const BAD: [string, Signs][] = [
  ['no receipt', async () => undefined],
  ['a receipt of another exchange', over({ exchange: anExchange(9) })],
  ['a receipt over other bytes', over({ answer: Buffer.from('something else') })],
  [
    'a receipt of another outcome',
    (due, call) => home.asBunkyo({ ...due, outcome: due.outcome === 'OK' ? 'NOT_FOUND' : 'OK' }, call),
  ],
  ['a receipt over another proof', over({ proof: Buffer.alloc(64, 1) })],
  ['a receipt in another office’s name', over({ answering: SUGINAMI })],
  ['a receipt under Suginami’s key and certificate', as(suginami)],
  ['a receipt under a certificate for Bunkyo of another authority', as(impostor)],
  ['a receipt under an operator’s certificate', as(operator)],
  [
    'Suginami’s signature under Bunkyo’s certificate',
    async (due, call) => {
      const { 'juki-receipt-bin': signature = '' } = (await as(suginami)(due, call)) ?? {};
      return { ...(await home.asBunkyo(due, call)), 'juki-receipt-bin': signature };
    },
  ],
  ['a receipt of longer before the question than clocks may be apart', ofAnotherTime(-PROOF_WINDOW_MS - 1)],
  ['a receipt of further ahead than clocks may be apart', ofAnotherTime(PROOF_WINDOW_MS + 1)],
  ['a receipt that tells another time than it was signed with', but((due) => ({ ...due, 'juki-answered-at': '1' }))],
  ['a receipt without its time', but(({ 'juki-answered-at': _at, ...others }) => others)],
  ['a receipt without its certificate', but(({ 'juki-receipter-bin': _der, ...others }) => others)],
  ['a receipt of a byte too few', but((due) => ({ ...due, 'juki-receipt-bin': Buffer.alloc(63, 1) }))],
  ['noise for a certificate', but((due) => ({ ...due, 'juki-receipter-bin': Buffer.alloc(500, 0x5a) }))],
  [
    'the question’s own proof for a receipt',
    async (_due, { metadata }) => ({
      'juki-answered-at': String(metadata.get('juki-asked-at')[0]),
      'juki-receipt-bin': metadata.get('juki-proof-bin')[0] as Buffer,
      'juki-receipter-bin': metadata.get('juki-prover-bin')[0] as Buffer,
    }),
  ],
];

describe.each([overGrpc, overHttps])('Bunkyo answers Shinjuku over $way', (entrance) => {
  const apply = applyingOver(entrance, () => network);

  it('with a receipt that holds: the copy is handed out, and Shinjuku keeps it', async () => {
    const { reply, entries } = await apply(byPhotoId(applicant));
    const [asked, received] = entries(SHINJUKU);
    expect(reply.copy?.records.map(({ name }) => name)).toEqual([applicant.name]);
    expect([asked?.proofDigest, received?.receiptDigest]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
  });

  it.each(BAD)('with %s: the answer is not used, and nothing is printed', async (_what, signs) => {
    home.signs = signs;
    const before = network.logLines.length;
    const { reply, entries } = await apply(byPhotoId(applicant));
    const lines = network.logLines.slice(before);
    const [asked] = entries(SHINJUKU);
    const answerDigest = digestOf(asked?.nonce ?? '', answer);
    expect(reply).toMatchObject({ reason: 'INTERNAL', office: BUNKYO });
    expect(reply.copy).toBeUndefined();
    expectDiscreet([reply.bytes.toString(), ...lines], [applicant.name, applicant.residentRecordCode]);
    expect(personalDataIn(lines, network.people)).toEqual([]);
    expect(entries(SHINJUKU)).toMatchObject([
      { event: 'ASKED', outcome: null, receiptDigest: null },
      { event: 'ANSWER_RECEIVED', outcome: 'INTERNAL', answerDigest, receiptDigest: null },
      { event: 'ANSWERED', outcome: 'INTERNAL' },
    ]);
  });
});

describe('Bunkyo answers Shinjuku with bytes that are no answer, and signs for them', () => {
  it('so that they are not used, and Shinjuku keeps the receipt: Bunkyo is held to what it sent', async () => {
    home.says = Buffer.concat([answer, Buffer.from([0x4a, 0x01, 0x41])]);
    const { reply, entries } = await applyingOver(overGrpc, () => network)(byPhotoId(applicant));
    expect(reply).toMatchObject({ reason: 'INTERNAL', office: BUNKYO });
    expect(entries(SHINJUKU)[1]).toMatchObject({
      ...{ event: 'ANSWER_RECEIVED', outcome: 'OK', receiptDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const exchange = entries(SHINJUKU)[1]?.exchange ?? '';
    const authority = new X509Certificate(loadCredentials(officeFolder(network.certs, BUNKYO)).officesAuthority);
    expect(whoAnswered(await shownLog(network.node(SHINJUKU)), exchange, authority)).toBe(BUNKYO);
  });
});

describe('Bunkyo refuses Shinjuku', () => {
  const apply = applyingOver(overGrpc, () => network);
  const refusal = () => statusOf(new Refusal('NOT_FOUND', { office: BUNKYO }));

  it.each(BAD)('with %s: it is a refusal all the same, and no receipt is kept', async (_what, signs) => {
    home.says = refusal();
    home.signsRefusal = signs;
    const { reply, entries } = await apply(byPhotoId(applicant));
    expect(reply).toMatchObject({ reason: 'NOT_FOUND', office: BUNKYO });
    expect(entries(SHINJUKU)[1]).toMatchObject({ event: 'ANSWER_RECEIVED', outcome: 'NOT_FOUND', receiptDigest: null });
  });

  it('with a receipt that holds: it is kept', async () => {
    home.says = refusal();
    home.signsRefusal = home.asBunkyo;
    const { entries } = await apply(byPhotoId(applicant));
    expect(entries(SHINJUKU)[1]?.receiptDigest).toMatch(/^[0-9a-f]{64}$/);
  });
});
