import type { OfficeId } from '#core/domain/office.js';
import { municipalityId } from '#core/domain/office.js';
import type { ArrivalState } from '#municipality/domain/moves/arrival.js';
import type { DepartingState } from '#municipality/domain/moves/departure.js';
import type { MovingCountry } from './moving-country.js';

/** Where somebody is recorded. */
export interface Living {
  code: string;
  town: OfficeId;
  householdId: string;
  address: string;
  relationship: string;
  /** When they came, or moved last. */
  since: string;
}

/** How somebody's special move-out stands at its origin. */
export interface Leaving {
  code: string;
  town: OfficeId;
  state: DepartingState;
  destination: OfficeId;
  nextVersion: number;
}

/** Whoever is recorded nowhere, and was last recorded here. */
export interface Left {
  code: string;
  town: OfficeId;
  version: number;
  /** An address here, or a country. */
  destination: string | null;
}

/** A special move-in that has begun. */
export interface Arriving {
  town: OfficeId;
  arrivalId: string;
  state: ArrivalState;
  cardNumber: string;
  holder: string;
  movedInOn: string;
  /** Whom the origin certifies. */
  codes: string[];
}

/** What can be seen of a family at the counters that are open. */
export interface Sighting {
  living: Living[];
  /** Of whoever is active nowhere: the newest. */
  leaving: Leaving[];
  /** The same, by whatever procedure. */
  left: Left[];
  arriving: Arriving[];
}

interface LivingRow {
  resident_record_code: string;
  household_id: string;
  address: string;
  relationship: string;
  became_resident_on: string;
}

interface LeavingRow {
  resident_record_code: string;
  state: DepartingState;
  destination_municipality: string;
  next_version: number;
}

interface LeftRow {
  resident_record_code: string;
  change_version: number;
  destination: string | null;
}

interface ArrivingRow {
  arrival_id: string;
  state: ArrivalState;
  card_number: string;
  resident_record_code: string;
  moved_in_on: string;
  certificate: string | null;
}

const LIVING = `select resident_record_code, household_id, address, relationship, became_resident_on
  from resident_record where deleted_on is null and resident_record_code in (select value from json_each(?))
  order by resident_record_code`;
const LEAVING = `select r.resident_record_code, d.state, m.destination_municipality, d.next_version
  from departing_record d join departure m on m.departure_id = d.departure_id
  join resident_record r on r.record_id = d.record_id
  where r.deleted_on is not null and r.resident_record_code in (select value from json_each(?))
  order by d.next_version desc`;
const LEFT = `select resident_record_code, change_version, destination from resident_record
  where deleted_on is not null and resident_record_code in (select value from json_each(?))`;
const ARRIVING = `select arrival_id, state, card_number, resident_record_code, moved_in_on, certificate from arrival
  where state in ('CLAIMING', 'CLAIMED') and resident_record_code in (select value from json_each(?))
  order by arrival_id`;

/** Looks into the ledgers, so that what is drawn next has to do with how things stand; nothing else hangs on it. */
export function sightingOf(country: MovingCountry, codes: string[]): Sighting {
  const wanted = JSON.stringify(codes);
  const seen = <Row, Seen>(sql: string, as: (row: Row, town: OfficeId) => Seen): Seen[] =>
    country.towns.flatMap((town) => country.rows<Row>(town, sql, wanted).map((row) => as(row, town)));
  const living = seen(LIVING, livingOf);
  const isLiving = ({ code }: { code: string }) => living.some((one) => one.code === code);
  const away = <Seen extends { code: string }>(all: Seen[], versionOf: (one: Seen) => number): Seen[] =>
    [...Map.groupBy(all, ({ code }) => code).values()]
      .map((ofOne) => ofOne.reduce((a, b) => (versionOf(b) > versionOf(a) ? b : a)))
      .filter((one) => !isLiving(one));
  const left = away(seen(LEFT, leftOf), ({ version }) => version);
  // Of an earlier move nothing is left to do.
  const isLast = (one: Leaving) => left.some(({ code, town }) => code === one.code && town === one.town);
  const leaving = away(seen(LEAVING, leavingOf), ({ nextVersion }) => nextVersion).filter(isLast);
  return { living, left, leaving, arriving: seen(ARRIVING, arrivingOf) };
}

function livingOf(row: LivingRow, town: OfficeId): Living {
  const { resident_record_code: code, household_id: householdId, address, relationship } = row;
  return { code, town, householdId, address, relationship, since: row.became_resident_on };
}

function leavingOf(row: LeavingRow, town: OfficeId): Leaving {
  const destination = municipalityId(row.destination_municipality);
  return { code: row.resident_record_code, town, state: row.state, destination, nextVersion: row.next_version };
}

function leftOf({ resident_record_code: code, change_version: version, destination }: LeftRow, town: OfficeId): Left {
  return { code, town, version, destination };
}

function arrivingOf(row: ArrivingRow, town: OfficeId): Arriving {
  const { arrival_id: arrivalId, state, card_number: cardNumber, resident_record_code: holder, certificate } = row;
  const { people } = JSON.parse(certificate ?? '{"people":[]}') as { people: { residentRecordCode: string }[] };
  const movedInOn = row.moved_in_on;
  return { town, arrivalId, state, cardNumber, holder, movedInOn, codes: people.map((one) => one.residentRecordCode) };
}
