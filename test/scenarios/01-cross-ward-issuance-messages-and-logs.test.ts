import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareLogs } from '#core/audit/compare-logs.js';
import { digestOf } from '#core/domain/digest.js';
import type { OfficeId } from '#core/domain/office.js';
import { ask } from '#core/peers/ask.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { checkStrictly } from '#core/wire/strict-check.js';
import type { CopyDataRequest } from '#municipality/domain/issuance/copy-data-request.js';
import { copyDataRequestMessage } from '#municipality/wire/copy-data-message.js';
import { NONCE } from '../support/accounts.js';
import { type Application, byCard, byPhotoId, type Entrance, overGrpc, overHttps } from '../support/counter.js';
import { personalDataIn } from '../support/log-lines.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { mandateBy } from '../support/proven-line.js';
import { isOfCopy } from '../support/refusals.js';
import { operatorOf } from '../support/seat.js';
import { type LoggedEntry, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   applicant ──▶ Shinjuku ──── 1 question ────▶ Bunkyo
 *                    │ log:                        │ log:
 *                    │   ASKED            (1)      │   ANSWERED         (2)
 *                    │   ANSWER_RECEIVED  (3)      │
 *                    ▼   ANSWERED         (4) ◀────┘ 2 answer
 *                  copy                       an entry is kept before what it accounts for leaves
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const APPLICANT_ALONE = {
  whom: { kind: 'APPLICANT' as const },
  special: { household: false, residentRecordCode: false },
};

let network: TestNetwork;
let bunkyo: Town;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, TOKYO, NATIONAL] });
  bunkyo = new Town(network.people, BUNKYO);
});
afterAll(() => network.remove());

async function apply(application: Application, entrance: Entrance = overGrpc) {
  const { reply, entries } = await network.watch(() => entrance.apply(network, SHINJUKU, application));
  return { reply, entries: (office: OfficeId) => entries(office).filter(isOfCopy) };
}

/** What the operator's card signs. */
function mandateOf(stated: { exchange: string; operator: string; purpose: string }) {
  const { cert: certificate, key } = operatorOf(network, SHINJUKU);
  return mandateBy({ certificate, key }, { ...stated, office: SHINJUKU, at: network.clock.now() });
}

/** Puts a question to Bunkyo as Shinjuku's counter does, and keeps what is on the line. */
async function onTheLine(question: CopyDataRequest) {
  let answer: Uint8Array = Buffer.alloc(0);
  const listening = {
    ...ProvideCopyData,
    decodeResponse(bytes: Buffer) {
      answer = bytes;
      return ProvideCopyData.decodeResponse(bytes);
    },
  };
  const request = copyDataRequestMessage(question);
  const stated = { exchange: randomUUID(), operator: 'operator-1', purpose: 'WIDE_AREA_ISSUANCE' };
  const account = { ...stated, id: stated.exchange, nonce: NONCE, mandate: mandateOf(stated) };
  const asked = { office: BUNKYO, request, account, concerns: [], reasons: [], withinMs: 5_000 };
  await ask(network.node(SHINJUKU), listening, asked);
  return { question: ProvideCopyData.encodeRequest(request), answer };
}

/** What an entry that is over these bytes has for a digest, and nobody has who does not know its nonce. */
function digestUnder(entry: LoggedEntry | undefined, bytes: Uint8Array): string {
  const digest = digestOf(entry?.nonce ?? '', bytes);
  expect(entry?.nonce).toMatch(/^[0-9a-f]{32}$/);
  expect(digest).not.toBe(createHash('sha256').update(bytes).digest('hex'));
  return digest;
}

/** The paths of the fields that the bytes carry, `records.name.common_name`. */
function fieldsIn(message: 'Request' | 'Response', bytes: Uint8Array): string[] {
  const fields = new Set<string>();
  checkStrictly(`juki.issuance.v1.ProvideCopyData${message}`, bytes, (path) => fields.add(path));
  return [...fields].sort();
}

function itemsIn(bytes: Uint8Array): string[] {
  return fieldsIn('Response', bytes).filter((path) => /^records\.\w+$/.test(path));
}

