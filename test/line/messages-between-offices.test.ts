import type { DescField, DescMessage, DescMethod } from '@bufbuild/protobuf';
import { describe, expect, it } from '@jest/globals';
import { accessPolicy } from '#core/domain/access-policy.js';
import { descriptors } from '#core/wire/schema.js';
import { AUDIT_MESSAGES, AUDIT_PROCEDURES } from '../support/audit-messages.js';
import { CARD_ENUMS, CARD_MESSAGES, CARD_PROCEDURES } from '../support/card-messages.js';
import { DIRECTORY_ENUMS, DIRECTORY_MESSAGES, DIRECTORY_PROCEDURES } from '../support/directory-messages.js';
import { PROPAGATION_ENUMS, PROPAGATION_MESSAGES, PROPAGATION_PROCEDURES } from '../support/propagation-messages.js';
import { PROVISION_ENUMS, PROVISION_MESSAGES, PROVISION_PROCEDURES } from '../support/provision-messages.js';

/*
 * What may travel between offices (invariant DATA), written out by hand: every field with the words of DOMAIN that it
 * stands for. A field that is not in this list must not be in the proto files, and the other way round: whoever adds
 * one has to find it in the law first.
 */
const MESSAGES: Record<string, Record<string, string>> = {
  'juki.issuance.v1.ProvideCopyDataRequest': {
    '1 applicant_name: string': "5.2: the applicant's name",
    '2 resident_record_code: string': "5.2: the applicant's … code",
    '3 birth_date_and_sex: juki.issuance.v1.BirthDateAndSex': '5.1: or birth date and sex',
    '4 whom: juki.issuance.v1.WhomToPrint': '5.2: whom to print',
    '5 member_names: repeated string': '5.2: whom to print; 5.1: members of the same household',
    '6 with_household: bool': '5.2: whether item 4 … [is] specially asked for',
    '7 with_resident_record_code: bool': '5.2: whether … item 13 [is] specially asked for',
  },
  'juki.issuance.v1.BirthDateAndSex': {
    '1 birth_date: juki.identity.v1.CalendarDate': '5.1: birth date',
    '2 sex: juki.identity.v1.Sex': '5.1: and sex',
  },
  'juki.issuance.v1.ProvideCopyDataResponse': {
    '1 records: repeated juki.issuance.v1.CopyRecord': '5.3: home answers with items …',
  },
  'juki.issuance.v1.CopyRecord': {
    '1 name: juki.issuance.v1.NameItem': '5.3: item 1, name',
    '2 birth_date: juki.identity.v1.CalendarDate': '5.3: item 2, birth date',
    '3 sex: juki.identity.v1.Sex': '5.3: item 3, sex',
    '4 household: juki.issuance.v1.HouseholdItem': '5.3: only what was asked of 4, householder and relationship',
    '6 became_resident_on: juki.identity.v1.CalendarDate': '5.3: item 6, date of becoming a resident',
    '7 address: juki.issuance.v1.AddressItem': '5.3: item 7, address …',
    '8 notification: juki.issuance.v1.NotificationItem': '5.3: item 8, notification and previous address',
    '13 resident_record_code: string': '5.3: only what was asked of … 13, code',
  },
  'juki.issuance.v1.NameItem': {
    '1 name: string': '4, item 1: name',
    '2 common_name: string': '4: a common name (通称) goes with the name',
  },
  'juki.issuance.v1.HouseholdItem': {
    '1 householder_name: string': "4, item 4: the householder's name",
    '2 relationship: string': '4, item 4: and the relationship',
  },
  'juki.issuance.v1.AddressItem': {
    '1 address: string': '4, item 7: address',
    '2 moved_within_town_on: juki.identity.v1.CalendarDate': '4, item 7: for those who moved within the town the date',
  },
  'juki.issuance.v1.NotificationItem': {
    '1 notified_on: juki.identity.v1.CalendarDate': '4, item 8: date of notification',
    '2 previous_address: string': '4, item 8: and previous address',
  },
  'juki.register.v1.NotifyHomeRequest': {
    '1 notice_id: string': 'repeating is safe (PEERS 13: notices are lost and doubled elsewhere)',
    '2 birth: juki.register.v1.Birth': '4: birth … if received elsewhere that mayor tells the home mayor',
    '3 death: juki.register.v1.Death': '4: death … if received elsewhere that mayor tells the home mayor',
  },
  'juki.register.v1.NotifyHomeResponse': {},
  'juki.register.v1.Birth': {
    '1 parent: juki.register.v1.NamedPerson': '4: the household that the child enters is a parent’s',
    '2 child: juki.register.v1.Person': '4: what an entry needs',
    '3 relationship: string': '4, item 4',
  },
  'juki.register.v1.Death': {
    '1 deceased: juki.register.v1.NamedPerson': '4: whose record is deleted',
    '2 died_on: juki.identity.v1.CalendarDate': '3: date the cause arose',
  },
  'juki.register.v1.NamedPerson': {
    '1 name: string': '4, item 1: a family register knows no code',
    '2 birth_date: juki.identity.v1.CalendarDate': '4, item 2',
    '3 sex: juki.identity.v1.Sex': '4, item 3',
    '4 address: string': '4, item 7, where two people share the three',
  },
  'juki.register.v1.Person': {
    '1 name: string': '4, item 1',
    '2 name_reading: string': '4, item 1: with its reading',
    '3 common_name: string': '4: a common name (通称) goes with the name',
    '4 birth_date: juki.identity.v1.CalendarDate': '4, item 2',
    '5 sex: juki.identity.v1.Sex': '4, item 3',
    '6 registered_domicile: string': '4, item 5, which comes from the family register',
    '7 first_listed_person: string': '4, item 5, which comes from the family register',
    '8 nationality: string': '4: nationality … instead of 5',
    '9 residence_status: string': '4: and residence status instead of 5',
  },
  'juki.allotment.v1.AllotCodesRequest': {
    '1 allotment_id: string': 'repeating is safe: a crash loses no code and gives none twice',
    '2 amount: int32': '2: more on request with the number stated',
  },
  'juki.allotment.v1.AllotCodesResponse': {
    '1 resident_record_codes: repeated string': '2: the centre designates codes to each municipality',
  },
  ...AUDIT_MESSAGES,
  ...CARD_MESSAGES,
  ...DIRECTORY_MESSAGES,
  ...PROPAGATION_MESSAGES,
  ...PROVISION_MESSAGES,
  'juki.identity.v1.CalendarDate': {
    '1 year: int32': 'a day of the calendar',
    '2 month: int32': 'a day of the calendar',
    '3 day: int32': 'a day of the calendar',
  },
};

