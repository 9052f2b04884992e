import type { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { compareLogs } from '#core/audit/compare-logs.js';
import type { OfficeId } from '#core/domain/office.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { type ShownLog, shownLog, whoAnswered, whoAsked, whoseCard } from '../support/hold-evidence.js';
import { personalDataIn } from '../support/log-lines.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { copyQuestion, isAnswered, ProvenQuestions } from '../support/proven-questions.js';
import { applyingOver } from '../support/refusals.js';
import { headersOf, TappedLine } from '../support/tapped-line.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   applicant ──▶ Shinjuku ═══ question + proof ═══╤══▶ Bunkyo
 *                    │  ◀═══ answer + receipt ═════╪═══    │
 *                    ▼                             │       ▼
 *              log: proof, receipt      somebody on the    log: proof, receipt
 *                    │                  line             │
 *                    └──────────▶ a judge, with both logs and the authority's certificate ◀┘
 */
let network: TestNetwork;
let line: TappedLine;
let asks: ProvenQuestions;
let applicant: ResidentRecord;
let neighbour: ResidentRecord;
let authority: X509Certificate;
let operatorsAuthority: X509Certificate;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  const bunkyo = new Town(network.people, BUNKYO);
  [applicant, neighbour] = [bunkyo.memberOfFour, bunkyo.cardHolder.record];
  const { trusted } = loadCredentials(officeFolder(network.certs, BUNKYO));
  [authority, operatorsAuthority] = [trusted.offices, trusted.operators];
  line = new TappedLine(network, SHINJUKU, BUNKYO);
  asks = new ProvenQuestions(network, applicant);
});
beforeEach(() => {
  network.clock.set(FRIDAY_MORNING);
  line.alters = (passing) => passing;
  line.altersAnswer = (bytes) => bytes;
});
afterAll(async () => {
  asks.close();
  await network.remove();
});

const apply = applyingOver(overGrpc, () => network);

/** Somebody applies in Shinjuku, and has a copy. @returns the exchange */
async function copyIssued(): Promise<string> {
  const { reply, entries } = await apply(byPhotoId(applicant));
  expect(reply.copy?.records).toHaveLength(1);
  return entries(SHINJUKU)[0]?.exchange ?? '';
}

async function disagreements(exchange: string) {
  const log = async (office: OfficeId) => ({ office, entries: await network.node(office).audit.entries() });
  const found = compareLogs(await log(SHINJUKU), await log(BUNKYO));
  return found.filter((one) => one.exchange === exchange).map(({ what }) => what);
}

describe('Somebody recorded a question of Shinjuku’s on the line', () => {
  it.each([
    { when: 'yesterday', later: '2016-05-28T10:00:00+09:00', reason: 'PROOF_STALE' },
    { when: 'a second ago', later: '2016-05-27T10:00:01+09:00', reason: 'REPLAYED' },
  ])('$when, and sends it again over Shinjuku’s own line: no data leaves Bunkyo', async ({ later, reason }) => {
    const exchange = await copyIssued();
    const { request: bytes } = line.last;
    const headers = headersOf(line.last);
    network.clock.set(later);
    await asks.expectTurnedAway(reason, () => asks.send(headers, { bytes }));
    expect(await disagreements(exchange)).toEqual(['EXCHANGE_USED_TWICE']);
  });

  it('and gives it another date: the proof is over the time as well', async () => {
    await copyIssued();
    const { request: bytes } = line.last;
    network.clock.set('2016-05-28T10:00:00+09:00');
    const redated = { ...headersOf(line.last), 'juki-asked-at': String(network.clock.now().getTime()) };
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(redated, { bytes }));
  });
});

describe('Somebody alters a question of Shinjuku’s on its way', () => {
  async function expectNothingLeft(): Promise<void> {
    const before = network.logLines.length;
    const { reply, entries } = await apply(byPhotoId(applicant));
    expect(reply).toMatchObject({ reason: 'PROOF_NOT_VALID', office: BUNKYO });
    expect(reply.copy).toBeUndefined();
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'PROOF_NOT_VALID', proofDigest: null }]);
    expect(entries(SHINJUKU).map(({ outcome }) => outcome)).toEqual([null, 'PROOF_NOT_VALID', 'PROOF_NOT_VALID']);
    expect(personalDataIn(network.logLines.slice(before), network.people)).toEqual([]);
  }

  it('so that it asks for a neighbour: nothing is told of anybody', async () => {
    line.alters = (passing) => ({ ...passing, request: copyQuestion(neighbour) });
    await expectNothingLeft();
  });

  it.each([
    ['juki-purpose', 'CURIOSITY'],
    ['juki-operator', 'operator-9'],
    ['juki-nonce', '0'.repeat(32)],
  ])('so that %s is another: nothing is told of anybody', async (key, value) => {
    line.alters = (passing) => {
      passing.metadata.set(key, value);
      return passing;
    };
    await expectNothingLeft();
  });

  it('and both logs tell it: the one has another question than the other', async () => {
    line.alters = (passing) => ({ ...passing, request: copyQuestion(neighbour) });
    const { entries } = await apply(byPhotoId(applicant));
    expect(await disagreements(entries(SHINJUKU)[0]?.exchange ?? '')).toEqual(['REQUESTS_DIFFER']);
  });

  it('and an answer of Bunkyo’s on its way: no copy is printed', async () => {
    line.altersAnswer = (bytes) => Buffer.concat([bytes, bytes]);
    const { reply, entries } = await apply(byPhotoId(applicant));
    expect(reply).toMatchObject({ reason: 'INTERNAL', office: BUNKYO });
    expect(reply.copy).toBeUndefined();
    expect(await disagreements(entries(SHINJUKU)[0]?.exchange ?? '')).toEqual(['ANSWERS_DIFFER']);
  });
});

