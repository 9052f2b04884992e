import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { GetCodePool } from '#scripts/operator/procedures.js';
import { Desk, withPassport } from '../support/desk.js';
import { firstRecord, leavingForShinjuku, stranger } from '../support/notifications.js';
import { BUNKYO, NATIONAL } from '../support/offices.js';
import { Town } from '../support/people.js';
import { approve, codeChange, draftAct, moveIn, moveOut } from '../support/questions.js';
import { RegisterDesk } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   national centre ── codes, on request (Regulation 14) ──▶ Bunkyo: 200 in the pool, fewer with every newcomer
 *        ▲                                                     │
 *        └──────────── AllotCodes, id, 200 ────────────────────┘ below 50; the counter does not wait for it
 */
const LOW_WATER = 50;
const SEEDED = 200;
const AMOUNT = 200;

let network: TestNetwork;
let bunkyo: RegisterDesk;
let newcomers = 0;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, BUNKYO] });
  bunkyo = new RegisterDesk(network, BUNKYO);
  newcomers = 0;
});
afterEach(() => network.remove());

const pool = () => new Desk(network, BUNKYO).ask(GetCodePool, {});

/** So many people come, twenty to a household, and get a code each. */
async function come(people: number): Promise<string[]> {
  const codes: string[] = [];
  while (codes.length < people) {
    const names = Array.from({ length: Math.min(20, people - codes.length) }, () => {
      newcomers += 1;
      return `新人 第${newcomers}号`;
    });
    const members = names.map((name, i) => ({ relationship: i === 0 ? '世帯主' : '同居人', person: stranger(name) }));
    const body = firstRecord(names[0] ?? '', { people: members, address: `東京都文京区春日二丁目${newcomers}番` });
    codes.push(...(await bunkyo.ask(moveIn, body)).receipt.residentRecordCodes);
  }
  return codes;
}

describe('The pool of Bunkyo runs low', () => {
  it('asks the centre for nothing while it has fifty codes left', async () => {
    const { entries } = await network.watch(() => come(SEEDED - LOW_WATER));
    expect(entries(NATIONAL)).toEqual([]);
    expect(await pool()).toMatchObject({ free: LOW_WATER, waiting: false });
  });

  it('asks for two hundred more with the code after, once, and has them when it has come to rest', async () => {
    await come(SEEDED - LOW_WATER);
    const { entries } = await network.watch(async () => {
      await come(1);
      await network.node(BUNKYO).settled();
    });
    expect(entries(NATIONAL)).toMatchObject([
      { event: 'ANSWERED', procedure: '/juki.allotment.v1.AllotmentService/AllotCodes', outcome: 'OK' },
    ]);
    expect(
      entries(BUNKYO)
        .map(({ event }) => event)
        .sort(),
    ).toEqual([...['ANSWERED', 'ANSWER_RECEIVED', 'ASKED', 'RECORDED']]);
    expect(await pool()).toMatchObject({ free: LOW_WATER - 1 + AMOUNT, waiting: false });
  });

  it('gives every newcomer a code that nobody has, across the allotments', async () => {
    const codes = await come(SEEDED + 20);
    await network.node(BUNKYO).settled();
    const seeded = network.people.flatMap(({ records }) => records.map(({ residentRecordCode }) => residentRecordCode));
    expect(new Set([...codes, ...seeded]).size).toBe(codes.length + seeded.length);
  });
});

describe('The national centre is switched off while the pool of Bunkyo runs low', () => {
  beforeEach(() => network.stop(NATIONAL));

  it('lets the counter go on until the last code, with a question that waits', async () => {
    const codes = await come(SEEDED);
    await network.node(BUNKYO).settled();
    expect(new Set(codes).size).toBe(SEEDED);
    expect(await pool()).toMatchObject({ free: 0, waiting: true });
  });

  it('refuses whoever needs a code after that as CODES_EXHAUSTED, and enters nobody', async () => {
    await come(SEEDED);
    await network.node(BUNKYO).settled();
    const [resident] = new Town(network.people, BUNKYO).singles;
    const asking = {
      notifier: withPassport(resident ?? { name: '' }),
      residentRecordCode: resident?.residentRecordCode,
    };
    const { reply, entries } = await network.watch(() => bunkyo.try(moveIn, firstRecord('最後 之人')));
    expect(reply.refusal?.reason).toBe('CODES_EXHAUSTED');
    expect(entries(BUNKYO).at(-1)).toMatchObject({ event: 'ANSWERED', outcome: 'CODES_EXHAUSTED' });
    expect(entries(BUNKYO).map(({ event }) => event)).not.toContain('RECORDED');
    expect((await bunkyo.try(codeChange, asking)).refusal?.reason).toBe('CODES_EXHAUSTED');
    expect(await pool()).toMatchObject({ free: 0, waiting: true });
  });

  it('goes on taking notifications that need no code', async () => {
    await come(SEEDED);
    const [resident] = new Town(network.people, BUNKYO).singles;
    const leaving = leavingForShinjuku(resident ? [resident] : []);
    expect(await bunkyo.receipt(moveOut, leaving, 'MOVE_OUT')).toMatchObject({ late: false });
  });

  it('puts the same question again once the centre is back, and is given codes once', async () => {
    await come(SEEDED);
    await network.node(BUNKYO).settled();
    await network.start(NATIONAL);
    const until = Date.now() + 10_000;
    let { refusal } = await bunkyo.try(moveIn, firstRecord('再開 之人'));
    while (refusal && Date.now() < until) ({ refusal } = await bunkyo.try(moveIn, firstRecord('再開 之人')));
    await network.node(BUNKYO).settled();
    expect(refusal).toBeUndefined();
    expect(await pool()).toMatchObject({ free: AMOUNT - 1, waiting: false });
  });
});

describe('A code of the pool of Bunkyo is written into a record that takes none from the pool', () => {
  const poolOfBunkyo = () => network.people.find(({ municipality }) => municipality === '131059')?.pool ?? [];
  /** The code that the next newcomer would be given. */
  async function nextCode(): Promise<string> {
    const [code = ''] = await come(1);
    return poolOfBunkyo()[poolOfBunkyo().indexOf(code) + 1] ?? '';
  }

  it('gives it to no newcomer after a correction wrote it, and goes on giving others', async () => {
    const [resident] = new Town(network.people, BUNKYO).singles;
    const correctCode = await nextCode();
    const codeCorrection = { residentRecordCode: resident?.residentRecordCode, on: '2016-05-20', correctCode };
    const { draftId } = await bunkyo.ask(draftAct, { act: { codeCorrection }, grounds: '住民票コードの誤記' });
    await new RegisterDesk(network, BUNKYO, 'gRPC', SECOND_OPERATOR).ask(approve, { draftId });
    const codes = await come(3);
    expect(codes).not.toContain(correctCode);
    expect(await bunkyo.record({ residentRecordCode: correctCode })).toMatchObject({ name: resident?.name });
  });

  it('goes on giving codes after somebody from abroad has stated it as the last one of theirs', async () => {
    const residentRecordCode = await nextCode();
    const people = [{ relationship: '世帯主', person: stranger('帰国 者子'), residentRecordCode }];
    await bunkyo.try(moveIn, firstRecord('帰国 者子', { origin: 'ABROAD', people }));
    expect(new Set(await come(3)).size).toBe(3);
  });
});