/** The values of closed lists, in the same way. */
const ENUMS: Record<string, Record<string, string>> = {
  'juki.issuance.v1.WhomToPrint': {
    '0 WHOM_TO_PRINT_UNSPECIFIED': 'refused',
    '1 WHOM_TO_PRINT_APPLICANT': '5.1: a copy of their own record',
    '2 WHOM_TO_PRINT_WHOLE_HOUSEHOLD': '5.1: or of members of the same household',
    '3 WHOM_TO_PRINT_NAMED_MEMBERS': '5.1: or of members of the same household',
  },
  ...CARD_ENUMS,
  ...DIRECTORY_ENUMS,
  ...PROPAGATION_ENUMS,
  ...PROVISION_ENUMS,
  'juki.identity.v1.Sex': { '0 SEX_UNSPECIFIED': 'refused', '1 SEX_MALE': '4, item 3', '2 SEX_FEMALE': '4, item 3' },
};

/** The procedures between offices, and what is asked and answered in each. */
const PROCEDURES: Record<string, [question: string, answer: string]> = {
  '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData': [
    'juki.issuance.v1.ProvideCopyDataRequest',
    'juki.issuance.v1.ProvideCopyDataResponse',
  ],
  '/juki.register.v1.FamilyRegisterNoticeService/NotifyHome': [
    'juki.register.v1.NotifyHomeRequest',
    'juki.register.v1.NotifyHomeResponse',
  ],
  '/juki.allotment.v1.AllotmentService/AllotCodes': [
    'juki.allotment.v1.AllotCodesRequest',
    'juki.allotment.v1.AllotCodesResponse',
  ],
  ...AUDIT_PROCEDURES,
  ...CARD_PROCEDURES,
  ...DIRECTORY_PROCEDURES,
  ...PROPAGATION_PROCEDURES,
  ...PROVISION_PROCEDURES,
};

/** Never in wide-area data (NEVER): family register, electoral roll, insurances and the like, others by Order. */
const NEVER = [5, 9, 10, 11, 12, 14];
const OFFICES = ['municipality', 'prefecture', 'national'];

function message(name: string): DescMessage {
  const found = descriptors.getMessage(name);
  if (!found) throw new RangeError(`${name} is not in the proto files`);
  return found;
}

/** `7 address: juki.issuance.v1.AddressItem` */
function line(field: DescField): string {
  const type = field.message?.typeName ?? field.enum?.typeName ?? SCALARS[field.scalar ?? 0];
  const map = field.fieldKind === 'map' ? 'map ' : '';
  return `${field.number} ${field.name}: ${field.fieldKind === 'list' ? 'repeated ' : ''}${map}${type}`;
}

/** By their numbers in descriptor.proto. */
const SCALARS: Record<number, string> = { 3: 'int64', 4: 'uint64', 5: 'int32', 8: 'bool', 9: 'string', 12: 'bytes' };

