import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountOf, anExchange } from '../support/accounts.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { isAnswered, ProvenQuestions } from '../support/proven-questions.js';
import type { RawLine } from '../support/raw-line.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── question ──▶ Bunkyo: answered
 *            ── the same ──▶         not a second time, be it a moment later, tomorrow, or at once
 */
const START = new Date(FRIDAY_MORNING).getTime();
const A_MINUTE = 60_000;

let network: TestNetwork;
let asks: ProvenQuestions;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  asks = new ProvenQuestions(network, new Town(network.people, BUNKYO).memberOfFour);
});
beforeEach(() => network.clock.set(FRIDAY_MORNING));
afterAll(async () => {
  asks.close();
  await network.remove();
});

const show = (ms: number) => network.clock.set(new Date(START + ms));

describe('A question that Shinjuku signed at another time', () => {
  it.each([
    ['five minutes ago', 5 * A_MINUTE, true],
    ['a millisecond more than five minutes ago', 5 * A_MINUTE + 1, false],
    ['in five minutes, by its clock', -5 * A_MINUTE, true],
    ['in a millisecond more than five minutes', -5 * A_MINUTE - 1, false],
    ['yesterday, and nobody has seen it yet', 86_400_000, false],
  ])('is answered or refused as PROOF_STALE: %s', async (_when, ago, isFresh) => {
    show(-ago);
    const headers = await asks.proven();
    show(0);
    if (isFresh) expect(isAnswered(await asks.send(headers))).toBe(true);
    else await asks.expectTurnedAway('PROOF_STALE', () => asks.send(headers));
  });
});

describe('A question that was answered, and comes again', () => {
  it('is refused a moment later as REPLAYED, over the same connection and over another', async () => {
    const [line, headers] = [asks.connect(), await asks.proven()];
    expect(isAnswered(await asks.send(headers, { line }))).toBe(true);
    show(1_000);
    await asks.expectTurnedAway('REPLAYED', () => asks.send(headers, { line }));
    await asks.expectTurnedAway('REPLAYED', () => asks.send(headers));
  });

  it('is refused a day later as PROOF_STALE', async () => {
    const headers = await asks.proven();
    expect(isAnswered(await asks.send(headers))).toBe(true);
    show(86_400_000);
    await asks.expectTurnedAway('PROOF_STALE', () => asks.send(headers));
  });

  it('is refused under a new proof as REPLAYED, whatever it asks: an exchange is answered once', async () => {
    const account = accountOf();
    expect(isAnswered(await asks.send(await asks.proven(account)))).toBe(true);
    const bytes = Buffer.alloc(0);
    const anew = await asks.proven(account, { bytes });
    await asks.expectTurnedAway('REPLAYED', () => asks.send(anew, { bytes }));
  });

  it('is refused where it was refused for what it asks', async () => {
    const bytes = Buffer.from([0xff]);
    const headers = await asks.proven(accountOf(), { bytes });
    expect((await asks.send(headers, { bytes })).reason).toBe('INVALID_REQUEST');
    await asks.expectTurnedAway('REPLAYED', () => asks.send(headers, { bytes }));
  });

  it.each([
    ['the same proof', async () => asks.proven(accountOf(anExchange(51))), anExchange(51)],
    ['proofs of their own', undefined, anExchange(52)],
  ])('is answered once where two of one exchange come at once, on two connections, with %s', async (_what, one, id) => {
    const shared = await one?.();
    const both = await Promise.all([0, 1].map(async () => shared ?? (await asks.proven(accountOf(id)))));
    const wires = [asks.connect(), asks.connect()];
    const { reply, entries } = await network.watch(() =>
      Promise.all(both.map((headers, i) => asks.send(headers, { line: wires[i] as RawLine }))),
    );
    expect(reply.filter(isAnswered)).toHaveLength(1);
    expect(reply.map(({ reason }) => reason).filter(Boolean)).toEqual(['REPLAYED']);
    expect(
      entries(BUNKYO)
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['OK', 'REPLAYED']);
  });

  it('is refused after Bunkyo was started again, as long as it is fresh', async () => {
    const headers = await asks.proven();
    expect(isAnswered(await asks.send(headers))).toBe(true);
    await network.stop(BUNKYO);
    await network.start(BUNKYO);
    show(2_000);
    const again = await asks.send(headers);
    expect(isAnswered(again)).toBe(false);
    expect(['REPLAYED', 'PROOF_STALE']).toContain(again.reason);
  });
});
