import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { CardCounter, foundBy, issueTo, lostBy } from '../support/card-counter.js';
import {
  changePin,
  destroyCard,
  findCard,
  issueCard,
  listCards,
  loseCard,
  orderReturn,
  returnCard,
  verifyCard,
} from '../support/card-questions.js';
import { DailyBusiness } from '../support/daily-business.js';
import { BUNKYO } from '../support/offices.js';
import type { Question } from '../support/questions.js';
import { WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   clerk                       ── issues, confirms, suspends, takes back ──▶ Bunkyo
 *   supervisor                  ── the same; orders back, has destroyed   ──▶ Bunkyo
 *   security officer, auditor   ── nothing of all that                    ──▶ refused, and logged
 */
const [CLERK, SECURITY_OFFICER, AUDITOR] = ['operator-3', 'operator-4', 'operator-5'];

describe.each(WAYS)('Operators of Bunkyo do something with a resident’s card, over $way', ({ way }) => {
  let network: TestNetwork;
  let clerk: CardCounter;
  let supervisor: CardCounter;
  let aResident: () => ResidentRecord;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [BUNKYO] });
    clerk = new CardCounter(network, BUNKYO, way, CLERK);
    supervisor = new CardCounter(network, BUNKYO, way, OPERATOR);
    aResident = clerk.aResident;
  });
  afterAll(() => network.remove());

  it('a clerk issues a card, confirms it, suspends it, finds it and takes it back, and is named beside each of it', async () => {
    const holder = aResident();
    const card = await clerk.issue(holder);
    expect(await clerk.shown(card)).toBe(`${holder.residentRecordCode} of 131059`);
    await clerk.act(loseCard, lostBy(holder), 'card/LOSS');
    await clerk.act(findCard, foundBy(holder, card), 'card/FOUND');
    await clerk.takeBack(card);
    const [kept] = await clerk.cardsOf(holder);
    expect(kept?.events?.map(({ state, operator }) => [state, operator])).toEqual([
      ...[
        ['ACTIVE', CLERK],
        ['SUSPENDED', CLERK],
      ],
      ...[
        ['ACTIVE', CLERK],
        ['RETURNED', CLERK],
      ],
    ]);
  });

  it('a clerk neither orders a card back nor has it destroyed: a supervisor does', async () => {
    const { cardNumber } = await clerk.issue(aResident());
    await clerk.refused(orderReturn, { cardNumber }, 'ROLE_NOT_ALLOWED');
    await supervisor.act(orderReturn, { cardNumber }, 'card/RETURN_ORDER');
    await clerk.act(returnCard, { cardNumber }, 'card/RETURN');
    await clerk.refused(destroyCard, { cardNumber }, 'ROLE_NOT_ALLOWED');
    await supervisor.act(destroyCard, { cardNumber }, 'card/DESTRUCTION');
  });

  it.each([SECURITY_OFFICER, AUDITOR])('%s does nothing with cards, and sees none', async (name) => {
    const holder = aResident();
    const card = await clerk.issue(holder);
    const { cardNumber, pin, residentRecordCode } = card;
    const watcher = new CardCounter(network, BUNKYO, way, name);
    const asked: [Question<unknown>, object][] = [
      [issueCard, issueTo(holder)],
      [verifyCard, { card: { cardNumber, pin } }],
      [changePin, { card: { cardNumber, pin }, newPin: '1111' }],
      [loseCard, lostBy(holder)],
      [returnCard, { cardNumber }],
      [listCards, { residentRecordCode, purpose: '監査' }],
    ];
    for (const [question, body] of asked) await watcher.refused(question, body, 'ROLE_NOT_ALLOWED');
  });

  it('an act at the counter ends a card by itself: nobody’s name stands beside that', async () => {
    const holder = aResident();
    await clerk.issue(holder);
    await new DailyBusiness(network, BUNKYO).bury(holder);
    const [kept] = await clerk.cardsOf(holder);
    expect(kept?.events?.at(-1)).toEqual({ state: 'INVALID', invalidBy: 'DEATH', on: '2016-05-27' });
  });
});