describe('What is on the line between Shinjuku and Bunkyo', () => {
  it('asks with the applicant’s name, the code, whom to print and the two special items, and nothing else', async () => {
    const { card, record } = bunkyo.cardHolder;
    const { name: applicantName, residentRecordCode } = record;
    const { entries } = await apply(byCard({ card, record }));
    const { question } = await onTheLine({ applicantName, knownBy: { residentRecordCode }, ...APPLICANT_ALONE });
    const fields = ['applicant_name', 'resident_record_code', 'whom', 'with_household', 'with_resident_record_code'];
    expect(fieldsIn('Request', question)).toEqual(fields);
    const [asked, answered] = [entries(SHINJUKU)[0], entries(BUNKYO)[0]];
    expect(asked).toMatchObject({ event: 'ASKED', requestDigest: digestUnder(asked, question) });
    expect(answered).toMatchObject({ event: 'ANSWERED', requestDigest: digestUnder(asked, question) });
  });

  it('asks with the birth date and sex in place of the code where the applicant states those', async () => {
    const { name: applicantName, birthDate, sex, residentRecordCode } = bunkyo.memberOfFour;
    const knownBy = { birthDate, sex };
    const shown = { name: applicantName, stated: knownBy };
    const { entries } = await apply(byPhotoId({ name: applicantName, residentRecordCode }, shown));
    const { question } = await onTheLine({ applicantName, knownBy, ...APPLICANT_ALONE });
    expect(fieldsIn('Request', question)).toContain('birth_date_and_sex.birth_date.year');
    expect(fieldsIn('Request', question)).not.toContain('resident_record_code');
    const [answered] = entries(BUNKYO);
    expect(answered?.requestDigest).toBe(digestUnder(answered, question));
  });

  it('answers with items 1, 2, 3, 6, 7 and 8 where nothing is specially asked for', async () => {
    const { card, record } = bunkyo.cardHolder;
    const { name: applicantName, residentRecordCode } = record;
    const { entries } = await apply(byCard({ card, record }));
    const { answer } = await onTheLine({ applicantName, knownBy: { residentRecordCode }, ...APPLICANT_ALONE });
    const items = ['address', 'became_resident_on', 'birth_date', 'name', 'notification', 'sex'];
    expect(itemsIn(answer)).toEqual(items.map((item) => `records.${item}`));
    const [answered] = entries(BUNKYO);
    expect(answered?.answerDigest).toBe(digestUnder(answered, answer));
    expect(entries(SHINJUKU)[1]?.answerDigest).toBe(answered?.answerDigest);
  });

  it.each([
    { item: 4, special: { household: true, residentRecordCode: false }, more: ['records.household'] },
    { item: 13, special: { household: false, residentRecordCode: true }, more: ['records.resident_record_code'] },
  ])(
    'answers with item $item besides where it is specially asked for, and with no other',
    async ({ special, more }) => {
      const { name: applicantName, residentRecordCode } = bunkyo.memberOfFour;
      const asked = { applicantName, knownBy: { residentRecordCode }, ...APPLICANT_ALONE };
      const plain = itemsIn((await onTheLine(asked)).answer);
      const { answer } = await onTheLine({ ...asked, special });
      expect(itemsIn(answer)).toEqual([...plain, ...more].sort());
    },
  );

  it('holds nothing of items 5, 9 to 12 and 14 of anybody in the household, even where all is asked for', async () => {
    const record = bunkyo.memberOfFour;
    const { name: applicantName, residentRecordCode } = record;
    const everything = { household: true, residentRecordCode: true };
    const whole = { whom: { kind: 'WHOLE_HOUSEHOLD' as const }, special: everything };
    const { answer } = await onTheLine({ applicantName, knownBy: { residentRecordCode }, ...whole });
    const text = Buffer.from(answer).toString();
    const kept = bunkyo.household(record).flatMap((member) => {
      const { registeredDomicile, municipalItems, nameReading, nationality, residenceStatus } = member;
      return [
        registeredDomicile,
        nameReading,
        nationality,
        residenceStatus,
        ...Object.values(JSON.parse(municipalItems)),
      ];
    });
    expect(kept.filter((value) => typeof value === 'string' && text.includes(value))).toEqual([]);
    expect(text).toContain(applicantName);
  });
});

