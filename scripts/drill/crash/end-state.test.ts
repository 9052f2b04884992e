import { describe, expect, it } from '@jest/globals';
import { EndState, type Rows } from './end-state.js';

const ENDS = { from: 'municipality/131059', to: 'municipality/141003' };
const [FATHER, MOTHER, CARD] = ['24727059608', '24846016224', 'JC0000000001'];
const FAMILY = { codes: [FATHER, MOTHER], card: { cardNumber: CARD } };

/** What there has to be after they have moved, with whoever stayed behind. */
function right(): Rows {
  const card = { state: 'ACTIVE', lapses_by: null, version: 7 };
  return {
    origin: { active: ['00000000043'], cards: new Map([[CARD, { ...card, moved_to: '141003' }]]), underWay: new Set() },
    destination: {
      ...{ active: [FATHER, MOTHER], underWay: new Set() },
      cards: new Map([[CARD, { ...card, moved_to: null }]]),
    },
    confirmed: [FATHER, MOTHER],
    statuses: new Map([[CARD, { municipality: '141003', state: 'ACTIVE', version: 7 }]]),
  };
}

/** What is found after something of it was changed. */
function foundAfter(change: (rows: Rows) => void): string[] {
  const rows = right();
  change(rows);
  return new EndState(ENDS, rows).faultsOf(FAMILY);
}

describe('The end of a move', () => {
  it('is right where everybody is on the one register, with a card that goes on, and was confirmed once', () => {
    expect(foundAfter(() => {})).toEqual([]);
  });

  it('is found to be wrong where somebody is on no register, or on two, or twice on one', () => {
    expect(foundAfter(({ destination }) => destination.active.pop())).toEqual(['LOST']);
    expect(foundAfter(({ origin }) => origin.active.push(FATHER))).toEqual(['DOUBLED', 'STILL_AT_ORIGIN']);
    expect(foundAfter(({ destination }) => destination.active.push(FATHER))).toEqual(['DOUBLED']);
  });

  it('is found to be wrong where the prefecture was told of somebody never, or twice', () => {
    expect(foundAfter(({ confirmed }) => confirmed.pop())).toEqual(['NOT_CONFIRMED_ONCE']);
    expect(foundAfter(({ confirmed }) => confirmed.push(MOTHER))).toEqual(['NOT_CONFIRMED_ONCE']);
  });

  it('is found to be wrong where the card is not good, is kept twice, or is known otherwise above', () => {
    const kept = (rows: Rows, standing: object) => Object.assign(rows.destination.cards.get(CARD) ?? {}, standing);
    expect(foundAfter((rows) => kept(rows, { state: 'INVALID' }))).toEqual(['CARD_NOT_KEPT']);
    expect(foundAfter((rows) => kept(rows, { lapses_by: 'NOT_CONTINUED' }))).toEqual(['CARD_NOT_KEPT']);
    expect(foundAfter((rows) => kept(rows, { version: 8 }))).toEqual(['CARD_OTHERWISE_ABOVE']);
    expect(foundAfter(({ origin }) => origin.cards.clear())).toEqual(['CARD_STILL_AT_ORIGIN']);
    expect(foundAfter(({ statuses }) => statuses.clear())).toEqual(['CARD_OTHERWISE_ABOVE']);
  });

  it('is found to be wrong where one end still waits for the other', () => {
    expect(foundAfter(({ origin }) => origin.underWay.add(MOTHER))).toEqual(['MOVE_NOT_CLOSED']);
    expect(foundAfter(({ destination }) => destination.underWay.add(FATHER))).toEqual(['MOVE_NOT_CLOSED']);
  });
});
