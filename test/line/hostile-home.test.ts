import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '#core/domain/digest.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { statusOf } from '#core/rpc/status.js';
import type { CopyRecord } from '#core/wire/generated/juki/issuance/v1/CopyRecord.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { encodeRefusal, STATUS_TRAILER } from '#core/wire/refusal-status.js';
import { copyRecordOf } from '#municipality/domain/issuance/copy-record.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { copyRecordMessage } from '#municipality/wire/copy-record-message.js';
import { expectDiscreet } from '../support/bad-input.js';
import { byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { FalseHome, type Says } from '../support/false-home.js';
import { personalDataIn } from '../support/log-lines.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { applyingOver } from '../support/refusals.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   applicant ──▶ Shinjuku ──── question ────▶ somebody with Bunkyo's own certificate
 *                    │  ◀── anything at all ──
 *                    └─▶ a reason of its own table, in its own words, and nothing is printed
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const WORDS = '世帯主は秘密花子、暗証番号は7391';
const PLAIN = { household: false, residentRecordCode: false };

let network: TestNetwork;
/** It signs for its answers as Bunkyo would: of those without a receipt, hostile-receipts tells. */
let home: FalseHome;
let applicant: ResidentRecord;
let neighbour: ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  const bunkyo = new Town(network.people, BUNKYO);
  applicant = bunkyo.memberOfFour;
  neighbour = bunkyo.household(applicant).find(({ recordId }) => recordId !== applicant.recordId) as ResidentRecord;
  home = await FalseHome.inPlaceOfBunkyo(network);
});
afterEach(() => {
  home.says = Buffer.alloc(0);
});
afterAll(async () => {
  home.stop();
  await network.remove();
});

function part(record: ResidentRecord, special = PLAIN): CopyRecord {
  return copyRecordMessage(copyRecordOf(record, applicant.name, special));
}

function answerWith(...records: CopyRecord[]): Buffer {
  return ProvideCopyData.encodeResponse({ records });
}

function named(name: { name: string; commonName?: string }): Buffer {
  return answerWith({ ...part(applicant), name });
}

function followedBy(bytes: Buffer): Buffer {
  return Buffer.concat([answerWith(part(applicant)), bytes]);
}

