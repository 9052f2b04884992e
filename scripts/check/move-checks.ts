import { today } from '#core/domain/clock.js';
import { codeOf, municipalityId, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import {
  AcceptSpecialMoveOut,
  BeginSpecialMoveIn,
  CompleteSpecialMoveIn,
  GetHousehold,
  GetIdentificationInformation,
  ListMoves,
  ListSettledMoveOuts,
} from '../operator/procedures.js';
import type { SeededCard } from '../seed/residents.js';
import type { Check } from './check.js';
import type { Visit } from './visit.js';

const BUNKYO = municipalityId('131059');
const YOKOHAMA = municipalityId('141003');
const LEVELS = ['prefecture/130001', 'prefecture/140007', NATIONAL_CENTRE];
const PURPOSE = 'self-check';
const THERE = '神奈川県横浜市中区本町六丁目50番10号';

/** What a network can show of people who move with a card. They move back, so that the demo's people stay. */
export const moveChecks: Check[] = [
  { what: 'a family of five moves Bunkyo → Yokohama with a card, and no paper; and back', see: familyMoves },
];

interface Family {
  movers: ResidentRecord[];
  /** Who stays behind. */
  stays: ResidentRecord;
  card: SeededCard;
}

interface Move {
  from: OfficeId;
  to: OfficeId;
  address: string;
  /** The household that they join. */
  joining?: ResidentRecord;
}

async function familyMoves(visit: Visit) {
  const family = familyIn(visit);
  const home = family.stays.address;
  const there = await move(visit, family, { from: BUNKYO, to: YOKOHAMA, address: THERE });
  const back = await move(visit, family, { from: YOKOHAMA, to: BUNKYO, address: home, joining: family.stays });
  const faults = [...there, ...back];
  const seen = `${family.movers.length} people with the codes that they had, at ${LEVELS.length} levels; nothing under way`;
  return { passed: faults.length === 0, seen: faults.join(', ') || seen };
}

/** Five of a household of six, one of them with a good card; a parent stays. */
function familyIn(visit: Visit): Family {
  const { records, cards } = visit.townOf(BUNKYO);
  const day = today(visit.network.clock);
  const active = records.filter(({ deletedOn }) => deletedOn === null);
  for (const members of Map.groupBy(active, ({ householdId }) => householdId).values()) {
    const stays = members.find(({ relationship }) => relationship === '母');
    const movers = members.filter((one) => one !== stays);
    const isTheirs = ({ residentRecordCode }: SeededCard) =>
      movers.some((mover) => mover.residentRecordCode === residentRecordCode);
    const card = cards.find((one) => isTheirs(one) && one.expiresOn > day);
    if (stays && card && movers.length === 5) return { movers, stays, card };
  }
  throw new RangeError('no household of six in Bunkyo has a good card');
}

/** @returns what is not as it has to be afterwards */
async function move(
  visit: Visit,
  { movers, stays, card }: Family,
  { from, to, address, joining }: Move,
): Promise<string[]> {
  const on = calendarDateMessage(today(visit.network.clock));
  const [householder = stays] = movers.filter(({ relationship }) => relationship === '世帯主');
  const codes = movers.map(({ residentRecordCode }) => residentRecordCode);
  const expiresOn = { year: 2099, month: 1, day: 1 };
  const { name, birthDate } = householder;
  await visit.operatorOf(from).ask(AcceptSpecialMoveOut, {
    notifier: {
      photoId: { kind: 'PHOTO_ID_KIND_PASSPORT', expiresOn, name, birthDate: calendarDateMessage(birthDate) },
    },
    ...{ channel: 'CHANNEL_COUNTER', plannedOn: on, destinationMunicipality: codeOf(to), destination: address },
    movers: codes,
  });
  const { cardNumber, pin } = card;
  const begun = await visit.operatorOf(to).ask(BeginSpecialMoveIn, { card: { cardNumber, pin }, movedInOn: on });
  const { residentRecordCode, relationship } = stays;
  await visit.operatorOf(to).ask(CompleteSpecialMoveIn, {
    ...{ arrivalId: begun.arrivalId, address },
    ...(joining && { joinHouseholdOf: residentRecordCode, relationships: [{ residentRecordCode, relationship }] }),
  });
  // The notice goes from one end to the other, and from there on to the prefecture.
  for (const office of [to, from, ...LEVELS]) await visit.network.node(office).settled();
  return faultsAfter(visit, codes, { from, to, address });
}

async function faultsAfter(visit: Visit, codes: string[], { from, to, address }: Move): Promise<string[]> {
  const faults: string[] = [];
  const expect = (holds: boolean, otherwise: string) => void (holds || faults.push(otherwise));
  for (const residentRecordCode of codes) {
    const look = { residentRecordCode, purpose: PURPOSE };
    const { residentRecords } = await visit.operatorOf(to).ask(GetHousehold, look);
    expect(
      residentRecords.some((one) => one.residentRecordCode === residentRecordCode),
      `somebody is not in ${to}`,
    );
    expect(
      (await visit.reasonOf(() => visit.operatorOf(from).ask(GetHousehold, look))) === 'RECORD_DELETED',
      `somebody is still in ${from}`,
    );
    const { identificationInformation } = await visit
      .operatorOf(NATIONAL_CENTRE)
      .ask(GetIdentificationInformation, look);
    expect(identificationInformation?.address === address, 'the centre has another address');
    const above = visit.network.network.entry(from).parent ?? '';
    const { moveOuts } = await visit.operatorOf(above).ask(ListSettledMoveOuts, look);
    expect(moveOuts.at(-1)?.destinationMunicipality === codeOf(to), `${above} has no confirmation`);
  }
  for (const end of [from, to]) {
    const { moves } = await visit.operatorOf(end).ask(ListMoves, { purpose: PURPOSE });
    expect(moves.length === 0, `${moves.length} moves are under way in ${end}`);
  }
  return faults;
}
