import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aCardStatus, KEY, OTHER_KEY } from '../../../../test/support/cards.js';
import {
  CARD_STATES,
  type CardStatus,
  foldCardStatuses,
  INVALIDITY_CAUSES,
  isValid,
  standingOn,
} from './card-status.js';

const ACTIVE = { state: 'ACTIVE', invalidBy: null };
const EXPIRED = { state: 'INVALID', invalidBy: 'EXPIRED' };
const MISSED = { state: 'INVALID', invalidBy: 'SPECIAL_MOVE_MISSED' };
const waiting = { lapsesAfter: '2016-06-26', lapsesBy: 'SPECIAL_MOVE_MISSED' as const };

describe('How a card stands on a day (DEADLINE)', () => {
  it('it is good on its last day, and expired the day after, without anybody having noted it', () => {
    const card = aCardStatus({ expiresOn: '2018-05-01' });
    expect(standingOn(card, '2018-05-01')).toEqual(ACTIVE);
    expect(standingOn(card, '2018-05-02')).toEqual(EXPIRED);
  });

  it('it is good on the last day for what it waits for, and invalid by that the day after', () => {
    const card = aCardStatus(waiting);
    expect(standingOn(card, '2016-06-26')).toEqual(ACTIVE);
    expect(standingOn(card, '2016-06-27')).toEqual(MISSED);
  });

  it('of two last days that have passed, the earlier one made it invalid', () => {
    const day = '2020-01-01';
    expect(standingOn(aCardStatus({ ...waiting, expiresOn: '2016-06-25' }), day)).toEqual(EXPIRED);
    expect(standingOn(aCardStatus({ ...waiting, expiresOn: '2016-06-27' }), day)).toEqual(MISSED);
  });

  it('where both are one day, it has expired', () => {
    const card = aCardStatus({ ...waiting, expiresOn: '2016-06-26' });
    expect(standingOn(card, '2016-06-26')).toEqual(ACTIVE);
    expect(standingOn(card, '2016-06-27')).toEqual(EXPIRED);
  });

  it('one that is lost expires, and lapses, as well', () => {
    const lost = aCardStatus({ ...waiting, state: 'SUSPENDED' });
    expect(standingOn(lost, '2016-06-26')).toEqual({ state: 'SUSPENDED', invalidBy: null });
    expect(standingOn(lost, '2016-06-27')).toEqual(MISSED);
    expect(standingOn({ ...lost, lapsesAfter: null }, '2018-05-02')).toEqual(EXPIRED);
  });

  it.each(['INVALID', 'RETURNED', 'DESTROYED'] as const)('one that is %s keeps its cause, whatever passes', (state) => {
    const ended = aCardStatus({ ...waiting, state, invalidBy: 'CODE_CHANGED' });
    for (const day of ['2016-05-27', '2016-06-27', '2030-01-01'])
      expect(standingOn(ended, day)).toEqual({ state, invalidBy: 'CODE_CHANGED' });
  });
});

const statuses = fc
  .uniqueArray(
    fc.record({
      cardNumber: fc.constantFrom('JC0000000001', 'JC0000000002'),
      state: fc.constantFrom(...CARD_STATES),
      version: fc.integer({ min: 1, max: 20 }),
      municipality: fc.constantFrom('131059', '141003'),
      invalidBy: fc.constantFrom(...INVALIDITY_CAUSES),
    }),
    { selector: ({ cardNumber, version }) => `${cardNumber} ${version}`, maxLength: 12 },
  )
  .map((all) => all.map((one) => aCardStatus({ ...one, invalidBy: isValid(one) ? null : one.invalidBy })));

function folded(all: CardStatus[]) {
  const known = new Map<string, CardStatus>();
  foldCardStatuses(known, all);
  return known;
}

describe('What is known of cards, after their statuses have come (CHAIN)', () => {
  it('is the same in whatever order they came', () => {
    const shuffled = statuses.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(fc.property(shuffled, ([all, others]) => expect(folded(others)).toEqual(folded(all))));
  });

  it('is the same however often they came, and in however many pieces', () => {
    fc.assert(
      fc.property(statuses, fc.nat(12), (all, at) => {
        const known = folded(all.slice(0, at));
        expect(foldCardStatuses(known, all).refused).toEqual([]);
        expect(foldCardStatuses(known, all).taken).toEqual([]);
        expect(known).toEqual(folded(all));
      }),
    );
  });

  it('is the newest by version of each card, among those that are good and among those that are not', () => {
    const [first, second] = [aCardStatus({ version: 1 }), aCardStatus({ version: 2, state: 'SUSPENDED' })];
    expect(folded([second, first])).toEqual(new Map([[first.cardNumber, second]]));
    const invalid = aCardStatus({ version: 3, state: 'INVALID', invalidBy: 'DEATH' });
    const returned = { ...invalid, version: 4, state: 'RETURNED' as const };
    expect(folded([returned, invalid])).toEqual(new Map([[first.cardNumber, returned]]));
  });

  it('is never that a card is good again which had come to its end, whoever says so with whatever version', () => {
    const ended = aCardStatus({ version: 3, state: 'INVALID', invalidBy: 'RETURN_ORDERED' });
    const revived = aCardStatus({ version: 999, municipality: '141003' });
    expect(folded([ended, revived])).toEqual(new Map([[ended.cardNumber, ended]]));
    expect(folded([revived, ended])).toEqual(new Map([[ended.cardNumber, ended]]));
  });

  it('does not change by another chip under a number that is known: its number is refused, the others are taken', () => {
    const known = folded([aCardStatus()]);
    const other = aCardStatus({ publicKey: OTHER_KEY.publicKey, version: 9 });
    const fresh = aCardStatus({ cardNumber: 'JC0000000002', publicKey: OTHER_KEY.publicKey });
    expect(foldCardStatuses(known, [other, fresh])).toEqual({ taken: [fresh], refused: [other.cardNumber] });
    expect(known.get(other.cardNumber)?.publicKey).toBe(KEY.publicKey);
  });

  it('does not change by another chip within the same delivery either', () => {
    const other = aCardStatus({ publicKey: OTHER_KEY.publicKey, version: 9 });
    expect(foldCardStatuses(new Map(), [aCardStatus(), other]).refused).toEqual([other.cardNumber]);
  });
});
