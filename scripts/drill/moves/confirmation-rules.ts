import { municipalityId, type OfficeId } from '#core/domain/office.js';
import { type Move, movesWithCard } from './moves-made.js';
import type { MovingCountry } from './moving-country.js';
import { type MoveViolation, violation } from './violation.js';

interface SettledRow {
  resident_record_code: string;
  version: number;
  origin: string;
  destination: string;
  moved_in_on: string;
}

/**
 * Each entry with a card has one confirmation at the prefecture of the origin, which says where and when; nothing else has
 * one.
 */
export function confirmationRules(country: MovingCountry): MoveViolation[] {
  const { network } = country;
  const prefectures = [...country.offices.keys()].filter((office) => office.startsWith('prefecture/'));
  const settled = new Map(prefectures.map((office) => [office, settledAt(country, office)]));
  const withCard = movesWithCard(country);
  const unconfirmed = withCard.filter((move) => {
    const office = network.entry(municipalityId(move.out.municipality)).parent ?? '';
    return (settled.get(office) ?? []).filter((row) => confirms(row, move)).length !== 1;
  });
  const count = (office: OfficeId) =>
    withCard.filter(({ out }) => network.entry(municipalityId(out.municipality)).parent === office).length;
  return [
    ...unconfirmed.map(({ out }) =>
      violation('CONFIRMED', municipalityId(out.municipality), 'an entry without its one confirmation'),
    ),
    ...[...settled]
      .filter(([office, rows]) => rows.length > count(office))
      .map(([office]) => violation('CONFIRMED', office, 'confirms what never was')),
  ];
}

function settledAt(country: MovingCountry, prefecture: OfficeId): SettledRow[] {
  return country.rows<SettledRow>(prefecture, 'select * from settled_move_out');
}

function confirms(row: SettledRow, { out, into }: Move): boolean {
  return (
    row.resident_record_code === out.resident_record_code &&
    row.version === out.version &&
    row.origin === out.municipality &&
    row.destination === into.municipality &&
    row.moved_in_on === into.cause_on
  );
}
