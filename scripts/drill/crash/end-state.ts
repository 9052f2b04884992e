import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { codeOf, NATIONAL_CENTRE, type OfficeId, slugOf } from '#core/domain/office.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import type { PrefectureTables } from '#prefecture/storage/tables.js';
import { openDrillLedger } from '../drilled-office.js';
import type { PreparedCountry } from '../prepared-country.js';
import type { Family } from './families.js';

/** What does not hold of a family that has moved: words that tell of no person. */
export type Fault =
  | 'LOST'
  | 'DOUBLED'
  | 'STILL_AT_ORIGIN'
  | 'NOT_CONFIRMED_ONCE'
  | 'CARD_NOT_KEPT'
  | 'CARD_STILL_AT_ORIGIN'
  | 'CARD_OTHERWISE_ABOVE'
  | 'MOVE_NOT_CLOSED';

/** Of a family: who moved, with which card. */
interface Moved {
  codes: string[];
  card: Pick<Family['card'], 'cardNumber'>;
}

interface Ends {
  from: OfficeId;
  to: OfficeId;
}

/** What the ledgers of a network say of those who have moved, once no process has hold of them. */
export class EndState {
  private readonly ends: Ends;
  private readonly rows: Rows;

  constructor(ends: Ends, rows: Rows) {
    this.ends = ends;
    this.rows = rows;
  }

  static async read(country: PreparedCountry, ends: Ends): Promise<EndState> {
    const parent = country.network.entry(ends.from).parent ?? '';
    return new EndState(ends, {
      origin: await readTown(country, ends.from),
      destination: await readTown(country, ends.to),
      confirmed: await confirmationsIn(country, parent),
      statuses: await statusesIn(country, NATIONAL_CENTRE),
    });
  }

  /** @returns what is not right: each person on the destination's register alone, told once, and with a card that goes on */
  faultsOf({ codes, card }: Moved): Fault[] {
    const { origin, destination, confirmed, statuses } = this.rows;
    const faults = codes.flatMap((code): Fault[] => {
      const there = destination.active.filter((one) => one === code).length;
      const here = origin.active.filter((one) => one === code).length;
      return [
        ...(there + here === 0 ? ['LOST' as const] : []),
        ...(there + here > 1 ? ['DOUBLED' as const] : []),
        ...(here > 0 ? ['STILL_AT_ORIGIN' as const] : []),
        ...(confirmed.filter((one) => one === code).length === 1 ? [] : ['NOT_CONFIRMED_ONCE' as const]),
      ];
    });
    const { cardNumber } = card;
    const to = codeOf(this.ends.to);
    const kept = destination.cards.get(cardNumber);
    const isKept = kept?.state === 'ACTIVE' && kept.moved_to === null && kept.lapses_by === null;
    const above = statuses.get(cardNumber);
    const isAsAbove = above?.municipality === to && above.state === 'ACTIVE' && above.version === kept?.version;
    return [
      ...faults,
      ...(isKept ? [] : ['CARD_NOT_KEPT' as const]),
      ...(origin.cards.get(cardNumber)?.moved_to === to ? [] : ['CARD_STILL_AT_ORIGIN' as const]),
      ...(isAsAbove ? [] : ['CARD_OTHERWISE_ABOVE' as const]),
      ...(codes.some((code) => origin.underWay.has(code) || destination.underWay.has(code))
        ? ['MOVE_NOT_CLOSED' as const]
        : []),
    ];
  }
}

/** What is read of it, by code and card number. */
export interface Rows {
  origin: Town;
  destination: Town;
  confirmed: string[];
  statuses: Map<string, { municipality: string; state: string; version: number }>;
}

interface Town {
  /** The codes of all active records. */
  active: string[];
  cards: Map<string, { state: string; moved_to: string | null; lapses_by: string | null; version: number }>;
  /** The codes of whoever is between two registers. */
  underWay: Set<string>;
}

async function readTown(country: PreparedCountry, office: OfficeId): Promise<Town> {
  return reading<MunicipalityTables, Town>(country, office, async (db) => {
    const records = await db.selectFrom('resident_record').selectAll().execute();
    const cards = await db.selectFrom('card').selectAll().execute();
    const departing = await db.selectFrom('departing_record').selectAll().execute();
    const arrivals = await db.selectFrom('arrival').selectAll().execute();
    const leaving = departing.filter(({ state }) => state !== 'MOVED_IN').map(({ record_id }) => record_id);
    const coming = arrivals.filter(({ state }) => !['CLOSED', 'RELEASED', 'REFUSED'].includes(state));
    return {
      active: records.filter(({ deleted_on }) => deleted_on === null).map((one) => one.resident_record_code),
      cards: new Map(cards.map((card) => [card.card_number, card])),
      underWay: new Set([
        ...records.filter((one) => leaving.includes(one.record_id)).map((one) => one.resident_record_code),
        ...coming.map((one) => one.resident_record_code),
      ]),
    };
  });
}

function confirmationsIn(country: PreparedCountry, office: OfficeId): Promise<string[]> {
  return reading<PrefectureTables, string[]>(country, office, async (db) => {
    const rows = await db.selectFrom('settled_move_out').selectAll().execute();
    return rows.map((row) => row.resident_record_code);
  });
}

function statusesIn(country: PreparedCountry, office: OfficeId): Promise<Rows['statuses']> {
  return reading<CoreTables, Rows['statuses']>(country, office, async (db) => {
    const rows = await db.selectFrom('card_status').selectAll().execute();
    return new Map(rows.map((row) => [row.card_number, row]));
  });
}

async function reading<Tables, Read>(
  { data }: PreparedCountry,
  office: OfficeId,
  read: (db: Kysely<Tables>) => Promise<Read>,
): Promise<Read> {
  const ledger = openDrillLedger(join(data, slugOf(office), 'ledger.sqlite'));
  try {
    return await read(ledger as unknown as Kysely<Tables>);
  } finally {
    await ledger.destroy();
  }
}
