import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AccessLine, accessLines } from '#core/access/access-lines.js';
import { checkReport } from '#core/access/access-report.js';
import { callerUri } from '#core/domain/caller.js';
import type { OfficeId } from '#core/domain/office.js';
import { GetAccessReport } from '#scripts/operator/procedures.js';
import { byCard, overGrpc } from '../support/counter.js';
import { Desk } from '../support/desk.js';
import { arrivingInShinjuku, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, KANAGAWA, NATIONAL, SHINJUKU, TOKYO, YOKOHAMA } from '../support/offices.js';
import { type CardHolder, handingOut, Town } from '../support/people.js';
import { moveIn, moveOut } from '../support/questions.js';
import { https, postJson } from '../support/raw-line.js';
import { RegisterDesk } from '../support/register-desk.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   resident ── at the counter, or with card and PIN at a terminal ──▶ home municipality ─▶ its log
 *                                                                           └▶ prefecture ─▶ its log, and those of
 *                                                                                 │          earlier homes below it
 *            ◀── every line, every log's proof that it left none out ──────────── └▶ centre ─▶ its log, and those of
 *                                                                                              earlier homes elsewhere
 */
const PURPOSE = '本人からの開示請求';

let network: TestNetwork;
let aHolder: () => CardHolder;
/** Of a household that does not need them as its householder. */
let aMover: () => CardHolder;

beforeAll(async () => {
  network = await startTestNetwork();
  const isHead = ({ record }: CardHolder) => record.relationship === '世帯主';
  const { cardHolders } = new Town(network.people, BUNKYO);
  aHolder = handingOut(cardHolders.filter(isHead));
  aMover = handingOut(cardHolders.filter((holder) => !isHead(holder)));
});
afterAll(() => network.remove());

/** The report, as whoever has it checks it: out of the document alone, and the keys of offices. */
function read(document: string) {
  const { statements } = network.node(KANAGAWA);
  const report = checkReport(document, (...signed) => statements.textSignedBy(...signed));
  return { ...report, lines: accessLines(report.told) };
}

async function reportAt(home: OfficeId, { record: { residentRecordCode } }: Pick<CardHolder, 'record'>) {
  const answer = await new Desk(network, home).ask(GetAccessReport, { residentRecordCode, purpose: PURPOSE });
  return { ...read(answer.document), ...answer };
}

const askedBy = ({ by }: AccessLine) => by && callerUri(by);
const officesIn = ({ extracts }: { extracts: { office: OfficeId }[] }) => extracts.map(({ office }) => office).sort();

describe('A resident of Bunkyo, at the counter', () => {
  it('sees who looked at their record, when, and for which purpose', async () => {
    const holder = aHolder();
    await new RegisterDesk(network, BUNKYO).record(holder.record);
    const { lines, text } = await reportAt(BUNKYO, holder);
    const look = lines.find(({ what }) => what?.kind === 'LOOK_UP');
    expect(look).toMatchObject({
      operator: 'operator-1',
      role: 'SUPERVISOR',
      answering: BUNKYO,
      outcome: 'OK',
      purpose: '届出の確認',
    });
    expect(text).toContain('届出の確認');
  });

  it('sees the copy that Shinjuku issued, with the article and what was given', async () => {
    const holder = aHolder();
    await overGrpc.apply(network, SHINJUKU, byCard(holder));
    const { lines } = await reportAt(BUNKYO, holder);
    const copy = lines.find((line) => askedBy(line) === `juki://${SHINJUKU}`);
    expect(copy).toMatchObject({ answering: BUNKYO, outcome: 'OK', what: { kind: 'COPY', basis: 'Article 12-4' } });
    expect(copy?.what?.given).toContain('items 1, 2, 3');
  });

  it('sees that a copy was asked for and refused', async () => {
    const holder = aHolder();
    const application = byCard(holder, { whom: { kind: 'NAMED_MEMBERS', names: ['誰でもない人'] } } as never);
    expect((await overGrpc.apply(network, SHINJUKU, application)).reason).toBe('NOT_SAME_HOUSEHOLD');
    const { lines } = await reportAt(BUNKYO, holder);
    const copy = lines.find((line) => askedBy(line) === `juki://${SHINJUKU}`);
    expect(copy).toMatchObject({ outcome: 'NOT_SAME_HOUSEHOLD' });
  });

  it('is told from the logs of municipality, prefecture and centre, each in full', async () => {
    const report = await reportAt(BUNKYO, aHolder());
    expect([officesIn(report), report.missing]).toEqual([[BUNKYO, NATIONAL, TOKYO], []]);
    for (const { entries } of report.extracts) expect(entries.length).toBeGreaterThan(0);
  });

  it('sees in the next report that they were told', async () => {
    const holder = aHolder();
    await reportAt(BUNKYO, holder);
    const { lines } = await reportAt(BUNKYO, holder);
    const told = lines.filter(({ what }) => what?.kind === 'DISCLOSURE');
    const places = new Set(told.map(({ answering }) => answering));
    expect([...places].sort()).toEqual([BUNKYO, NATIONAL, TOKYO]);
    expect(told.length).toBeGreaterThanOrEqual(6);
  });

  it('sees nothing of anybody else', async () => {
    const [holder, other] = [aHolder(), aHolder()];
    await new RegisterDesk(network, BUNKYO).record(other.record);
    const { text, document } = await reportAt(BUNKYO, holder);
    for (const secret of [other.record.name, other.record.residentRecordCode])
      expect([text.includes(secret), document.includes(secret)]).toEqual([false, false]);
  });
});