describe('Two offices that have each logged what both signed', () => {
  it('hold the same proof and the same receipt', async () => {
    const exchange = await copyIssued();
    const [atShinjuku, atBunkyo] = [await evidenceAt(SHINJUKU, exchange), await evidenceAt(BUNKYO, exchange)];
    expect(atShinjuku).toEqual(atBunkyo);
    expect([atBunkyo.proofs.length, atBunkyo.receipts.length]).toEqual([1, 1]);
    expect(await disagreements(exchange)).toEqual([]);
  });

  async function evidenceAt(office: OfficeId, exchange: string) {
    const { entries } = await shownLog(network.node(office));
    const own = entries.filter(({ leaf }) => leaf.includes(exchange));
    return { proofs: own.flatMap(({ proof }) => proof ?? []), receipts: own.flatMap(({ receipt }) => receipt ?? []) };
  }
});

/** The log of an office with something else in the leaves of an exchange. */
function retold(log: ShownLog, exchange: string, more: Record<string, unknown>): ShownLog {
  const entries = log.entries.map((entry) =>
    entry.leaf.includes(exchange) ? { ...entry, leaf: JSON.stringify({ ...JSON.parse(entry.leaf), ...more }) } : entry,
  );
  return { ...log, entries };
}

describe.each([SHINJUKU, BUNKYO])('Before a judge who is shown the log of %s alone', (office) => {
  let exchange: string;
  let log: ShownLog;
  beforeAll(async () => {
    network.clock.set(FRIDAY_MORNING);
    exchange = await copyIssued();
    log = await shownLog(network.node(office));
  });

  it('Shinjuku can not deny that it asked, for whom, why and when', () => {
    expect(whoAsked(log, exchange, authority)).toBe(SHINJUKU);
  });

  it('the operator of Shinjuku can not deny that it was their card, for this purpose', () => {
    expect(whoseCard(log, exchange, operatorsAuthority)).toBe(`${SHINJUKU}/operator/${OPERATOR}`);
    const another = retold(log, exchange, { operator: SECOND_OPERATOR });
    expect(whoseCard(another, exchange, operatorsAuthority)).toBeUndefined();
  });

  it('Bunkyo can not deny that it answered, and with what', () => {
    expect(whoAnswered(log, exchange, authority)).toBe(BUNKYO);
  });

  it('a refusal is as sure as an answer', async () => {
    const { reply, entries } = await apply(byPhotoId({ ...applicant, name: '誰でもない' }));
    const refused = entries(SHINJUKU)[0]?.exchange ?? '';
    const shown = await shownLog(network.node(office));
    expect(reply.reason).toBe('NOT_FOUND');
    expect([whoAsked(shown, refused, authority), whoAnswered(shown, refused, authority)]).toEqual([SHINJUKU, BUNKYO]);
  });

  it.each([
    ['operator', 'operator-9'],
    ['procedure', '/juki.register.v1.FamilyRegisterNoticeService/NotifyHome'],
    ['caller', 'juki://municipality/131156'],
    ['answering', 'municipality/131156'],
    ['requestDigest', '0'.repeat(64)],
    ['purposeDigest', '0'.repeat(64)],
    ['proofDigest', '0'.repeat(64)],
  ])('nobody is held to a question with another %s than Shinjuku signed', (key, value) => {
    expect(whoAsked(log, exchange, authority)).toBe(SHINJUKU);
    expect(whoAsked(retold(log, exchange, { [key]: value }), exchange, authority)).toBeUndefined();
  });

  it.each([
    ['outcome', 'NOT_FOUND'],
    ['answerDigest', '0'.repeat(64)],
    ['answering', 'municipality/131156'],
    ['receiptDigest', '0'.repeat(64)],
  ])('nobody is held to an answer with another %s than Bunkyo signed', (key, value) => {
    expect(whoAnswered(log, exchange, authority)).toBe(BUNKYO);
    expect(whoAnswered(retold(log, exchange, { [key]: value }), exchange, authority)).toBeUndefined();
  });

  it('nobody is held to what another authority’s office signed', () => {
    const operators = loadCredentials(officeFolder(network.certs, BUNKYO)).trusted.operators;
    expect([whoAsked(log, exchange, operators), whoAnswered(log, exchange, operators)]).toEqual([undefined, undefined]);
  });
});

describe('Shinjuku after all that', () => {
  it('has its copies as ever', async () => {
    expect(await copyIssued()).toMatch(/^[0-9a-f-]{36}$/);
    const headers = await asks.proven();
    expect(isAnswered(await asks.send(headers))).toBe(true);
  });
});
