import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { CardStatus } from '#core/domain/card-status.js';
import { cardStatuses, noteAnswers, putCardStatuses } from '#core/storage/card-statuses.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { aCardStatus } from '../support/cards.js';
import { describeOnEveryDatabase } from '../support/every-database.js';

const CARD = aCardStatus();
const WAITING = aCardStatus({
  ...{ cardNumber: 'JC0000000002', kind: 'INDIVIDUAL_NUMBER_CARD', state: 'SUSPENDED', version: 2 ** 31 - 1 },
  ...{ lapsesAfter: '2016-06-26', lapsesBy: 'SPECIAL_MOVE_MISSED' },
});
const NOBODYS = 'JC9999999999';

const AT = new Date('2016-05-27T10:00:00+09:00');

describeOnEveryDatabase('How cards stand, in a ledger above', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    await put(CARD, WAITING);
  });
  afterEach(() => ledger.destroy());

  const put = (...statuses: CardStatus[]) => ledger.transaction().execute((trx) => putCardStatuses(trx, statuses));
  const known = (...cardNumbers: string[]) => cardStatuses(ledger, cardNumbers);

  it('comes back as it was kept, for those that were asked for and are known', async () => {
    const both = await known(CARD.cardNumber, WAITING.cardNumber, NOBODYS);
    expect(both).toEqual(new Map([CARD, WAITING].map((status) => [status.cardNumber, status])));
    expect(await known(NOBODYS)).toEqual(new Map());
    expect(await known()).toEqual(new Map());
  });

  it('is kept anew in the place of what was there, its end too', async () => {
    const ended = {
      ...WAITING,
      state: 'INVALID' as const,
      invalidBy: 'DEATH' as const,
      lapsesAfter: null,
      lapsesBy: null,
    };
    await put(ended, CARD);
    expect(await known(WAITING.cardNumber, CARD.cardNumber)).toEqual(
      new Map([CARD, ended].map((status) => [status.cardNumber, status])),
    );
  });

  it('is found among more cards than one question to the database names', async () => {
    const many = Array.from({ length: 1_100 }, (_, i) => `JC1${String(i).padStart(9, '0')}`);
    expect([...(await known(...many, CARD.cardNumber)).keys()]).toEqual([CARD.cardNumber]);
  });

  it('goes with how often the chip has answered: a count that it has given before is not noted', async () => {
    expect(await noteAnswers(ledger, CARD.cardNumber, { answers: 1, at: AT })).toBe(true);
    expect(await noteAnswers(ledger, CARD.cardNumber, { answers: 7, at: AT })).toBe(true);
    for (const count of [7, 6, 1])
      expect(await noteAnswers(ledger, CARD.cardNumber, { answers: count, at: AT })).toBe(false);
    expect(await noteAnswers(ledger, NOBODYS, { answers: 1, at: AT })).toBe(false);
  });

  it('is kept anew without forgetting how often the chip has answered', async () => {
    await noteAnswers(ledger, CARD.cardNumber, { answers: 7, at: AT });
    await put({ ...CARD, version: 2, municipality: '141003' });
    expect(await noteAnswers(ledger, CARD.cardNumber, { answers: 7, at: AT })).toBe(false);
    expect(await noteAnswers(ledger, CARD.cardNumber, { answers: 8, at: AT })).toBe(true);
  });

  it('is noted once, of two that give one count at once', async () => {
    const both = await Promise.all([
      noteAnswers(ledger, CARD.cardNumber, { answers: 5, at: AT }),
      noteAnswers(ledger, CARD.cardNumber, { answers: 5, at: AT }),
    ]);
    expect(both.sort()).toEqual([false, true]);
  });
});
