import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BatchRequest } from '#agency/domain/told.js';
import type { Agency } from '#agency/use-cases/agency-over.js';
import type { AnsweredPiece } from '#agency/use-cases/provide-batch.js';
import type { Holding } from '#core/domain/fold-changes.js';
import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { agencyOf, itemsOf, LAND_MINISTRY, PENSION_SERVICE, refusalOf, register, revoke } from '../support/agencies.js';
import {
  ApproveBatch,
  allAnswers,
  approve,
  batchOf,
  byCode,
  hold,
  ListBatches,
  manyHoldings,
  namedInLog,
  piecesFrom,
  StopBatch,
} from '../support/batches.js';
import { Desk } from '../support/desk.js';
import { NATIONAL } from '../support/offices.js';
import { PieceLine } from '../support/piece-line.js';
import { aCode } from '../support/records.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   pension service ── so many, for this, these digests ──▶ national centre ◀── approved ── officer
 *                   ══ piece 0, 1, 2, … ══▶  one stream, each piece proved
 *                   ◀══ answers 0, 1, 2, … ══                each receipted, and kept until it is acknowledged
 */
const BATCH = 'provision/BATCH';
const PEOPLE = 3_500;

let net: TestNetwork;
let pension: Agency;
let held: Holding[];
let people: PersonAskedFor[];

beforeAll(async () => {
  net = await startTestNetwork({ offices: [NATIONAL] });
  held = manyHoldings(PEOPLE);
  people = byCode(held);
  await hold(net, held);
  pension = agencyOf(net, PENSION_SERVICE);
});
afterAll(async () => {
  pension.close();
  await net.remove();
});

async function requested(asked = people, wish = {}): Promise<BatchRequest> {
  const batch = batchOf(asked, wish);
  await pension.requestBatch(batch);
  return batch;
}

async function approved(asked = people, wish = {}): Promise<string> {
  const { batchId } = await requested(asked, wish);
  await approve(net, batchId);
  return batchId;
}

const officer = () => new Desk(net, NATIONAL);
const told = (holdings: Holding[]) =>
  holdings.map(({ identification: { name } }) => ({ outcome: 'PROVIDED', deleted: false, provided: { name } }));
/** Of codes that nobody has. */
const nobody = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({ residentRecordCode: aCode(PEOPLE + 10 + nth) }));

describe('A batch that was requested', () => {
  it('stands before the officers of the centre, and none of it is answered before one of them has approved', async () => {
    const { batchId, inquiry } = await requested();
    const standing = { batchId, inquiry, agency: PENSION_SERVICE, kind: 'IDENTIFICATION', people: PEOPLE };
    expect(await pension.batch(batchId)).toMatchObject({ ...standing, state: 'REQUESTED', mostNotFound: 700 });
    expect((await refusalOf(allAnswers(pension, batchId, people))).reason).toBe('BATCH_NOT_APPROVED');
    const { batches } = await officer().ask(ListBatches, {});
    expect(batches).toMatchObject([
      { batchId, agency: PENSION_SERVICE, state: 'BATCH_STATE_REQUESTED', people: PEOPLE },
    ]);
    await approve(net, batchId);
    expect(await pension.batch(batchId)).toMatchObject({ ...standing, state: 'APPROVED', answered: 0 });
    await officer().ask(StopBatch, { batchId });
  });

  it('is the same when it is requested again, and refused as ID_REUSED with another content', async () => {
    const batch = await requested();
    expect(await pension.requestBatch(batch)).toMatchObject({ batchId: batch.batchId, state: 'REQUESTED' });
    const others: BatchRequest[] = [
      { ...batch, pieces: [...batch.pieces].reverse() },
      { ...batch, people: PEOPLE - 1 },
      { ...batch, inquiry: { ...batch.inquiry, fields: ['NAME', 'ADDRESS'] } },
      { ...batch, kind: 'CHANGES', since: '2016-05-01' },
    ];
    for (const other of others) expect((await refusalOf(pension.requestBatch(other))).reason).toBe('ID_REUSED');
  });

  it('is refused for a purpose, a field or a number of people that may not be', async () => {
    const batch = batchOf(people);
    const wrong: [BatchRequest, string, string][] = [
      [
        { ...batch, inquiry: { ...batch.inquiry, statutoryPurpose: 'TABLE_1_ITEM_97' } },
        'PURPOSE_NOT_ALLOWED',
        'statutory_purpose',
      ],
      [{ ...batch, people: 0, pieces: [] }, 'INVALID_REQUEST', 'people'],
      [{ ...batch, people: 1_000_001 }, 'INVALID_REQUEST', 'people'],
      [{ ...batch, pieces: batch.pieces.slice(1) }, 'INVALID_REQUEST', 'pieces'],
      [{ ...batch, since: '2016-05-01' }, 'INVALID_REQUEST', 'since'],
      [{ ...batch, kind: 'CHANGES' }, 'INVALID_REQUEST', 'since'],
      [{ ...batch, batchId: 'one' }, 'INVALID_REQUEST', 'batchId'],
    ];
    for (const [request, reason, field] of wrong)
      expect(await refusalOf(pension.requestBatch(request))).toMatchObject({ reason, details: { field } });
  });

  it('is another agency’s business: it is NOT_FOUND, as one is that nobody has requested', async () => {
    const batchId = await approved();
    const land = agencyOf(net, LAND_MINISTRY);
    const refusals = [
      await refusalOf(land.batch(batchId)),
      await refusalOf(land.batch(randomUUID())),
      await refusalOf(allAnswers(land, batchId, people)),
    ];
    land.close();
    for (const refusal of refusals)
      expect(refusal).toEqual({ reason: 'NOT_FOUND', details: { office: NATIONAL, field: 'batch_id' } });
  });
});

