import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checkReport } from '#core/access/access-report.js';
import { readLetter } from '#core/access/written-answer.js';
import { type OfficeId, originOf } from '#core/domain/office.js';
import { officeFolder } from '#core/trust/credentials.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { signersIn } from '#scripts/audit/verify-exports.js';
import {
  AnswerRequest,
  ExtendRequest,
  GetRequest,
  ListRequests,
  ReceiveRequest,
} from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, NATIONAL, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { https } from '../support/raw-line.js';
import { RegisterDesk } from '../support/register-desk.js';
import { operatorOf } from '../support/seat.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   resident ── 開示請求, 訂正請求 in writing ──▶ any office: a clerk receives it
 *            ◀── the answer in writing, signed ── a supervisor answers: within 30 days,
 *            ◀── or the reason and a date ──────  or puts it off before they have passed
 */
const CLERK = 'operator-3';
const NOBODY = '24846016224';

let network: TestNetwork;
let aResident: () => ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, TOKYO, NATIONAL] });
  aResident = handingOut(new Town(network.people, BUNKYO).residents);
});
beforeEach(() => network.clock.set(FRIDAY_MORNING));
afterAll(() => network.remove());

const clerk = (office: OfficeId = BUNKYO) => new Desk(network, office, CLERK);
const supervisor = (office: OfficeId = BUNKYO) => new Desk(network, office, 'operator-1');
type Kind = 'INFORMATION' | 'ACCESS_LOG' | 'CORRECTION';

async function receive(kind: Kind, code: string, { office = BUNKYO, statement = '' } = {}): Promise<string> {
  const request = { kind: `DISCLOSURE_KIND_${kind}` as const, residentRecordCode: code, statement };
  return (await clerk(office).ask(ReceiveRequest, request)).requestId;
}

/** What an office has signed, as whoever has its letter and the authorities' certificates can see. */
function signedBy(office: OfficeId, letter: string): string | undefined {
  const note = readLetter(letter);
  return note && signersIn(officeFolder(network.certs, TOKYO)).textSignedBy(office, originOf(office), note);
}

async function waiting(requestId: string, office: OfficeId = BUNKYO) {
  const { requests } = await clerk(office).ask(ListRequests, {});
  return requests.find((request) => request.requestId === requestId);
}

