import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chipPath, openByPin, readChip, sealByPin } from '#municipality/devices/chip.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { pocketsIn } from '#scripts/network/start-network.js';
import { CardCounter, type InReader } from '../support/card-counter.js';
import { orderReturn } from '../support/card-questions.js';
import { type Level, levelsOf } from '../support/levels.js';
import { BUNKYO, NATIONAL, SHINJUKU, SUGINAMI, TOKYO } from '../support/offices.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   holder, card ──▶ Shinjuku ── answer no. 5 ──▶ national centre: 5 is noted
 *   thief, copy  ──▶ Suginami ── answer no. 5 ──▶ national centre: 5 was given before ── CARD_COPIED ──▶ Tokyo ──▶ Bunkyo,
 *                                                                                        its list of discrepancies
 */
describe('The chip of a card of Bunkyo was copied, and its PIN looked at', () => {
  let network: TestNetwork;
  let [bunkyo, shinjuku, suginami] = [] as unknown as [CardCounter, CardCounter, CardCounter];
  let mayor: Level;
  let aResident: () => ResidentRecord;
  let holder: ResidentRecord;
  let card: InReader;
  let copy: string;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU, SUGINAMI] });
    [bunkyo, shinjuku, suginami] = [
      ...([new CardCounter(network, BUNKYO), new CardCounter(network, SHINJUKU)] as const),
      new CardCounter(network, SUGINAMI),
    ];
    [mayor] = levelsOf(network);
    aResident = bunkyo.aResident;
  });
  beforeEach(async () => {
    network.clock.set(FRIDAY_MORNING);
    holder = aResident();
    card = await bunkyo.issue(holder);
    await network.settle();
    copy = join(dirname(network.data), 'copied.json');
    copyFileSync(inPocket(), copy);
  });
  afterAll(() => network.remove());

  const inPocket = () => chipPath(pocketsIn(network.data), card.cardNumber);
  const good = () => `${holder.residentRecordCode} of 131059`;
  /** The copy lies in the reader in the place of the card, and keeps what it has counted. */
  async function withCopy<T>(act: () => Promise<T>): Promise<T> {
    const kept = readFileSync(inPocket());
    copyFileSync(copy, inPocket());
    try {
      return await act();
    } finally {
      copyFileSync(inPocket(), copy);
      writeFileSync(inPocket(), kept);
    }
  }
  const isTheirs = ({ residentRecordCode }: { residentRecordCode: string }) =>
    residentRecordCode === holder.residentRecordCode;
  const listed = async () => {
    await network.settle();
    const all = await mayor.discrepancies();
    return all.filter(isTheirs).map(({ what, residentRecordCode, foundBy }) => [what, residentRecordCode, foundBy]);
  };

  it('finds out the copy by its count, in a third municipality, and Bunkyo has it on its list', async () => {
    expect(await shinjuku.shown(card)).toBe(good());
    expect(await withCopy(() => suginami.shown(card))).toBe('CARD_COPIED');
    expect(await listed()).toEqual([['CARD_COPIED', holder.residentRecordCode, NATIONAL]]);
  });

  it('finds out that there are two as well where the copy comes first, and the holder after it', async () => {
    expect(await withCopy(() => suginami.shown(card))).toBe(good());
    expect(await shinjuku.shown(card)).toBe('CARD_COPIED');
    expect(await listed()).toEqual([['CARD_COPIED', holder.residentRecordCode, NATIONAL]]);
  });

  it('finds it out at home too, where the register itself says that the card is good', async () => {
    expect(await withCopy(() => suginami.shown(card))).toBe(good());
    expect(await bunkyo.shown(card)).toBe('CARD_COPIED');
    expect(await listed()).toEqual([['CARD_COPIED', holder.residentRecordCode, NATIONAL]]);
  });

  it('finds it out at home without the centre, where both are shown there', async () => {
    await network.stop(NATIONAL);
    expect(await bunkyo.shown(card)).toBe(good());
    expect(await withCopy(() => bunkyo.shown(card))).toBe('CARD_COPIED');
    await network.start(NATIONAL);
  });

  it('is listed once, however often it is shown, until an officer has looked into it', async () => {
    for (const _time of [1, 2, 3]) await shinjuku.shown(card);
    // Within some minutes, the first of two answers can have been overtaken on the line.
    expect(await withCopy(() => suginami.shown(card))).toBe('CARD_NOT_CONFIRMED');
    network.clock.set('2016-05-27T10:11:00+09:00');
    for (const _time of [1, 2]) expect(await withCopy(() => suginami.shown(card))).toBe('CARD_COPIED');
    expect(await listed()).toHaveLength(1);
    const [found] = (await mayor.discrepancies()).filter(isTheirs);
    expect(await mayor.close(found?.discrepancyId ?? '', '本人に連絡し、カードの返納を命じた')).toBeUndefined();
    expect(await listed()).toEqual([]);
  });

  it('is of no use any more, neither of the two, once an officer has ordered the card back', async () => {
    await shinjuku.shown(card);
    await withCopy(() => suginami.shown(card));
    await bunkyo.ask(orderReturn, { cardNumber: card.cardNumber });
    await network.settle();
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
    const shown = [await withCopy(() => suginami.shown(card)), await withCopy(() => suginami.shown(card))];
    expect(shown).toEqual(['CARD_COPIED', 'CARD_INVALID']);
  });

  it('is of no use without the PIN: three guesses lock the copy as they lock the card', async () => {
    const guesses = [0, 1, 2].map((n) => ({ ...card, pin: `000${n}` }));
    for (const guess of guesses) expect(await withCopy(() => suginami.shown(guess))).toBe('PIN_FAILED');
    expect(await withCopy(() => suginami.shown(card))).toBe('PIN_FAILED');
    expect(await shinjuku.shown(card)).toBe(good());
  });

  it('shows nobody else’s code, though one was sealed into it with the PIN: neither at home nor elsewhere', async () => {
    const victim = aResident();
    const chip = readChip(pocketsIn(network.data), card.cardNumber);
    const secret = chip && openByPin(chip, card.pin);
    const { residentRecordCode } = victim;
    const altered = sealByPin({ residentRecordCode, privateKey: secret?.privateKey ?? '' }, card.pin);
    writeFileSync(copy, JSON.stringify({ ...chip, ...altered }));
    for (const counter of [bunkyo, shinjuku]) expect(await withCopy(() => counter.shown(card))).toBe('CARD_INVALID');
    expect(await shinjuku.shown(card)).toBe(good());
  });
});
