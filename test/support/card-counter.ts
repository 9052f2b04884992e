import type { CardStatus } from '#core/domain/card-status.js';
import type { OfficeId } from '#core/domain/office.js';
import { cardStatuses } from '#core/storage/card-statuses.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { findCard, issueCard, listCards, loseCard, type PlainCard, returnCard, verifyCard } from './card-questions.js';
import { withPassport } from './desk.js';
import { handingOut, Town } from './people.js';
import { RegisterDesk, type Way } from './register-desk.js';
import type { TestNetwork } from './test-network.js';

/** What lies in the reader: a card, and the PIN that its holder keys in. */
export interface InReader {
  cardNumber: string;
  pin: string;
}

type Holder = Pick<ResidentRecord, 'name' | 'birthDate' | 'residentRecordCode'>;

export const PIN = '2468';
/** Of adults, also in 2015. */
const BORN_BEFORE = '1995';

/** Bodies of questions about cards: the holder is at the counter, with a passport. */
export const passportOf = ({ name, birthDate }: Holder) => withPassport({ name, birthDate });
export const issueTo = (holder: Holder, more: object = {}) => ({
  ...{ notifier: passportOf(holder), residentRecordCode: holder.residentRecordCode },
  ...{ kind: 'INDIVIDUAL_NUMBER_CARD', pin: PIN },
  ...more,
});
export const lostBy = (holder: Holder) => ({
  ...{ notifier: passportOf(holder), residentRecordCode: holder.residentRecordCode },
});
export const foundBy = (holder: Holder, { cardNumber }: { cardNumber: string }) => ({
  ...{ notifier: passportOf(holder), cardNumber },
});

/** The counter for cards of one municipality. */
export class CardCounter extends RegisterDesk {
  private readonly own: { network: TestNetwork; office: OfficeId };

  constructor(network: TestNetwork, office: OfficeId, way: Way = 'gRPC', operator = OPERATOR) {
    super(network, office, way, operator);
    this.own = { network, office };
  }

  /** Adults who never had a card, each of another household, which can do without them; who live alone come first. */
  get withoutCard(): ResidentRecord[] {
    const { network, office } = this.own;
    const town = new Town(network.people, office);
    const carded = new Set(network.people.flatMap(({ cards }) => cards.map((card) => card.residentRecordCode)));
    const members = town.residents.filter(({ relationship }) => relationship !== '世帯主');
    const able = [...town.singles, ...members].filter(
      ({ residentRecordCode, birthDate, nationality }) =>
        !carded.has(residentRecordCode) && birthDate < BORN_BEFORE && nationality === null,
    );
    return [...Map.groupBy(able, ({ householdId }) => householdId).values()].flatMap(([first]) => first ?? []);
  }

  /** The same, one after the other. */
  get aResident(): () => ResidentRecord {
    return handingOut(this.withoutCard);
  }

  async issue(holder: Holder, more: object = {}): Promise<PlainCard & InReader> {
    const { card } = await this.ask(issueCard, issueTo(holder, more));
    return { ...card, pin: PIN };
  }

  async lose(holder: Holder): Promise<PlainCard> {
    return (await this.ask(loseCard, lostBy(holder))).card;
  }

  async find(holder: Holder, card: { cardNumber: string }): Promise<PlainCard> {
    return (await this.ask(findCard, foundBy(holder, card))).card;
  }

  async takeBack({ cardNumber }: { cardNumber: string }): Promise<PlainCard> {
    return (await this.ask(returnCard, { cardNumber })).card;
  }

  async cardsOf({ residentRecordCode }: Pick<Holder, 'residentRecordCode'>): Promise<PlainCard[]> {
    return (await this.ask(listCards, { residentRecordCode, purpose: 'カードの確認' })).cards ?? [];
  }

  /** Whose card it is, by whoever keeps it; or why it is not taken. */
  async shown({ cardNumber, pin }: InReader): Promise<string> {
    const { answer, refusal } = await this.try(verifyCard, { card: { cardNumber, pin } });
    return answer ? `${answer.residentRecordCode} of ${answer.municipality}` : (refusal?.reason ?? '');
  }
}

/** How a card stands in the ledger of an office above; undefined where it is not known. */
export async function statusAt(
  network: TestNetwork,
  office: OfficeId,
  { cardNumber }: { cardNumber: string },
): Promise<CardStatus | undefined> {
  return (await cardStatuses(network.node(office).audit['db'], [cardNumber])).get(cardNumber);
}