/** A field of the bytes' kind: its number, its length, the bytes. */
function field(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

/** What is amiss, and the answer. */
const ANSWERS: [string, () => Buffer][] = [
  ['two people where one was asked for', () => answerWith(part(applicant), part(neighbour))],
  ['the applicant twice', () => answerWith(part(applicant), part(applicant))],
  ['another person', () => answerWith(part(neighbour))],
  ['item 13, which was not asked for', () => answerWith(part(applicant, { ...PLAIN, residentRecordCode: true }))],
  ['item 4, which was not asked for', () => answerWith(part(applicant, { ...PLAIN, household: true }))],
  ['nobody', () => answerWith()],
  ['a person without an address', () => answerWith({ ...part(applicant), address: null })],
  ['a line break in the name', () => named({ name: `${applicant.name}\n${WORDS}` })],
  ['a line break in the common name', () => named({ name: applicant.name, commonName: `${WORDS}\u2028` })],
  ['a field beside the records', () => followedBy(field(9, WORDS))],
  ['item 5 of a record', () => followedBy(field(1, field(5, WORDS)))],
  ['words that are no message', () => Buffer.from(WORDS)],
];

/** Refuses with a reason; every place that can hold words has some of a person. */
function wordy(reason: Reason, retryAfterSeconds?: number): Partial<StatusObject> {
  const more = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const refusal = new Refusal(reason, { office: 'national', field: WORDS, fault: WORDS, ...more });
  return { ...statusOf(refusal), details: WORDS };
}

function trailerOf(refusal: Partial<StatusObject>): Buffer {
  return refusal.metadata?.get(STATUS_TRAILER)[0] as Buffer;
}

describe.each([overGrpc, overHttps])('Somebody with Bunkyo’s certificate answers Shinjuku, over $way', (entrance) => {
  const apply = applyingOver(entrance, () => network);

  /** Applies, hears it refused in words of Shinjuku's own, and reads what Shinjuku logged: question, answer, refusal. */
  async function expectRefused(sent: Says, reason: Reason, received: Reason | 'OK', bytes: Buffer | null) {
    home.says = sent;
    const before = network.logLines.length;
    const { reply, entries } = await apply(byPhotoId(applicant));
    const lines = network.logLines.slice(before);
    const secrets = [applicant, neighbour].flatMap((one) => [one.name, one.residentRecordCode, one.address]);
    expect(reply).toMatchObject({ reason, office: BUNKYO });
    expect(reply.copy).toBeUndefined();
    expectDiscreet([reply.bytes.toString(), ...lines], [WORDS, '秘密', '7391', 'national', ...secrets]);
    expect(personalDataIn(lines, network.people)).toEqual([]);
    const [asked] = entries(SHINJUKU);
    const answerDigest = bytes && digestOf(asked?.nonce ?? '', bytes);
    const exchange = asked?.exchange;
    expect(entries(SHINJUKU)).toMatchObject([
      { event: 'ASKED', answering: BUNKYO, exchange, outcome: null, answerDigest: null },
      { event: 'ANSWER_RECEIVED', answering: BUNKYO, exchange, outcome: received, answerDigest },
      { event: 'ANSWERED', answering: SHINJUKU, exchange, outcome: reason },
    ]);
    expect(JSON.stringify(entries(SHINJUKU))).not.toContain(WORDS);
    return reply;
  }

  it('hands out a copy where the answer is what was asked for, so that it is believed to be Bunkyo', async () => {
    home.says = answerWith(part(applicant));
    const { reply } = await apply(byPhotoId(applicant));
    expect(reply.copy?.records.map(({ name }) => name)).toEqual([applicant.name]);
  });

  it.each(ANSWERS)(
    'prints nothing where the answer is %s, logs what Bunkyo signed for, and refuses',
    async (_what, answer) => {
      const bytes = answer();
      await expectRefused(bytes, 'INTERNAL', 'OK', bytes);
    },
  );

  it.each<Reason>([
    'NOT_FOUND',
    'AMBIGUOUS',
    'RECORD_DELETED',
    'NOT_SAME_HOUSEHOLD',
    'CONTACT_HOME_MUNICIPALITY',
    'NOT_PARTICIPATING',
    'INTERNAL',
  ])('passes on of a refusal as %s the reason alone, in its own words', async (reason) => {
    const refusal = wordy(reason);
    const reply = await expectRefused(refusal, reason, reason, trailerOf(refusal));
    const plain = encodeRefusal(new Refusal(reason, { office: BUNKYO })).status;
    if (entrance.way === 'gRPC') expect(reply.bytes).toEqual(plain);
    else expect(JSON.parse(reply.bytes.toString())).toEqual(expect.not.objectContaining({ field: expect.anything() }));
  });

  it('passes on how long to wait of a refusal as RATE_LIMITED', async () => {
    const refusal = wordy('RATE_LIMITED', 17);
    const reply = await expectRefused(refusal, 'RATE_LIMITED', 'RATE_LIMITED', trailerOf(refusal));
    expect(reply.retryAfterSeconds).toBe(17);
  });

  it.each<Reason>(['PIN_FAILED', 'CARD_INVALID', 'ID_NOT_ACCEPTED', 'OUT_OF_HOURS', 'HOME_UNAVAILABLE'])(
    'refuses as INTERNAL where the reason is %s, which is not home’s to say',
    async (reason) => {
      const refusal = wordy(reason, 17);
      const reply = await expectRefused(refusal, 'INTERNAL', reason, trailerOf(refusal));
      expect(reply.retryAfterSeconds).toBeUndefined();
    },
  );

  it('refuses as INTERNAL where there are words of a person and no reason', async () => {
    await expectRefused(
      { code: status.UNKNOWN, details: WORDS, metadata: new Metadata() },
      'INTERNAL',
      'INTERNAL',
      null,
    );
  });

  it('refuses as HOME_UNAVAILABLE where it says that it is unavailable, and why in words of a person', async () => {
    const gone = { code: status.UNAVAILABLE, details: WORDS, metadata: new Metadata() };
    await expectRefused(gone, 'HOME_UNAVAILABLE', 'OFFICE_UNAVAILABLE', null);
  });
});

describe('Shinjuku after all that', () => {
  it('issues a copy as ever, and has nothing of any of those words in its technical log', async () => {
    home.says = answerWith(part(applicant));
    const { copy } = await overHttps.apply(network, SHINJUKU, byPhotoId(applicant));
    expect(copy?.records).toHaveLength(1);
    expectDiscreet(network.logLines, [WORDS, '秘密', '7391']);
    expect(network.logLines.filter((line) => line.includes('"failed"')).length).toBeGreaterThan(0);
    expect(personalDataIn(network.logLines, network.people)).toEqual([]);
  });
});