describe.each([overGrpc, overHttps])('What is logged of a copy that is handed out over $way', (entrance) => {
  it('is in Shinjuku as asked before it is answered, in Bunkyo as answered, and nowhere else', async () => {
    const { entries } = await apply(byCard(bunkyo.cardHolder), entrance);
    const between = { caller: 'juki://municipality/131041', answering: BUNKYO, operator: 'operator-1' };
    const question = { ...between, procedure: ProvideCopyData.path, purpose: 'WIDE_AREA_ISSUANCE' };
    const [asked, received, handedOut, ...more] = entries(SHINJUKU);
    const exchange = asked?.exchange;
    expect(asked).toMatchObject({ ...question, event: 'ASKED', outcome: null, answerDigest: null });
    expect(received).toMatchObject({ ...question, event: 'ANSWER_RECEIVED', exchange, outcome: 'OK' });
    expect(entries(BUNKYO)).toMatchObject([{ ...question, event: 'ANSWERED', exchange, outcome: 'OK' }]);
    expect(handedOut).toMatchObject({ event: 'ANSWERED', exchange, procedure: entrance.procedure, outcome: 'OK' });
    expect(handedOut).toMatchObject({ answering: SHINJUKU, purpose: 'WIDE_AREA_ISSUANCE', operator: 'operator-1' });
    expect(handedOut).toMatchObject({ caller: 'juki://municipality/131041/operator/operator-1' });
    expect(more).toEqual([]);
    expect([...entries(TOKYO), ...entries(NATIONAL)]).toEqual([]);
  });

  it('has the centre asked besides whether the card is good, by its number alone and in an exchange of its own', async () => {
    const sizes = [await network.node(SHINJUKU).audit.size(), await network.node(NATIONAL).audit.size()];
    await apply(byCard(bunkyo.cardHolder), entrance);
    const [here, there] = [SHINJUKU, NATIONAL].map((office, i) => network.node(office).audit.entries(sizes[i] ?? 0));
    const checks = (entries: Awaited<typeof here>) =>
      (entries ?? []).filter(({ procedure }) => procedure === '/juki.card.v1.CardCheckService/CheckCard');
    const [asked, received] = checks(await here);
    const account = { purpose: 'CARD_CHECK', operator: 'operator-1', answering: NATIONAL, exchange: asked?.exchange };
    expect([asked, received]).toMatchObject([
      { ...account, event: 'ASKED' },
      { ...account, event: 'ANSWER_RECEIVED', outcome: 'OK' },
    ]);
    expect(checks(await there)).toMatchObject([{ ...account, event: 'ANSWERED', outcome: 'OK' }]);
    expect((await here)?.filter(({ exchange }) => exchange === asked?.exchange)).toHaveLength(2);
  });

  it('names the copy by the digest of the very bytes that were handed out', async () => {
    const { reply, entries } = await apply(byCard(bunkyo.cardHolder), entrance);
    const handedOut = entries(SHINJUKU).at(-1);
    expect(handedOut?.answerDigest).toBe(digestUnder(handedOut, reply.bytes));
  });

  it('tells no name, code, birth date or address of anybody', async () => {
    const record = bunkyo.memberOfFour;
    const { reply, entries } = await apply(byPhotoId(record, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' } }), entrance);
    const leaves = [...entries(SHINJUKU), ...entries(BUNKYO)].map((entry) => JSON.stringify(entry));
    expect(reply.copy?.records.length).toBeGreaterThanOrEqual(4);
    expect(leaves).toHaveLength(4);
    expect(personalDataIn(leaves, network.people)).toEqual([]);
  });

  it('is told alike by both logs, refusals too', async () => {
    await apply(byCard(bunkyo.cardHolder), entrance);
    await apply(byPhotoId({ ...bunkyo.cardHolder.record, name: '誰でもない' }), entrance);
    const log = async (office: string) => ({ office, entries: await network.node(office).audit.entries() });
    const [shinjuku, bunkyoLog] = [await log(SHINJUKU), await log(BUNKYO)];
    const answered = bunkyoLog.entries.filter(({ caller }) => caller === `juki://${SHINJUKU}`);
    const outcomes = new Set(answered.map(({ outcome }) => outcome));
    expect(compareLogs(shinjuku, bunkyoLog)).toEqual([]);
    expect(outcomes).toEqual(new Set(['OK', 'NOT_FOUND']));
  });
});

describe('The technical log of every office', () => {
  it('holds no name, code, birth date, address or card number of anybody, whatever was asked', async () => {
    const record = bunkyo.memberOfFour;
    const wrong = byCard(bunkyo.cardHolder);
    await apply(byPhotoId(record, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' }, items: [4, 13] }));
    await apply(byPhotoId(record, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' }, items: [4, 13] }), overHttps);
    await apply(byPhotoId(record, { name: '誰でもない' }), overHttps);
    await apply(byPhotoId(record, { expiresOn: '2016-02-30' }), overHttps);
    await apply({ ...wrong, identityProof: { kind: 'CARD', cardNumber: 'JC0000000000', pin: '0000' } });
    await apply({ ...wrong, homeMunicipality: '131050' });
    const seen = personalDataIn([JSON.stringify({ at: { msg: `x${record.name}` } })], network.people);
    expect(seen).toContain(record.name);
    expect(network.logLines.length).toBeGreaterThan(6);
    expect(personalDataIn(network.logLines, network.people)).toEqual([]);
  });
});
