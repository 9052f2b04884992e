import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FamilyRegisterNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/FamilyRegisterNoticeService.js';
import { procedures } from '#core/wire/procedure.js';
import { ListOfficerNotices } from '#scripts/operator/procedures.js';
import { accountOf, anExchange } from '../support/accounts.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { shownLog } from '../support/hold-evidence.js';
import { BUNKYO, SHINJUKU, SUGINAMI } from '../support/offices.js';
import { Town } from '../support/people.js';
import { copyQuestion, isAnswered, ProvenQuestions } from '../support/proven-questions.js';
import { RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── question ─────────────────────────▶ Bunkyo answers what Shinjuku signed for these very bytes,
 *               who, for whom, why, when, once,      and signs for its answer
 *               under Shinjuku's signature
 */
const { NotifyHome } = procedures<FamilyRegisterNoticeServiceDefinition>(
  'juki.register.v1.FamilyRegisterNoticeService',
);
const START = new Date(FRIDAY_MORNING).getTime();

let network: TestNetwork;
let asks: ProvenQuestions;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, SUGINAMI, BUNKYO] });
  asks = new ProvenQuestions(network, new Town(network.people, BUNKYO).memberOfFour);
});
beforeEach(() => network.clock.set(FRIDAY_MORNING));
afterAll(async () => {
  asks.close();
  await network.remove();
});

describe('A question whose proof is sound', () => {
  it('is answered, with a receipt of Bunkyo’s over the proof and the bytes of the answer', async () => {
    const headers = await asks.proven();
    const reply = await asks.send(headers);
    expect(isAnswered(reply)).toBe(true);
    expect(await asks.receiptedBy(headers, reply)).toBe(BUNKYO);
    expect(reply.receipt?.at).toBe(START);
  });

  it('is refused with a receipt over the refusal, where it is refused for what it asks', async () => {
    const residentRecordCode = new Town(network.people, BUNKYO).codeOfNobody();
    const bytes = copyQuestion({ name: '当て 推量', residentRecordCode });
    const headers = await asks.proven(accountOf(), { bytes });
    const reply = await asks.send(headers, { bytes });
    expect(reply.reason).toBe('NOT_FOUND');
    expect(await asks.receiptedBy(headers, reply)).toBe(BUNKYO);
  });

  it('is logged with both, and with the certificates of both', async () => {
    const account = accountOf();
    const reply = await asks.send(await asks.proven(account));
    const { entries, certificates } = await shownLog(network.node(BUNKYO));
    const { proof, receipt } = entries.find(({ leaf }) => leaf.includes(account['juki-exchange'])) ?? {};
    const kept = [proof, receipt].map((text) => JSON.parse(text ?? '{}'));
    expect(kept.map(({ at }) => at)).toEqual([START, START]);
    expect(kept[1].signature).toBe(reply.receipt?.signature.toString('base64'));
    expect(certificates.get(kept[1].certificate)).toBe(reply.receipt?.certificate.toString('base64'));
    expect(certificates.has(kept[0].certificate)).toBe(true);
  });
});

describe('A question that Shinjuku did not sign as it arrives', () => {
  it('is refused without a proof as PROOF_NOT_VALID', async () => {
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(accountOf()));
  });

  it.each(['juki-asked-at', 'juki-proof-bin', 'juki-prover-bin'])('is refused without %s', async (key) => {
    const { [key]: _left, ...others } = await asks.proven();
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(others));
  });

  it('is refused over other bytes, which would be a good question as well', async () => {
    const bytes = copyQuestion(new Town(network.people, BUNKYO).cardHolder.record);
    const headers = await asks.proven();
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(headers, { bytes }));
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(headers, { bytes: Buffer.alloc(0) }));
  });

  it.each([
    ['juki-purpose', 'FAMILY_REGISTER_NOTICE'],
    ['juki-operator', 'operator-2'],
    ['juki-nonce', 'ff'.repeat(16)],
    ['juki-exchange', anExchange(7)],
    ['juki-asked-at', String(START + 1)],
  ])('is refused where %s is another than was signed', async (key, value) => {
    const headers = await asks.proven();
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send({ ...headers, [key]: value }));
  });

  it('is refused by another procedure than it was signed for', async () => {
    const headers = await asks.proven();
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(headers, { path: NotifyHome.path }));
  });

  it('is refused by another office than it was signed for: Bunkyo can not pass a question on as Shinjuku’s', async () => {
    const headers = await asks.proven();
    await asks.expectTurnedAway(
      'PROOF_NOT_VALID',
      () => asks.send(headers, { line: asks.connect(SHINJUKU, SUGINAMI) }),
      SUGINAMI,
    );
  });

  it('is refused with Suginami’s certificate and signature over Shinjuku’s connection, in whosever name', async () => {
    const [asItself, asShinjuku] = [{ asking: SUGINAMI }, { by: SUGINAMI }];
    for (const wish of [asItself, asShinjuku]) {
      const headers = await asks.proven(accountOf(), wish);
      await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(headers));
    }
  });

  it('is refused with Shinjuku’s own certificate beside a signature of Suginami’s', async () => {
    const [own, others] = [await asks.proven(), await asks.proven(accountOf(), { by: SUGINAMI })];
    const mixed = { ...others, 'juki-prover-bin': own['juki-prover-bin'] as Buffer };
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(mixed));
  });

  it('is refused over Suginami’s connection, though Shinjuku signed it: what is overheard can not be used', async () => {
    const headers = await asks.proven();
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(headers, { line: asks.connect(SUGINAMI) }));
    expect(isAnswered(await asks.send(headers))).toBe(true);
  });

  it.each(['juki-proof-bin', 'juki-prover-bin'])('is refused with noise for %s', async (key) => {
    const noise = { ...(await asks.proven()), [key]: Buffer.alloc(64, 0x5a) };
    await asks.expectTurnedAway('PROOF_NOT_VALID', () => asks.send(noise));
  });
});

describe('An operator of Bunkyo', () => {
  it('needs no proof: certificate and session stand for them', async () => {
    const line = new RawLine(network.node(BUNKYO).grpcPort, operatorOf(network, BUNKYO));
    const reply = await line.call(ListOfficerNotices.path, ListOfficerNotices.encodeRequest({ purpose: '窓口の照会' }));
    line.close();
    expect(reply).toMatchObject({ code: 0, receipt: undefined });
  });
});

describe('Bunkyo after all that', () => {
  it('answers Shinjuku’s counter as ever', async () => {
    const { copy } = await overGrpc.apply(network, SHINJUKU, byPhotoId(new Town(network.people, BUNKYO).memberOfFour));
    expect(copy?.records).toHaveLength(1);
  });
});
