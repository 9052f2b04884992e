import { codeOf, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { violationsIn } from '../invariants.js';
import { type HoldingRow, readLedgerState } from '../ledger-state.js';
import { cardRules } from './card-rules.js';
import { confirmationRules } from './confirmation-rules.js';
import { deadlineRules } from './deadline-rules.js';
import type { MovingCountry } from './moving-country.js';
import { ABROAD } from './paper-visits.js';
import { type MoveViolation, violation } from './violation.js';

interface RecordRow {
  record_id: string;
  resident_record_code: string;
  name: string;
  birth_date: string;
  address: string;
  deleted_on: string | null;
  destination: string | null;
  change_version: number;
}

/** Every rule that does not hold once all is at rest; by what stands in the ledgers, and not by what reads them otherwise. */
export async function violationsOfMoves(country: MovingCountry): Promise<MoveViolation[]> {
  const { network, offices } = country;
  const ledgers = [];
  for (const { office, running } of offices.values())
    if (running) ledgers.push(await readLedgerState(office, running.ledger));
  const { first } = country;
  return [
    ...violationsIn({ network, ledgers, confirmed: new Map(), first, setBack: new Set() }),
    ...[...country.doubled].map(
      (): MoveViolation => ({ rule: 'DOUBLED', office: NATIONAL_CENTRE, detail: 'on two registers at one moment' }),
    ),
    ...peopleRules(country),
    ...moveRules(country),
    ...versionRules(country),
    ...confirmationRules(country),
    ...deadlineRules(country),
    ...cardRules(country),
  ];
}

function peopleRules(country: MovingCountry): MoveViolation[] {
  const records = country.towns.flatMap((town) =>
    country.rows<RecordRow>(town, 'select * from resident_record').map((record) => ({ ...record, town })),
  );
  return country.people.flatMap(({ name, birthDate, residentRecordCode }): MoveViolation[] => {
    const theirs = records.filter((one) => one.name === name && one.birth_date === birthDate);
    const active = theirs.filter(({ deleted_on }) => deleted_on === null);
    const [home] = active;
    const last = theirs.reduce((a, b) => (b.change_version > a.change_version ? b : a));
    return [
      ...theirs
        .filter((one) => one.resident_record_code !== residentRecordCode)
        .map(({ town }): MoveViolation => ({ rule: 'FOLLOW', office: town, detail: 'has another code' })),
      ...(active.length > 1 ? [violation('DOUBLED', home?.town ?? '', 'on two registers at the end')] : []),
      ...(active.length === 0 && last.destination !== ABROAD
        ? [violation('LOST', last.town, 'on no register, and could not be entered')]
        : []),
      ...(home && home !== last ? [violation('AGREES', home.town, 'active, though another record is newer')] : []),
      ...levelsOf(country, home ?? last).flatMap((office) => agrees(country, office, { last, home })),
    ];
  });
}

type Recorded = RecordRow & { town: OfficeId };

/** The prefecture of a town, and the centre. */
function levelsOf({ network }: MovingCountry, { town }: Recorded): OfficeId[] {
  return [network.entry(town).parent ?? NATIONAL_CENTRE, NATIONAL_CENTRE];
}

/** What is held above of somebody is what stands in their register. */
function agrees(
  country: MovingCountry,
  office: OfficeId,
  { last, home }: { last: Recorded; home: Recorded | undefined },
): MoveViolation[] {
  const record = home ?? last;
  const sql = 'select * from identification_information where resident_record_code = ?';
  const [held] = country.rows<HoldingRow>(office, sql, record.resident_record_code);
  const isRight =
    held?.standing === (home ? 'ACTIVE' : 'DELETED') &&
    held.version === record.change_version &&
    held.municipality === codeOf(record.town) &&
    held.name === record.name &&
    held.address === record.address;
  return isRight ? [] : [violation('AGREES', office, `${held?.standing ?? 'nothing'} is held of somebody`)];
}

const UNDER_WAY = `select state from arrival where state in ('CLAIMING', 'CLAIMED', 'ENTERED', 'RELEASING')`;
const FROZEN = `select 'a record' as what from departing_record where state = 'CLAIMED'
  union all select 'a claim' from claim where outcome = 'GRANTED'`;
const WAITING = `select r.resident_record_code as code from departing_record d
  join resident_record r on r.record_id = d.record_id where d.state = 'OPEN'`;
const ACTIVE = 'select resident_record_code as code from resident_record where deleted_on is null';

function moveRules(country: MovingCountry): MoveViolation[] {
  const codesIn = (town: OfficeId, sql: string) => country.rows<{ code: string }>(town, sql).map(({ code }) => code);
  const active = new Set(country.towns.flatMap((town) => codesIn(town, ACTIVE)));
  return country.towns.flatMap((office): MoveViolation[] => [
    ...country
      .rows<{ state: string }>(office, UNDER_WAY)
      .map(({ state }) => violation('UNDER_WAY', office, `a special move-in is ${state}`)),
    ...country.rows<{ what: string }>(office, FROZEN).map(({ what }) => violation('FROZEN', office, what)),
    ...codesIn(office, WAITING)
      .filter((code) => active.has(code))
      .map(() => violation('WAITING', office, 'could be claimed once more')),
  ]);
}

/** No two changes of one person have one number, whoever recorded them. */
function versionRules(country: MovingCountry): MoveViolation[] {
  const sql = 'select resident_record_code as code, version, change_id from change_information';
  const changes = country.towns.flatMap((town) =>
    country.rows<{ code: string; version: number; change_id: string }>(town, sql).map((one) => ({ ...one, town })),
  );
  const byNumber = Map.groupBy(changes, ({ code, version }) => `${code} ${version}`);
  const twice = [...byNumber.values()].filter((same) => new Set(same.map(({ change_id }) => change_id)).size > 1);
  return twice.map(([one]) => violation('VERSION', one?.town ?? '', 'two changes have one number'));
}
