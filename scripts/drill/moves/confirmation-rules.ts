import { codeOf, municipalityId, type OfficeId } from '#core/domain/office.js';
import type { ChangeRow } from '../ledger-state.js';
import type { MovingCountry } from './moving-country.js';
import { type MoveViolation, violation } from './rules.js';

interface SettledRow {
  resident_record_code: string;
  version: number;
  origin: string;
  destination: string;
  moved_in_on: string;
}

/** A move from one register to another, as the histories of both tell it. */
interface Move {
  out: ChangeRow;
  into: ChangeRow;
}

const PAPER = `select r.resident_record_code as code, c.change_version as version from certified_record c
  join resident_record r on r.record_id = c.record_id`;

/**
 * Each entry with a card has one confirmation at the prefecture of the origin, which says where and when; nothing else has
 * one. Which entries those are, the histories tell: after a move-out of which no paper was made.
 */
export function confirmationRules(country: MovingCountry): MoveViolation[] {
  const { towns, network } = country;
  const prefectures = [...country.offices.keys()].filter((office) => office.startsWith('prefecture/'));
  const settled = new Map(prefectures.map((office) => [office, settledAt(country, office)]));
  const onPaper = new Set(
    towns.flatMap((town) =>
      country
        .rows<{ code: string; version: number }>(town, PAPER)
        .map(({ code, version }) => `${codeOf(town)} ${code} ${version}`),
    ),
  );
  const withCard = movesIn(country).filter(
    ({ out }) => !onPaper.has(`${out.municipality} ${out.resident_record_code} ${out.version}`),
  );
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

/** Every move-in, with the move-out that it follows. */
function movesIn(country: MovingCountry): Move[] {
  const changes = country.towns.flatMap((town) => country.rows<ChangeRow>(town, 'select * from change_information'));
  const byPerson = Map.groupBy(changes, ({ resident_record_code: code }) => code);
  return [...byPerson.values()].flatMap((all) => {
    const inOrder = all.toSorted((a, b) => a.version - b.version);
    return inOrder.flatMap((into, i): Move[] => {
      const out = inOrder[i - 1];
      const isMoveIn = into.kind === 'ENTRY' && into.reason === 'MOVE_IN';
      return isMoveIn && out?.reason === 'MOVE_OUT' ? [{ out, into }] : [];
    });
  });
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
