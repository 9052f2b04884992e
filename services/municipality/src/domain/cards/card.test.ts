import { describe, expect, it } from '@jest/globals';
import { CARD_STATES, type CardState } from '#core/domain/card-status.js';
import { aCard } from '../../../../../test/support/cards.js';
import { refusedAs } from '../../../../../test/support/households.js';
import {
  asOf,
  destroyed,
  found,
  invalidated,
  isKeptHere,
  isValid,
  lapsing,
  returned,
  statusOf,
  suspended,
  wasActiveOn,
} from './card.js';

const CARD = aCard();
const inState = (state: CardState) => aCard({ state, invalidBy: isValid({ state }) ? null : 'DEATH' });

const TRANSITIONS = [
  { what: 'lost', act: suspended, from: ['ACTIVE'], to: { state: 'SUSPENDED' } },
  { what: 'found', act: found, from: ['SUSPENDED'], to: { state: 'ACTIVE' } },
  {
    ...{ what: 'made invalid', act: (card: typeof CARD) => invalidated(card, 'CODE_CHANGED') },
    ...{ from: ['ACTIVE', 'SUSPENDED'], to: { state: 'INVALID', invalidBy: 'CODE_CHANGED' } },
  },
  { what: 'taken back', act: returned, from: ['ACTIVE', 'SUSPENDED', 'INVALID'], to: { state: 'RETURNED' } },
  { what: 'destroyed', act: destroyed, from: ['RETURNED'], to: { state: 'DESTROYED' } },
];

describe.each(TRANSITIONS)('A card is $what', ({ act, from, to }) => {
  it.each(from)('from %s, and nothing else of it changes', (state) => {
    const card = inState(state as CardState);
    const { state: _state, invalidBy: _cause, ...rest } = card;
    expect(act(card)).toMatchObject({ ...rest, ...to });
  });

  it.each(CARD_STATES.filter((state) => !from.includes(state)))('and not from %s, which it says', (state) => {
    expect(() => act(inState(state))).toThrow(refusedAs('CARD_STATE_CONTRADICTED', { fault: `is ${state}` }));
  });
});

describe('What makes a card invalid', () => {
  it('is that it was taken back, where it was good until then', () => {
    expect(returned(CARD)).toMatchObject({ state: 'RETURNED', invalidBy: 'RETURNED' });
    expect(returned(suspended(CARD))).toMatchObject({ state: 'RETURNED', invalidBy: 'RETURNED' });
  });

  it('stays what it was, when the card is taken back and destroyed', () => {
    const dead = invalidated(CARD, 'DEATH');
    expect(destroyed(returned(dead))).toMatchObject({ state: 'DESTROYED', invalidBy: 'DEATH' });
  });

  it('is nothing for one that was lost and found', () => {
    expect(found(suspended(CARD))).toEqual(CARD);
  });
});

describe('A card on a day', () => {
  it('is as it was noted until its last day, and expired from the next', () => {
    expect(asOf(CARD, '2018-05-01')).toEqual(CARD);
    expect(asOf(CARD, '2018-05-02')).toEqual({ ...CARD, state: 'INVALID', invalidBy: 'EXPIRED' });
  });

  it('is neither lost nor found any more, once it has passed its last day', () => {
    const late = asOf(CARD, '2018-05-02');
    for (const act of [suspended, found])
      expect(() => act(late)).toThrow(refusedAs('CARD_STATE_CONTRADICTED', { fault: 'is INVALID' }));
  });

  it('is still good while it waits for something, and not after, until nothing has to happen any more', () => {
    const waiting = lapsing(CARD, { after: '2016-08-25', by: 'NOT_CONTINUED' });
    expect(asOf(waiting, '2016-08-25')).toEqual(waiting);
    expect(asOf(waiting, '2016-08-26')).toMatchObject({ state: 'INVALID', invalidBy: 'NOT_CONTINUED' });
    expect(asOf(lapsing(waiting, null), '2016-08-26')).toEqual(CARD);
  });

  it('was good until the day by which a special move-in was missed, also when that has been noted', () => {
    const noted = asOf(lapsing(CARD, { after: '2016-06-26', by: 'SPECIAL_MOVE_MISSED' }), '2016-06-27');
    expect([wasActiveOn(noted, '2016-06-26'), wasActiveOn(noted, '2016-06-27')]).toEqual([true, false]);
    const ended = lapsing(invalidated(CARD, 'SPECIAL_MOVE_MISSED'), null);
    expect(wasActiveOn(ended, '2016-06-26')).toBe(false);
    expect(wasActiveOn(suspended(CARD), '2016-06-26')).toBe(false);
  });
});

describe('What the levels above are told of a card', () => {
  it('is how it stands, and neither whose record it is nor what opens it', () => {
    const { recordId, managementKey, issuedOn, answers, movedTo, ...told } = CARD;
    expect(statusOf(CARD, '131059')).toEqual({ ...told, municipality: '131059' });
    const text = JSON.stringify(statusOf(CARD, '131059'));
    expect([recordId, managementKey].filter((secret) => text.includes(secret))).toEqual([]);
    expect([issuedOn, answers, movedTo]).toEqual(['2008-05-01', 0, null]);
  });

  it('comes from where it is kept: not from where it was, once it has gone along with its holder', () => {
    expect(isKeptHere(CARD)).toBe(true);
    expect(isKeptHere({ ...CARD, movedTo: '141003' })).toBe(false);
  });
});