describe('Somebody who asks an office for what it holds of them', () => {
  it.each([BUNKYO, TOKYO, NATIONAL])('is answered in writing by %s, under its signature', async (office) => {
    const { residentRecordCode: code, name, address } = aResident();
    const requestId = await receive('INFORMATION', code, { office });
    expect(await waiting(requestId, office)).toMatchObject({
      ...{ dueOn: { year: 2016, month: 6, day: 26 }, extended: false, overdue: false, receivedBy: CLERK },
    });
    const { answer } = await supervisor(office).ask(AnswerRequest, { requestId });
    for (const told of [name, address, code, requestId, '有効 (active)']) expect(answer).toContain(told);
    expect(signedBy(office, answer)).toContain(name);
    expect(signedBy(office, answer.replace(requestId, '別の番号'))).toBeUndefined();
    expect(await waiting(requestId, office)).toBeUndefined();
  });

  it('is answered that there is nothing, where there is nothing', async () => {
    const requestId = await receive('INFORMATION', NOBODY);
    const { answer } = await supervisor().ask(AnswerRequest, { requestId });
    expect(answer).toContain('該当する情報はありません。(There is no such information.)');
  });

  it('is not told what is known to be wrong, before it is mended', async () => {
    const { residentRecordCode: code } = aResident();
    const requestId = await receive('INFORMATION', code, { office: TOKYO });
    await network.withIdentityLedger(TOKYO, (ledger) =>
      ledger
        .updateTable('identification_information')
        .set({ quarantined_at: FRIDAY_MORNING })
        .where('resident_record_code', '=', code)
        .execute(),
    );
    expect(await supervisor(TOKYO).refusalOf(AnswerRequest, { requestId })).toBe('IN_QUARANTINE');
    expect(await waiting(requestId, TOKYO)).toBeDefined();
  });

  it('is not answered by the one who received it, nor by another clerk, nor twice', async () => {
    const request = {
      kind: 'DISCLOSURE_KIND_INFORMATION' as const,
      residentRecordCode: aResident().residentRecordCode,
    };
    const { requestId } = await supervisor().ask(ReceiveRequest, request);
    expect(await supervisor().refusalOf(AnswerRequest, { requestId })).toBe('SECOND_PERSON_NEEDED');
    expect(await clerk().refusalOf(AnswerRequest, { requestId })).toBe('ROLE_NOT_ALLOWED');
    const second = new Desk(network, BUNKYO, 'operator-2');
    expect(await second.refusalOf(AnswerRequest, { requestId })).toBeUndefined();
    expect(await second.refusalOf(AnswerRequest, { requestId })).toBe('NOT_FOUND');
  });

  it('finds the answer again as it was sent', async () => {
    const requestId = await receive('INFORMATION', aResident().residentRecordCode);
    const { answer } = await supervisor().ask(AnswerRequest, { requestId });
    expect((await clerk().ask(GetRequest, { requestId, purpose: '再交付' })).answer).toBe(answer);
  });

  it('is in the log as whom it is about, and their text is nowhere', async () => {
    const { residentRecordCode } = aResident();
    const statement = '住所の番地が誤っています';
    const { reply, entries } = await network.watch(() => receive('CORRECTION', residentRecordCode, { statement }));
    expect(entries(BUNKYO)).toMatchObject([
      { event: 'RECORDED', procedure: 'disclosure/RECEIVED', subjects: [expect.any(String)] },
      { event: 'ANSWERED', operator: CLERK, subjects: [] },
    ]);
    const logged = [...network.logLines, JSON.stringify(entries(BUNKYO))].join('\n');
    expect([logged.includes(statement), logged.includes(residentRecordCode)]).toEqual([false, false]);
    expect(reply).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('Somebody who asks who had to do with them', () => {
  it('is answered from the logs of every level, with the document that can be checked', async () => {
    const resident = aResident();
    await new RegisterDesk(network, BUNKYO).record(resident);
    const requestId = await receive('ACCESS_LOG', resident.residentRecordCode);
    const { answer, document } = await supervisor().ask(AnswerRequest, { requestId });
    expect(answer).toContain('住民票の照会');
    const { statements } = network.node(TOKYO);
    const { extracts } = checkReport(document, (...signed) => statements.textSignedBy(...signed));
    expect(extracts.map(({ office }) => office).sort()).toEqual([BUNKYO, NATIONAL, TOKYO]);
  });

  it('is answered at the prefecture too, from its log and those above and below', async () => {
    const requestId = await receive('ACCESS_LOG', aResident().residentRecordCode, { office: TOKYO });
    const { document } = await supervisor(TOKYO).ask(AnswerRequest, { requestId });
    const { statements } = network.node(NATIONAL);
    const { extracts } = checkReport(document, (...signed) => statements.textSignedBy(...signed));
    expect(extracts.map(({ office }) => office)).toContain(TOKYO);
  });
});

describe('A request for correction', () => {
  it('says what is wrong, and is answered with what was found', async () => {
    const { residentRecordCode } = aResident();
    const requestId = await receive('CORRECTION', residentRecordCode, { statement: '生年月日が誤り' });
    expect(await supervisor().refusalOf(AnswerRequest, { requestId })).toBe('INVALID_REQUEST');
    const finding = '調査の結果、職権で訂正しました。';
    const { answer } = await supervisor().ask(AnswerRequest, { requestId, finding });
    expect(signedBy(BUNKYO, answer)).toContain(
      `申出 (said to be wrong): 生年月日が誤り\n調査の結果 (found): ${finding}`,
    );
  });

  it('is refused without saying so, and so is saying so with any other', async () => {
    const code = aResident().residentRecordCode;
    for (const [kind, statement] of [
      ['CORRECTION', ''],
      ['CORRECTION', '　 '],
      ['CORRECTION', '誤り\u202e'],
      ['INFORMATION', '誤り'],
    ] as const)
      await expect(receive(kind, code, { statement })).rejects.toThrow(
        expect.objectContaining({ reason: 'INVALID_REQUEST' }),
      );
  });
});

describe('Thirty days', () => {
  const onDay = (day: string) => network.clock.set(`${day}T10:00:00+09:00`);
  const until = (month: number, day: number) => ({ year: 2016, month, day });

  it('can be put off on the last of them, with the reason and the date in writing', async () => {
    const requestId = await receive('INFORMATION', aResident().residentRecordCode);
    onDay('2016-06-26');
    const { notice } = await supervisor().ask(ExtendRequest, { requestId, until: until(7, 10), reason: '調査中' });
    expect(notice).toContain('調査中');
    expect(notice).toContain('平成28年7月10日');
    expect(await waiting(requestId)).toMatchObject({ extended: true, overdue: false, dueOn: until(7, 10) });
    expect((await clerk().ask(GetRequest, { requestId, purpose: '確認' })).extension).toBe(notice);
  });

  it('can be put off again, and each notice is found again as it was sent', async () => {
    const requestId = await receive('INFORMATION', aResident().residentRecordCode);
    const put = (day: number, reason: string) =>
      supervisor().ask(ExtendRequest, { requestId, until: until(7, day), reason });
    const notices = [await put(10, '調査中'), await put(20, '照会中')].map(({ notice }) => notice);
    expect((await clerk().ask(GetRequest, { requestId, purpose: '確認' })).extension).toBe(notices.join(''));
    expect(notices.map((notice) => signedBy(BUNKYO, notice) !== undefined)).toEqual([true, true]);
  });

  it('can not be put off once they have passed; the request is shown to be overdue, in figures too', async () => {
    const requestId = await receive('INFORMATION', aResident().residentRecordCode);
    onDay('2016-06-27');
    const put = { requestId, until: until(7, 10), reason: '調査中' };
    expect(await supervisor().refusalOf(ExtendRequest, put)).toBe('DATE_NOT_POSSIBLE');
    expect(await waiting(requestId)).toMatchObject({ overdue: true, extended: false });
    const { text } = await https(network.node(BUNKYO).httpPort, operatorOf(network, BUNKYO), { path: '/metrics' });
    expect(Number(/^juki_disclosures_overdue (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
    expect(await supervisor().refusalOf(AnswerRequest, { requestId })).toBeUndefined();
  });

  it('are not put off by a clerk', async () => {
    const requestId = await receive('INFORMATION', aResident().residentRecordCode);
    const put = { requestId, until: until(7, 10), reason: '調査中' };
    expect(await clerk().refusalOf(ExtendRequest, put)).toBe('ROLE_NOT_ALLOWED');
  });
});
