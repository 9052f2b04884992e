import { codeOf, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import type { MovingCountry } from './moving-country.js';
import { type MoveViolation, violation } from './violation.js';

/** What a register and the levels above both say of a card. */
interface StatusRow {
  card_number: string;
  resident_record_code: string;
  state: string;
  invalid_by: string | null;
  expires_on: string;
  lapses_after: string | null;
  lapses_by: string | null;
  public_key: string;
  version: number;
}

const COLUMNS: (keyof StatusRow)[] = [
  ...(['card_number', 'resident_record_code', 'state', 'invalid_by', 'expires_on'] as const),
  ...(['lapses_after', 'lapses_by', 'public_key', 'version'] as const),
];

/** Each card is kept by one municipality, and known above as that says; its holder is whose code it holds. */
export function cardRules(country: MovingCountry): MoveViolation[] {
  const kept = country.towns.flatMap((town) =>
    country.rows<StatusRow>(town, 'select * from card where moved_to is null').map((card) => ({ card, town })),
  );
  const known = [...country.offices.keys()].flatMap((office) =>
    country.rows<StatusRow>(
      office,
      `select card_number from ${country.towns.includes(office) ? 'card' : 'card_status'}`,
    ),
  );
  const numbers = new Set(known.map(({ card_number: number }) => number));
  return [...numbers].flatMap((number) => {
    const keepers = kept.filter(({ card }) => card.card_number === number);
    const [keeper, another] = keepers;
    if (!keeper) return [violation('KEPT', NATIONAL_CENTRE, 'a card is kept nowhere')];
    if (another) return [violation('KEPT', keeper.town, 'and elsewhere a card is kept')];
    const above = [country.network.entry(keeper.town).parent ?? '', NATIONAL_CENTRE];
    return above.flatMap((office) => statusAt(country, office, keeper));
  });
}

function statusAt(
  country: MovingCountry,
  office: OfficeId,
  { card, town }: { card: StatusRow; town: OfficeId },
): MoveViolation[] {
  const sql = 'select * from card_status where card_number = ?';
  const [status] = country.rows<StatusRow & { municipality: string }>(office, sql, card.card_number);
  if (status?.municipality !== codeOf(town)) return [violation('STATUS', office, 'another municipality keeps it')];
  const wrong = COLUMNS.filter((column) => status[column] !== card[column]);
  return wrong.length > 0 ? [violation('STATUS', office, `is wrong in ${wrong.join(', ')}`)] : [];
}
