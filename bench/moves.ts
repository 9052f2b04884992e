import { codeOf, municipalityId, type OfficeId } from '#core/domain/office.js';
import { refusalOf } from '#core/domain/refusal.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import type { Visit } from '#scripts/check/visit.js';
import {
  AcceptMoveIn,
  AcceptMoveOut,
  AcceptSpecialMoveOut,
  BeginSpecialMoveIn,
  CompleteSpecialMoveIn,
} from '#scripts/operator/procedures.js';
import type { SeededCard, SeededMunicipality } from '#scripts/seed/residents.js';
import { rate, withDemoNetwork } from './demo-network.js';
import type { Figure } from './figure.js';

const BUNKYO = municipalityId('131059');
const YOKOHAMA = municipalityId('141003');
const TODAY = calendarDateMessage('2016-05-27');

interface Household {
  name: string;
  members: { residentRecordCode: string; relationship: string }[];
  card: SeededCard;
  home: OfficeId;
}

/** Households that move between two prefectures, there and back: with a card, against the same with papers. */
export function measureMoves(folder: string): Promise<Figure[]> {
  return withDemoNetwork(folder, { name: 'moves' }, async (visit, people) => {
    const households = holders(people);
    const moving = (move: typeof withCard) => (worker: number) => {
      const household = households[worker];
      if (!household) throw new RangeError('each worker has a household of its own');
      const to = household.home === BUNKYO ? YOKOHAMA : BUNKYO;
      return move(visit, household, to).then(() => {
        household.home = to;
      });
    };
    const withCards = await rate(moving(withCard), { workers: households.length });
    const withPapers = await rate(moving(withPaper), { workers: households.length });
    const what = `households that move with a card between two prefectures, ${households.length} at once, in one process`;
    return [
      {
        ...{ name: 'special_moves_per_second', what, measured: withCards, unit: 'a second' },
        against: { value: withPapers, what: 'the same households with papers' },
      },
    ];
  });
}

async function withCard(visit: Visit, { name, members, card, home }: Household, to: OfficeId): Promise<void> {
  const movers = members.map(({ residentRecordCode }) => residentRecordCode);
  const leaving = { plannedOn: TODAY, destinationMunicipality: codeOf(to), destination: to, movers };
  const request = { ...leaving, notifier: passport(name), channel: 'CHANNEL_COUNTER' as const };
  await visit.operatorOf(home).ask(AcceptSpecialMoveOut, request);
  const { cardNumber, pin } = card;
  const arrivalId = await begin(visit, to, { cardNumber, pin });
  await visit.operatorOf(to).ask(CompleteSpecialMoveIn, { arrivalId, address: to });
}

/** Again and again, while the notice of the move before is on its way and the destination still keeps the card itself. */
async function begin(visit: Visit, to: OfficeId, card: { cardNumber: string; pin: string }): Promise<string> {
  for (;;) {
    try {
      const begun = await visit.operatorOf(to).ask(BeginSpecialMoveIn, { card, movedInOn: TODAY });
      return begun.arrivalId;
    } catch (error) {
      if (refusalOf(error).reason !== 'MOVE_UNDER_WAY') throw error;
    }
  }
}

async function withPaper(visit: Visit, { name, members, home }: Household, to: OfficeId): Promise<void> {
  const movers = members.map(({ residentRecordCode }) => residentRecordCode);
  const leaving = { plannedOn: TODAY, destinationMunicipality: codeOf(to), destination: to, movers };
  const { receipt } = await visit.operatorOf(home).ask(AcceptMoveOut, { ...leaving, notifier: passport(name) });
  await visit.operatorOf(to).ask(AcceptMoveIn, {
    ...{ notifier: passport(name), movedInOn: TODAY, address: to, origin: 'ORIGIN_MUNICIPALITY', people: members },
    certificates: receipt?.certificates.map(({ payload }) => payload) ?? [],
  });
}

/** Whole households of Bunkyo in which somebody has a card that is good for long. */
function holders(people: SeededMunicipality[]): Household[] {
  const { records, cards } = people.find(({ municipality }) => municipality === codeOf(BUNKYO)) ?? {
    ...{ records: [], cards: [] },
  };
  const active = records.filter(({ deletedOn }) => deletedOn === null);
  return [...Map.groupBy(active, ({ householdId }) => householdId).values()].flatMap((members) => {
    const isTheirs = ({ residentRecordCode }: SeededCard) =>
      members.some((member) => member.residentRecordCode === residentRecordCode);
    const card = cards.find((one) => isTheirs(one) && one.expiresOn > '2017-01-01');
    const name = members.find(({ relationship }) => relationship === '世帯主')?.name;
    return card && name ? [{ name, members, card, home: BUNKYO }] : [];
  });
}

function passport(name: string) {
  return { photoId: { kind: 'PHOTO_ID_KIND_PASSPORT' as const, expiresOn: { year: 2099, month: 1, day: 1 }, name } };
}
