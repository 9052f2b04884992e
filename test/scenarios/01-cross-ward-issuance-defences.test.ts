import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { chipPath } from '#municipality/devices/chip.js';
import { pocketsIn } from '#scripts/network/start-network.js';
import { accountOf, anExchange } from '../support/accounts.js';
import { type Application, byCard, byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { BUNKYO, NATIONAL, SHINJUKU, SUGINAMI, YAMATSURI } from '../support/offices.js';
import { type CardHolder, Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { applyingOver, expectRefusedAtCounter, expectRefusedByHome } from '../support/refusals.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   somebody who guesses PINs ──────▶ Shinjuku ─┐
 *                    (the chip counts)          ├─▶ Bunkyo
 *   somebody who guesses names ─────▶ Suginami ─┘   counts failed identifications
 *   and codes                                       of each issuing municipality
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

function withPin({ card, record }: CardHolder, pin: string): Application {
  return byCard({ record, card: { ...card, pin } });
}

function wrongPin({ card }: CardHolder): string {
  return card.pin === '0000' ? '0001' : '0000';
}

describe.each([
  { ...overGrpc, first: 0 },
  { ...overHttps, first: 2 },
])('A card in the reader of Shinjuku, over $way', ({ first, ...entrance }) => {
  let network: TestNetwork;
  let holders: CardHolder[];
  const apply = applyingOver(entrance, () => network);
  const triesLeft = ({ card }: CardHolder) =>
    JSON.parse(readFileSync(chipPath(pocketsIn(network.data), card.cardNumber), 'utf8')).triesLeft;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, SUGINAMI, BUNKYO] });
    holders = new Town(network.people, BUNKYO).cardHolders;
  });
  afterAll(() => network.remove());

  it('refuses a wrong PIN as PIN_FAILED, counts it in the chip, and sets the count back at the right PIN', async () => {
    const holder = holders[first] as CardHolder;
    expectRefusedAtCounter(await apply(withPin(holder, wrongPin(holder))), 'PIN_FAILED');
    expect(triesLeft(holder)).toBe(2);
    const { reply } = await apply(byCard(holder));
    expect(reply.copy?.records).toHaveLength(1);
    expect(triesLeft(holder)).toBe(3);
  });

  it('locks after three wrong PINs in a row, so that the right one fails with the same answer, at any counter', async () => {
    const holder = holders[first + 1] as CardHolder;
    const wrong = withPin(holder, wrongPin(holder));
    const refusals = [await apply(wrong), await apply(wrong), await apply(wrong)];
    expect(triesLeft(holder)).toBe(0);
    const locked = await apply(byCard(holder));
    expectRefusedAtCounter(locked, 'PIN_FAILED');
    expectRefusedAtCounter(await apply(byCard(holder), SUGINAMI), 'PIN_FAILED');
    expect(refusals.map(({ reply }) => reply.bytes)).toEqual(refusals.map(() => locked.reply.bytes));
  });
});

describe.each([overGrpc, overHttps])(
  'Bunkyo is asked by municipalities that can not identify applicants, over $way',
  (entrance) => {
    let network: TestNetwork;
    let bunkyo: Town;
    const apply = applyingOver(entrance, () => network);
    const guess = (): Application => byPhotoId({ name: '当て 推量', residentRecordCode: bunkyo.codeOfNobody() });
    const guesses = async (count: number) => {
      const reasons: (string | undefined)[] = [];
      while (reasons.length < count) reasons.push((await entrance.apply(network, SHINJUKU, guess())).reason);
      return reasons;
    };

    beforeEach(async () => {
      network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, SUGINAMI, BUNKYO] });
      bunkyo = new Town(network.people, BUNKYO);
    });
    afterEach(() => network.remove());

    it('answers thirty failures of Shinjuku, then refuses even a good application from there as RATE_LIMITED', async () => {
      expect(new Set(await guesses(30))).toEqual(new Set(['NOT_FOUND']));
      const limited = await apply(byPhotoId(bunkyo.memberOfFour));
      expectRefusedByHome(limited, 'RATE_LIMITED');
      expect(limited.reply.retryAfterSeconds).toBe(6);
    });

    it('goes on answering Suginami while Shinjuku is limited', async () => {
      await guesses(31);
      const { reply } = await apply(byPhotoId(bunkyo.memberOfFour), SUGINAMI);
      expect(reply.copy?.records).toHaveLength(1);
    });

    it('answers Shinjuku again after the seconds that it was told, and ten more failures after a minute', async () => {
      await guesses(30);
      network.clock.set('2016-05-27T10:00:06+09:00');
      const { reply } = await apply(byPhotoId(bunkyo.memberOfFour));
      network.clock.set('2016-05-27T10:01:00+09:00');
      const reasons = await guesses(11);
      expect(reply.copy?.records).toHaveLength(1);
      expect(reasons).toEqual([...Array(10).fill('NOT_FOUND'), 'RATE_LIMITED']);
    });

    it('counts no applicant whom it identified', async () => {
      const good = byPhotoId(bunkyo.memberOfFour);
      for (let i = 0; i < 40; i++) await entrance.apply(network, SHINJUKU, good);
      expect(await guesses(30)).not.toContain('RATE_LIMITED');
    });

    it('answers no more than thirty of sixty failures that arrive at the same time', async () => {
      const replies = await Promise.all(Array.from({ length: 60 }, () => entrance.apply(network, SHINJUKU, guess())));
      const answered = replies.filter(({ reason }) => reason === 'NOT_FOUND');
      const limited = replies.filter(({ reason }) => reason === 'RATE_LIMITED');
      expect(answered.length + limited.length).toBe(60);
      expect(answered.length).toBeLessThanOrEqual(30);
    });
  },
);

describe('Each end decides by itself whether the other takes part', () => {
  let network: TestNetwork;
  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, BUNKYO, YAMATSURI] });
  });
  afterAll(() => network.remove());

  it.each([
    { what: 'Bunkyo refuses a question of Yamatsuri', asking: YAMATSURI, home: BUNKYO },
    { what: 'Yamatsuri refuses a question of Shinjuku', asking: SHINJUKU, home: YAMATSURI },
  ])('$what as NOT_PARTICIPATING, whatever the counter there let through', async ({ asking, home }) => {
    const record = new Town(network.people, home).memberOfFour;
    const { name: applicantName, residentRecordCode } = record;
    const question = { applicantName, residentRecordCode, whom: 'WHOM_TO_PRINT_APPLICANT' as const };
    const line = ProvenLine.between(network, asking, home);
    const { reply, entries } = await network.watch(() =>
      line.call(ProvideCopyData.path, ProvideCopyData.encodeRequest(question), { metadata: accountOf(anExchange()) }),
    );
    line.close();
    expect(reply).toMatchObject({ reason: 'NOT_PARTICIPATING', details: { office: YAMATSURI }, messages: [] });
    expect(entries(home)).toMatchObject([{ event: 'ANSWERED', outcome: 'NOT_PARTICIPATING', exchange: anExchange() }]);
  });
});