/** The messages and closed lists that a message can carry, itself among them. */
function reachableFrom(names: string[]): { messages: string[]; enums: string[] } {
  const messages = new Set<string>();
  const enums = new Set<string>();
  const visit = (type: DescMessage) => {
    if (messages.has(type.typeName)) return;
    messages.add(type.typeName);
    for (const field of type.fields) {
      if (field.message) visit(field.message);
      if (field.enum) enums.add(field.enum.typeName);
    }
  };
  for (const name of names) visit(message(name));
  return { messages: [...messages].sort(), enums: [...enums].sort() };
}

/** The methods of the network's own services that the access policy opens to an office of any role. */
function methodsBetweenOffices(): DescMethod[] {
  const rows = accessPolicy.filter(({ callers }) => callers.some((caller) => OFFICES.includes(caller)));
  const open = new Set(rows.map(({ method }) => method));
  return [...descriptors].flatMap((type) =>
    type.kind === 'service' && type.typeName.startsWith('juki.')
      ? type.methods.filter(({ name }) => open.has(`/${type.typeName}/${name}`))
      : [],
  );
}

describe('Messages between offices', () => {
  it('are those of the procedures in this list, and of no other that an office may call', () => {
    const procedures = methodsBetweenOffices().map(({ parent, name, input, output }) => [
      `/${parent.typeName}/${name}`,
      [input.typeName, output.typeName],
    ]);
    expect(Object.fromEntries(procedures)).toEqual(PROCEDURES);
  });

  it('are single questions with single answers: nothing streams, so nothing runs on', () => {
    expect(new Set(methodsBetweenOffices().map(({ methodKind }) => methodKind))).toEqual(new Set(['unary']));
  });

  it('carry the messages and closed lists of this list, and no other', () => {
    const { messages, enums } = reachableFrom(Object.values(PROCEDURES).flat());
    expect(messages).toEqual(Object.keys(MESSAGES).sort());
    expect(enums).toEqual(Object.keys(ENUMS).sort());
  });

  it.each(Object.entries(MESSAGES))('have in %s the fields that DOMAIN names, and no other', (name, fields) => {
    expect(message(name).fields.map(line).sort()).toEqual(Object.keys(fields).sort());
  });

  it.each(Object.entries(ENUMS))('have in %s the values that DOMAIN names, and no other', (name, values) => {
    const found = descriptors.getEnum(name)?.values.map((value) => `${value.number} ${value.name}`);
    expect(found?.sort()).toEqual(Object.keys(values).sort());
  });

  it('have no maps, extensions or any-typed fields, in which more could travel than is named', () => {
    const fields = Object.keys(MESSAGES).flatMap((name) => message(name).fields);
    const open = fields.filter(
      ({ fieldKind, message: type }) => fieldKind === 'map' || /google.*(?<!\.Timestamp)$/.test(type?.typeName ?? ''),
    );
    expect(open).toEqual([]);
    expect([...descriptors].filter(({ kind }) => kind === 'extension')).toEqual([]);
  });
});

describe('One person’s part of a copy', () => {
  it.each(NEVER)('keeps number %i reserved, so that the item of Article 7 has no place to travel in', (item) => {
    const ranges = message('juki.issuance.v1.CopyRecord').proto.reservedRange;
    expect(ranges.some(({ start, end }) => start <= item && item < end)).toBe(true);
    expect(message('juki.issuance.v1.CopyRecord').fields.map(({ number }) => number)).not.toContain(item);
  });

  it('goes by the numbers of Article 7 alone: no field has a number above 14', () => {
    const numbers = message('juki.issuance.v1.CopyRecord').fields.map(({ number }) => number);
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 6, 7, 8, 13]);
  });
});

describe('What goes up to prefectures and the national centre, and what they hold of a person', () => {
  it('is identification information, the five things of DOMAIN 3 and nothing of household or family register', () => {
    expect(message('juki.identity.v1.IdentificationInformation').fields.map(line)).toEqual([
      '1 name: string',
      '2 birth_date: juki.identity.v1.CalendarDate',
      '3 sex: juki.identity.v1.Sex',
      '4 address: string',
      '5 resident_record_code: string',
    ]);
  });

  it('is data in deliveries and repairs alone: checks and reports carry nothing that says who somebody is', () => {
    const carrying = Object.entries(PROCEDURES).flatMap(([procedure, both]) =>
      both
        .filter((name) => reachableFrom([name]).messages.includes('juki.identity.v1.IdentificationInformation'))
        .map((name) => `${procedure.split('/').at(-1)}: ${name.split('.').at(-1)}`),
    );
    expect(carrying).toEqual([
      'DeliverChanges: DeliverChangesRequest',
      'RestateHoldings: RestateHoldingsRequest',
      'ListChangesSince: ListChangesSinceResponse',
    ]);
  });
});
