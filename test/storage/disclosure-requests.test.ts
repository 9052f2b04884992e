import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely, Transaction } from 'kysely';
import type { DisclosureRequest } from '#core/domain/disclosure-request.js';
import {
  answerRequest,
  enterRequest,
  extendRequest,
  findRequest,
  overdueRequests,
  waitingRequests,
} from '#core/storage/disclosure-requests.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode } from '../support/records.js';

const ANSWER = { answer: 'a letter', document: null, on: '2016-06-01', by: 'operator-1' };

function request(requestId: string, dueOn: string): DisclosureRequest {
  return {
    ...{ requestId, kind: 'INFORMATION', residentRecordCode: aCode(1), statement: '', receivedOn: '2016-05-27' },
    ...{ receivedBy: 'operator-3', dueOn, extension: null, answer: null, document: null },
  };
}

describeOnEveryDatabase('Disclosure requests in a ledger', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    for (const [id, dueOn] of [
      ['later', '2016-07-01'],
      ['first', '2016-06-20'],
      ['second', '2016-06-26'],
    ] as const)
      await write((trx) => enterRequest(trx, request(id, dueOn)));
  });
  afterEach(() => ledger.destroy());

  const write = <T>(act: (trx: Transaction<CoreTables>) => Promise<T>) => ledger.transaction().execute(act);
  const waiting = async () => (await waitingRequests(ledger, 10)).map(({ requestId }) => requestId);

  it('wait in the order in which they are due, and are overdue from the day after', async () => {
    expect(await waiting()).toEqual(['first', 'second', 'later']);
    expect(
      await Promise.all(['2016-06-20', '2016-06-21', '2016-08-01'].map((day) => overdueRequests(ledger, day))),
    ).toEqual([0, 1, 3]);
  });

  it('wait for longer where they were put off, with what was written', async () => {
    const put = { until: '2016-08-01', notices: 'a notice' };
    expect(await write((trx) => extendRequest(trx, 'first', put))).toBe(true);
    expect(await findRequest(ledger, 'first')).toMatchObject({ dueOn: '2016-08-01', extension: 'a notice' });
    expect(await waiting()).toEqual(['second', 'later', 'first']);
  });

  it('wait no more once they are answered, and are answered once', async () => {
    expect(await write((trx) => answerRequest(trx, 'first', ANSWER))).toBe(true);
    expect(await write((trx) => answerRequest(trx, 'first', { ...ANSWER, answer: 'another' }))).toBe(false);
    expect(await write((trx) => extendRequest(trx, 'first', { until: '2016-08-01', notices: '' }))).toBe(false);
    expect([await waiting(), (await findRequest(ledger, 'first'))?.answer]).toEqual([['second', 'later'], 'a letter']);
  });

  it('are as they were where a transaction is rolled back', async () => {
    const failing = write(async (trx) => {
      await answerRequest(trx, 'first', ANSWER);
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    expect(await findRequest(ledger, 'first')).toEqual(request('first', '2016-06-20'));
    expect(await findRequest(ledger, 'none')).toBeUndefined();
  });
});