describe('A resident who moves from Bunkyo to Shinjuku', () => {
  it('sees there what happened in Bunkyo before, and the change in every log', async () => {
    const holder = aMover();
    const { record } = holder;
    await new RegisterDesk(network, BUNKYO).record(record);
    const before = await reportAt(BUNKYO, holder);
    const out = await new RegisterDesk(network, BUNKYO).receipt(moveOut, leavingForShinjuku([record]), 'MOVE_OUT');
    await new RegisterDesk(network, SHINJUKU).receipt(moveIn, arrivingInShinjuku([record], out), 'MOVE_IN');
    await network.settle();
    const after = await reportAt(SHINJUKU, holder);
    expect(officesIn(after)).toEqual([BUNKYO, SHINJUKU, NATIONAL, TOKYO].sort());
    const exchanges = new Set(after.lines.map(({ exchange }) => exchange));
    expect(before.lines.filter(({ exchange }) => !exchanges.has(exchange))).toEqual([]);
    const changes = after.lines.filter(({ what }) => what?.kind === 'CHANGE');
    const places = new Set(changes.flatMap(({ loggedBy }) => loggedBy));
    expect([...places].sort()).toEqual([BUNKYO, SHINJUKU, NATIONAL, TOKYO].sort());
    expect(after.lines.filter(({ notLoggedBy }) => notLoggedBy)).toEqual([]);
  });

  it('is not told in Bunkyo any more what happens elsewhere: the levels answer the present home alone', async () => {
    const holder = aMover();
    const { record } = holder;
    const out = await new RegisterDesk(network, BUNKYO).receipt(moveOut, leavingForShinjuku([record]), 'MOVE_OUT');
    await new RegisterDesk(network, SHINJUKU).receipt(moveIn, arrivingInShinjuku([record], out), 'MOVE_IN');
    await network.settle();
    const report = await reportAt(BUNKYO, holder);
    expect([officesIn(report), report.missing]).toEqual([[BUNKYO], [{ office: TOKYO, reason: 'ACCESS_DENIED' }]]);
  });

  it('is told in another prefecture too, over the centre', async () => {
    const holder = aMover();
    const { record } = holder;
    const leaving = leavingForShinjuku([record]);
    const out = await new RegisterDesk(network, BUNKYO).receipt(moveOut, leaving, 'MOVE_OUT');
    await new RegisterDesk(network, YOKOHAMA).receipt(moveIn, arrivingInShinjuku([record], out), 'MOVE_IN');
    await network.settle();
    const report = await reportAt(YOKOHAMA, holder);
    expect(officesIn(report)).toEqual([BUNKYO, KANAGAWA, NATIONAL, TOKYO, YOKOHAMA].sort());
  });
});

describe('A terminal in the town hall', () => {
  const terminal = () => {
    const { shows: _nobodySignedIn, ...identity } = operatorOf(network, BUNKYO);
    return identity;
  };
  const post = (body: object) =>
    postJson(network.node(BUNKYO).httpPort, terminal(), '/self-service/access-reports', body);

  it('tells a resident who signs in with their card, though no operator has signed in', async () => {
    const holder = aHolder();
    const { cardNumber, pin } = holder.card;
    await new RegisterDesk(network, BUNKYO).record(holder.record);
    const reply = await post({ cardNumber, pin });
    expect(reply.status).toBe(201);
    const { text, document } = JSON.parse(reply.text);
    expect(text).toContain('本人 (the resident, at a terminal)');
    const { lines } = read(document);
    expect(lines.filter(({ what }) => what?.kind === 'LOOK_UP')).toHaveLength(1);
  });

  it('tells nobody with a wrong PIN, and the refusal is in the log', async () => {
    const { cardNumber, pin } = aHolder().card;
    const wrong = pin === '0000' ? '1111' : '0000';
    const { reply, entries } = await network.watch(() => post({ cardNumber, pin: wrong }));
    expect([reply.status, reply.reason]).toEqual([403, 'PIN_FAILED']);
    expect(entries(BUNKYO)).toMatchObject([{ procedure: 'POST /self-service/access-reports', outcome: 'PIN_FAILED' }]);
  });

  it('has a page for that, which asks for nothing but card and PIN', async () => {
    const { card, record } = aHolder();
    const { httpPort } = network.node(BUNKYO);
    const page = await https(httpPort, terminal(), { path: '/self-service' });
    expect([page.status, page.text.match(/<input name="[a-zA-Z]+"/g)]).toEqual([
      200,
      ['<input name="cardNumber"', '<input name="pin"'],
    ]);
    const body = new URLSearchParams({ cardNumber: card.cardNumber, pin: card.pin }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const told = await https(httpPort, terminal(), { method: 'POST', path: '/self-service', headers, body });
    expect([told.status, told.text.includes('<pre>'), told.headers['cache-control']]).toEqual([200, true, 'no-store']);
    const [, encoded = ''] = /base64,([^"]+)"/.exec(told.text) ?? [];
    expect(read(Buffer.from(encoded, 'base64').toString()).extracts[0]?.residentRecordCode).toBe(
      record.residentRecordCode,
    );
  });

  it('has a page that says why it tells nothing, and asks again', async () => {
    const { card } = new Town(network.people, BUNKYO).cardHolder;
    const body = new URLSearchParams({ cardNumber: card.cardNumber, pin: 'x' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const asking = { method: 'POST', path: '/self-service', headers, body };
    const { reply, entries } = await network.watch(() => https(network.node(BUNKYO).httpPort, terminal(), asking));
    expect([reply.status, reply.text.includes('The PIN was not confirmed'), reply.text.includes('<form')]).toEqual([
      ...[403, true, true],
    ]);
    expect(entries(BUNKYO)).toMatchObject([{ procedure: 'POST /self-service', outcome: 'PIN_FAILED' }]);
  });
});
