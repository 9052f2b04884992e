import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely, Transaction } from 'kysely';
import type { Card, CardEvent } from '#municipality/domain/cards/card.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import {
  appendCardEvent,
  cardsOf,
  cardsOfPeople,
  cardsPast,
  eventsOf,
  findCard,
  noteAnswersHere,
  putCard,
} from '#municipality/storage/cards.js';
import { enterRecords } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { aCard } from '../support/cards.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aMember } from '../support/households.js';

const [HERS, HIS] = ['record-1', 'record-2'] as const;
const numbered = (n: number, differing: Partial<Card> = {}) => aCard({ cardNumber: `JC000000000${n}`, ...differing });
const CARD = numbered(1);
const ENDED = numbered(2, {
  state: 'INVALID',
  invalidBy: 'REISSUED',
  issuedOn: '2007-01-01',
  lapsesAfter: '2016-01-01',
});
const WAITING = numbered(3, {
  ...{ recordId: HIS, residentRecordCode: '24846016224', kind: 'INDIVIDUAL_NUMBER_CARD', state: 'SUSPENDED' },
  ...{ lapsesAfter: '2016-06-26', lapsesBy: 'SPECIAL_MOVE_MISSED', version: 5_000_000, answers: 12 },
});
const MOVED = numbered(4, { recordId: HIS, residentRecordCode: '24846016224', movedTo: '141003' });

describeOnEveryDatabase('Cards in the ledger', (fresh) => {
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    await within(async (trx) => {
      await enterRecords(trx, [aMember(1, '世帯主'), aMember(2, '子')]);
      for (const card of [CARD, ENDED, WAITING, MOVED]) await putCard(trx, card);
    });
  });
  afterEach(() => ledger.destroy());

  const within = (act: (trx: Transaction<MunicipalityTables>) => Promise<void>) => ledger.transaction().execute(act);
  const numbers = (cards: Card[]) => cards.map(({ cardNumber }) => cardNumber);

  it('come back as they were kept, whatever is there and is not', async () => {
    for (const card of [CARD, ENDED, WAITING, MOVED]) expect(await findCard(ledger, card.cardNumber)).toEqual(card);
    expect(await findCard(ledger, 'JC9999999999')).toBeUndefined();
  });

  it('are kept anew in their own place', async () => {
    const changed = { ...CARD, state: 'RETURNED' as const, invalidBy: 'RETURNED' as const, version: 2 };
    await within((trx) => putCard(trx, changed));
    expect(await findCard(ledger, CARD.cardNumber)).toEqual(changed);
    expect(await findCard(ledger, WAITING.cardNumber)).toEqual(WAITING);
  });

  it('are as they were where the transaction is not done', async () => {
    const failing = within(async (trx) => {
      await putCard(trx, { ...CARD, state: 'SUSPENDED' });
      await appendCardEvent(trx, CARD.cardNumber, event('SUSPENDED'));
      throw new RangeError('not done');
    });
    await expect(failing).rejects.toThrow('not done');
    expect(await findCard(ledger, CARD.cardNumber)).toEqual(CARD);
    expect(await eventsOf(ledger, CARD.cardNumber)).toEqual([]);
  });

  it('are found by their holders’ records, the oldest first, and by nobody’s', async () => {
    expect(await cardsOf(ledger, [HERS])).toEqual([ENDED, CARD]);
    expect(numbers(await cardsOf(ledger, [HERS, HIS]))).toEqual(numbers([ENDED, CARD, WAITING, MOVED]));
    expect(await cardsOf(ledger, ['record-9'])).toEqual([]);
    expect(await cardsOf(ledger, [])).toEqual([]);
  });

  it('are found by the codes that they hold as well, each once', async () => {
    const codes = [WAITING.residentRecordCode];
    expect(numbers(await cardsOfPeople(ledger, { recordIds: [], codes }))).toEqual(numbers([WAITING, MOVED]));
    expect(numbers(await cardsOfPeople(ledger, { recordIds: [HIS], codes }))).toEqual(numbers([WAITING, MOVED]));
    expect(await cardsOfPeople(ledger, { recordIds: [], codes: [] })).toEqual([]);
  });

  it('are past their last day from the day after, whichever of the two is over, and only as long as nobody has noted it', async () => {
    expect(await cardsPast(ledger, '2016-06-26')).toEqual([]);
    expect(await cardsPast(ledger, '2016-06-27')).toEqual([WAITING.cardNumber]);
    expect(await cardsPast(ledger, '2018-05-01')).toEqual([WAITING.cardNumber]);
    expect(await cardsPast(ledger, '2018-05-02')).toEqual(numbers([CARD, WAITING]));
  });

  it('have what became of them beside them, the oldest first, each with a place of its own', async () => {
    const events = [event('ACTIVE'), event('SUSPENDED'), event('ACTIVE'), event('INVALID')];
    for (const one of events) await within((trx) => appendCardEvent(trx, CARD.cardNumber, one));
    await within((trx) => appendCardEvent(trx, WAITING.cardNumber, event('SUSPENDED')));
    expect(await eventsOf(ledger, CARD.cardNumber)).toEqual(events);
    expect(await eventsOf(ledger, WAITING.cardNumber)).toEqual([event('SUSPENDED')]);
    expect(await eventsOf(ledger, MOVED.cardNumber)).toEqual([]);
  });

  it('have answered more often each time: a count that they have given before is not noted', async () => {
    expect(await noteAnswersHere(ledger, WAITING.cardNumber, 13)).toBe(true);
    for (const count of [13, 12, 1]) expect(await noteAnswersHere(ledger, WAITING.cardNumber, count)).toBe(false);
    expect(await noteAnswersHere(ledger, WAITING.cardNumber, 99)).toBe(true);
    expect(await findCard(ledger, WAITING.cardNumber)).toEqual({ ...WAITING, answers: 99 });
    expect(await noteAnswersHere(ledger, 'JC9999999999', 1)).toBe(false);
  });
});

function event(state: CardEvent['state']): CardEvent {
  const isEnd = state === 'INVALID';
  return { state, invalidBy: isEnd ? 'EXPIRED' : null, on: '2016-05-27', operator: isEnd ? null : 'operator-1' };
}