describe('A batch that was approved', () => {
  it('is answered in the order of the file, with its progress; it is complete, and the log names each person once', async () => {
    const before = await namedInLog(net, BATCH);
    const batchId = await approved();
    const standings: number[][] = [];
    const answers: AnsweredPiece['answers'] = [];
    for await (const piece of pension.provideBatch(batchId, piecesFrom(people))) {
      answers.push(...piece.answers);
      const { answered, acknowledged, nextPiece } = await pension.batch(batchId);
      standings.push([acknowledged, nextPiece]);
      expect(answered).toBeGreaterThanOrEqual(answers.length);
    }
    expect(answers).toEqual(told(held));
    for (const [acknowledged, nextPiece] of standings) expect(acknowledged).toBe((nextPiece ?? 0) * 1_000);
    expect(await pension.batch(batchId)).toMatchObject({
      ...{ state: 'COMPLETE', answered: PEOPLE, acknowledged: PEOPLE, notFound: 0, nextPiece: 4 },
    });
    const after = await namedInLog(net, BATCH);
    for (const { residentRecordCode } of held.map(({ identification }) => identification))
      expect((after.get(residentRecordCode) ?? 0) - (before.get(residentRecordCode) ?? 0)).toBe(1);
  });

  it('tells in the log by which right and what was given, and of each piece that it was asked, answered and receipted', async () => {
    const some = [
      ...people.slice(0, 3),
      ...nobody(2),
      ...held.slice(5, 6).map(({ identification }) => itemsOf(identification)),
    ];
    const batchId = await approved(some, { fields: ['NAME', 'ADDRESS'] });
    const { reply, entries } = await net.watch(() => allAnswers(pension, batchId, some));
    expect(reply.map(({ outcome }) => outcome)).toEqual([
      ...['PROVIDED', 'PROVIDED', 'PROVIDED', 'NOT_FOUND', 'NOT_FOUND', 'AS_STATED'],
    ]);
    const ofPieces = entries(NATIONAL).filter(({ procedure }) => !procedure.endsWith('/GetBatch'));
    const provideBatch = '/juki.provision.v1.BatchProvisionService/ProvideBatch';
    const answered = { event: 'ANSWERED', procedure: provideBatch, outcome: 'OK', subjects: [] };
    const signed = { proofDigest: expect.any(String), receiptDigest: expect.any(String) };
    expect(ofPieces).toMatchObject([
      {
        ...{ event: 'RECORDED', procedure: BATCH, caller: `juki://agency/${PENSION_SERVICE}`, operator: 'desk-1' },
        subjects: Array.from({ length: 4 }, () => expect.any(String)),
        provision: {
          ...{ statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT' },
          given: [
            ['NAME ADDRESS', 3],
            ['NO_CHANGE', 1],
          ],
        },
      },
      { ...answered, ...signed, exchange: ofPieces[0]?.exchange },
      { ...answered, ...signed },
    ]);
  });

  it('is answered once more where it is complete: to nobody', async () => {
    const some = people.slice(0, 10);
    const batchId = await approved(some);
    expect(await allAnswers(pension, batchId, some)).toHaveLength(10);
    expect(await allAnswers(pension, batchId, some)).toEqual([]);
  });

  it('is refused for people who are not those that were approved, and answers nobody', async () => {
    const batchId = await approved(people.slice(0, 1_500));
    const other = [...people.slice(0, 1_499), ...people.slice(2_000, 2_001)];
    const refusal = await refusalOf(allAnswers(pension, batchId, other));
    const fault = 'are not those that were approved';
    expect(refusal).toMatchObject({ reason: 'INVALID_REQUEST', details: { field: 'people', fault } });
    const swapped = [...people.slice(1, 2), ...people.slice(0, 1), ...people.slice(2, 1_500)];
    expect(await refusalOf(allAnswers(pension, batchId, swapped))).toMatchObject({ details: { fault } });
    expect(await pension.batch(batchId)).toMatchObject({ answered: 1_000 });
  });

  it('is refused from the moment at which the agency is revoked', async () => {
    const batchId = await approved();
    const refusal = refusalOf(
      (async () => {
        for await (const _piece of pension.provideBatch(batchId, piecesFrom(people)))
          await revoke(net, PENSION_SERVICE);
      })(),
    );
    expect((await refusal).reason).toBe('AGENCY_NOT_REGISTERED');
    const { title: _shown, ...registration } = net.network.agencies.find(({ name }) => name === PENSION_SERVICE) ?? {};
    expect(await register(net, registration)).toBeUndefined();
    expect((await pension.batch(batchId)).answered).toBeLessThan(PEOPLE);
  });
});

describe('A batch of which too many are not found', () => {
  it('is halted, with the answers that it has; approved again, it goes on to its end', async () => {
    const some = [...people.slice(0, 900), ...nobody(250), ...people.slice(900, 2_750)];
    const { batchId } = await requested(some);
    await approve(net, batchId, 90);
    const answered: number[] = [];
    const run = async () => {
      for await (const { number } of pension.provideBatch(batchId, piecesFrom(some))) answered.push(number);
    };
    expect((await refusalOf(run())).reason).toBe('BATCH_HALTED');
    expect(answered).toEqual([0]);
    expect(await pension.batch(batchId)).toMatchObject({ state: 'HALTED', answered: 1_000, notFound: 100 });
    expect(await officer().refusalOf(ApproveBatch, { batchId, mostNotFound: 100 })).toBe('INVALID_REQUEST');
    await approve(net, batchId, 300);
    await run();
    expect(answered).toEqual([0, 0, 1, 2]);
    expect(await pension.batch(batchId)).toMatchObject({ state: 'COMPLETE', notFound: 250 });
  });
});

describe('A batch that an officer stops', () => {
  it('ends with the piece, and for good', async () => {
    const batchId = await approved();
    const answered: number[] = [];
    const run = async () => {
      for await (const { number } of pension.provideBatch(batchId, piecesFrom(people))) {
        answered.push(number);
        await officer().ask(StopBatch, { batchId });
      }
    };
    expect((await refusalOf(run())).reason).toBe('BATCH_STOPPED');
    expect(answered[0]).toBe(0);
    expect((await refusalOf(run())).reason).toBe('BATCH_STOPPED');
    expect(await officer().refusalOf(ApproveBatch, { batchId })).toBe('BATCH_STOPPED');
    expect(await pension.batch(batchId)).toMatchObject({ state: 'STOPPED' });
  });
});

describe('A piece', () => {
  let line: PieceLine;
  let batchId: string;
  beforeEach(async () => {
    batchId = await approved();
    line = new PieceLine(net, pension, batchId, people);
  });
  afterEach(() => line.close());

  const [FIRST, SECOND] = [
    { number: 0, acknowledged: 0 },
    { number: 1, acknowledged: 1 },
  ];

  it.each([
    ['it is a later one than the next', [], { number: 1, acknowledged: 0 }],
    ['it acknowledges what was not answered', [], { number: 0, acknowledged: 1 }],
    ['it was acknowledged', [FIRST, SECOND], { number: 0, acknowledged: 1 }],
    ['it takes an acknowledgement back', [FIRST, SECOND], FIRST],
  ])('is refused as BATCH_OUT_OF_ORDER where %s', async (_why, before, piece) => {
    for (const one of before) expect(await line.ask(one)).toBeInstanceOf(Buffer);
    expect(await line.ask(piece)).toBe('BATCH_OUT_OF_ORDER');
  });

  it('is answered the same as before as long as that was not acknowledged, and names nobody a second time', async () => {
    const { reply, entries } = await net.watch(async () => [await line.ask(FIRST), await line.ask(FIRST)]);
    expect(reply[0]).toBeInstanceOf(Buffer);
    expect(reply[1]).toEqual(reply[0]);
    const named = entries(NATIONAL).filter(({ procedure }) => procedure === BATCH);
    expect(named.flatMap(({ subjects }) => subjects)).toHaveLength(1_000);
    expect(await pension.batch(batchId)).toMatchObject({ answered: 1_000, acknowledged: 0 });
  });

  it('is refused without a proof, or with one over another, and nobody is answered', async () => {
    const { asked, metadata } = await line.proved(FIRST);
    const another = line.bytesOf({ number: 1, acknowledged: 0 });
    for (const wrong of [
      { ...asked, proof: undefined },
      { ...asked, request: another },
      { ...asked, nonce: '0'.repeat(32) },
    ]) {
      const { reason, messages } = await line.send({ asked: wrong, metadata });
      expect([reason, messages]).toEqual(['PROOF_NOT_VALID', []]);
    }
    expect(await pension.batch(batchId)).toMatchObject({ answered: 0 });
  });

  it('is refused as REPLAYED when the very same bytes come again', async () => {
    const proved = await line.proved(FIRST);
    expect((await line.send(proved)).messages).toHaveLength(1);
    expect((await line.send(proved)).reason).toBe('REPLAYED');
  });

  it('is refused as INVALID_REQUEST where it is none, and logged', async () => {
    const { asked, metadata } = await line.proved(FIRST);
    const { reply, entries } = await net.watch(() => line.send({ asked: { ...asked, exchange: 'one' }, metadata }));
    expect(reply.reason).toBe('INVALID_REQUEST');
    expect(entries(NATIONAL)).toMatchObject([{ outcome: 'INVALID_REQUEST', subjects: [] }]);
  });
});
