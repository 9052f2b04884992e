import { z } from 'zod';
import { isCalendarDate } from './domain/calendar-date.js';
import { isLocalGovernmentCode, type LocalGovernmentCode } from './domain/local-government-code.js';
import { codeOf, isOfficeId, NATIONAL_CENTRE, type OfficeId, roleOf } from './domain/office.js';
import { PROVISION_FIELDS } from './domain/provision/inquiry.js';
import { officesMeantBy } from './domain/provision/recipient.js';
import { OrdinancePurpose } from './domain/provision/statutory-purpose.js';

const TimeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);
const Port = z.number().int().min(0).max(65535);
const Office = z.string().refine(isOfficeId, 'not an office of this network');

const Ordinance = z.strictObject({
  /** The fee for a copy, in yen. */
  feeYen: z.number().int().positive(),
  counter: z.strictObject({
    name: z.string(),
    /** 0 is Sunday. */
    days: z.array(z.number().int().min(0).max(6)),
    opens: TimeOfDay,
    closes: TimeOfDay,
  }),
});

const Ward = z.strictObject({
  code: z.string().refine(isLocalGovernmentCode, 'not a local government code'),
  name: z.string(),
  romaji: z.string(),
});

const OfficeEntry = z.strictObject({
  office: Office,
  name: z.string(),
  romaji: z.string(),
  /** The prefecture of a municipality, the national centre of a prefecture. */
  parent: Office.optional(),
  /** The host name on the dedicated line, and the name of the office's container. */
  host: z.string().regex(/^[a-z][a-z0-9-]*$/),
  grpcPort: Port,
  httpPort: Port,
  /** Municipalities only: whether it takes part in the network. */
  participating: z.boolean().optional(),
  /** Designated cities only (指定都市): their wards are no municipalities, and report through the city. */
  wards: z.array(Ward).optional(),
  /** Municipalities only: what they are besides; that a city is a designated one is to be seen from its wards. */
  cityClasses: z.array(z.enum(['CORE_CITY', 'CITY_BY_ORDER'])).optional(),
  /** Municipalities only: what its own ordinance says of copies. */
  ordinance: Ordinance.optional(),
  /** Prefectures only: what their own ordinances add to the appended tables. */
  ordinancePurposes: z.array(OrdinancePurpose).optional(),
});

/** An agency of the appended tables, and what the demo's centre has it registered for. */
const AgencyEntry = z.strictObject({
  /** As its certificate has it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  /** For people. */
  title: z.string(),
  /** Its names in the appended tables. */
  bodies: z.array(z.string()).min(1),
  purposes: z.array(
    z.strictObject({
      statutoryPurpose: z.string(),
      fields: z.array(z.enum(PROVISION_FIELDS)).min(1),
      until: z.string().refine(isCalendarDate).nullable().default(null),
    }),
  ),
});

/** The network file: offices, parents, addresses, ordinances, agencies, stated once. */
export const NetworkFile = z
  .strictObject({
    clockStartsAt: z.iso.datetime({ offset: true }),
    offices: z.array(OfficeEntry).min(1),
    agencies: z.array(AgencyEntry).default([]),
  })
  .superRefine(({ offices, agencies }, issues) => {
    const known = new Set(offices.map((entry) => entry.office));
    const complain = (message: string) => issues.addIssue({ code: 'custom', message });
    if (known.size !== offices.length) complain('an office is stated twice');
    if (twice(offices.flatMap(codesOf))) complain('a code is stated twice');
    if (twice(agencies.map(({ name }) => name))) complain('an agency is stated twice');
    if (twice(offices.map((entry) => entry.host))) complain('a host is stated twice');
    if (twice(offices.flatMap((entry) => [entry.grpcPort, entry.httpPort]).filter((port) => port > 0)))
      complain('a port is stated twice');
    for (const entry of offices) {
      const problem = problemOf(entry, known) ?? problemOfProvision(entry);
      if (problem) complain(`${entry.office}: ${problem}`);
    }
  });

export type OfficeEntry = z.infer<typeof OfficeEntry>;
export type AgencyEntry = z.infer<typeof AgencyEntry>;
export type Ordinance = z.infer<typeof Ordinance>;

function twice(values: (string | number)[]): boolean {
  return values.some((value, i) => values.indexOf(value) !== i);
}

function codesOf({ office, wards = [] }: OfficeEntry): LocalGovernmentCode[] {
  return [...(office === NATIONAL_CENTRE ? [] : [codeOf(office)]), ...wards.map(({ code }) => code)];
}

function problemOf(entry: OfficeEntry, known: Set<OfficeId>): string | undefined {
  const role = roleOf(entry.office);
  const parentRole = { municipality: 'prefecture', prefecture: NATIONAL_CENTRE, national: undefined }[role];
  if (entry.parent === undefined ? parentRole !== undefined : roleOf(entry.parent) !== parentRole)
    return 'its parent is not of the level above';
  if (entry.parent !== undefined && !known.has(entry.parent)) return 'its parent is not stated';
  if (role === 'municipality' && codeOf(entry.parent ?? '').slice(0, 2) !== codeOf(entry.office).slice(0, 2))
    return 'its parent is another prefecture';
  if (entry.ordinance && entry.ordinance.counter.opens >= entry.ordinance.counter.closes)
    return 'its counter closes before it opens';
  const isMunicipality = role === 'municipality';
  if (isMunicipality !== (entry.ordinance !== undefined)) return 'municipalities, and only they, have an ordinance';
  if (isMunicipality !== (entry.participating !== undefined))
    return 'municipalities, and only they, state participation';
  return problemOfWards(entry);
}

function problemOfWards({ office, wards = [] }: OfficeEntry): string | undefined {
  if (wards.length > 0 && roleOf(office) !== 'municipality') return 'only municipalities have wards';
  const isElsewhere = wards.some(({ code }) => code.slice(0, 2) !== codeOf(office).slice(0, 2));
  return isElsewhere ? 'a ward is in another prefecture' : undefined;
}

function problemOfProvision({ office, cityClasses, ordinancePurposes = [] }: OfficeEntry): string | undefined {
  if (cityClasses && roleOf(office) !== 'municipality') return 'only municipalities state classes of cities';
  if (ordinancePurposes.length > 0 && roleOf(office) !== 'prefecture') return 'only prefectures add purposes';
  if (twice(ordinancePurposes.map(({ item }) => item))) return 'an item of its ordinances is stated twice';
  return ordinancePurposes.map(problemOfPurpose).find((problem) => problem !== undefined);
}

/** Table 2 is of what municipalities are provided with, table 5 of what the governor uses. */
function problemOfPurpose({ item, table, recipients, from, until }: OrdinancePurpose): string | undefined {
  if (until !== null && until < from) return `item ${item} of its ordinances ends before it begins`;
  const kind = table === 2 ? 'municipality' : 'prefecture';
  const isMisplaced = recipients.some((text) => officesMeantBy(text) !== kind);
  return isMisplaced ? `item ${item} of its ordinances names a recipient that is not of table ${table}` : undefined;
}
