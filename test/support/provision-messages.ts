/** What a governor is asked for and provides (DOMAIN 3 and 8), field by field. */
export const PROVISION_MESSAGES: Record<string, Record<string, string>> = {
  'juki.provision.v1.ProvideToMayorRequest': {
    '1 inquiry: juki.provision.v1.Inquiry': '8: only to a listed recipient for a listed purpose',
    '2 person: juki.provision.v1.Person': '8: immediate (one person)',
    '3 prefecture: string': '8: table 4, through their own governor',
  },
  'juki.provision.v1.ProvideToMayorResponse': {
    '1 answer: juki.provision.v1.Answer': '8: a reply only for a unique match',
  },
  'juki.provision.v1.ProvideToGovernorRequest': {
    '1 inquiry: juki.provision.v1.Inquiry': '8: only to a listed recipient for a listed purpose',
    '2 person: juki.provision.v1.Person': '8: immediate (one person)',
    '3 municipality: string': '8: table 4; logged: recipient',
  },
  'juki.provision.v1.ProvideToGovernorResponse': {
    '1 answer: juki.provision.v1.Answer': '8: a reply only for a unique match',
  },
  'juki.provision.v1.Inquiry': {
    '1 statutory_purpose: string': '8: a table entry that names the recipient and the purpose',
    '2 occasion: juki.provision.v1.Occasion': '8: logged: reason',
    '3 fields: repeated juki.provision.v1.Field': '9, MIN: a reply holds no item that was not asked for',
  },
  'juki.provision.v1.Person': {
    '1 known: juki.provision.v1.FourItems': '9, MIN: what is stated as it is need not be told',
    '2 resident_record_code: string': '8: by code',
    '3 four_items: juki.provision.v1.FourItems': '8: or by name + birth date + sex + address',
  },
  'juki.provision.v1.FourItems': {
    '1 name: string': '8: name',
    '2 birth_date: juki.identity.v1.CalendarDate': '8: birth date',
    '3 sex: juki.identity.v1.Sex': '8: sex',
    '4 address: string': '8: address',
  },
  'juki.provision.v1.Answer': {
    '1 outcome: juki.provision.v1.Outcome': '8: a reply only for a unique match',
    '2 deleted: bool': '3: change information: deletion',
    '3 provided: juki.provision.v1.Provided': '9, MIN: a reply holds no item that was not asked for',
  },
  'juki.provision.v1.Provided': {
    '1 name: string': '3: name',
    '2 birth_date: juki.identity.v1.CalendarDate': '3: date of birth',
    '3 sex: juki.identity.v1.Sex': '3: sex',
    '4 address: string': '3: address',
    '5 resident_record_code: string': '3: ResidentRecordCode',
    '6 changes: repeated juki.provision.v1.ChangeInformation': '3: and change information; nothing else',
  },
  'juki.provision.v1.ChangeInformation': {
    '1 reason: juki.propagation.v1.ChangeReason': '3: kind, reason',
    '2 cause_on: juki.identity.v1.CalendarDate': '3: date the cause arose',
  },
};

export const PROVISION_ENUMS: Record<string, Record<string, string>> = {
  'juki.provision.v1.Field': {
    '0 FIELD_UNSPECIFIED': 'refused',
    '1 FIELD_NAME': '3: name',
    '2 FIELD_BIRTH_DATE': '3: date of birth',
    '3 FIELD_SEX': '3: sex',
    '4 FIELD_ADDRESS': '3: address',
    '5 FIELD_RESIDENT_RECORD_CODE': '3: ResidentRecordCode',
    '6 FIELD_CHANGE_INFORMATION': '3: change information',
  },
  'juki.provision.v1.Occasion': {
    '0 OCCASION_UNSPECIFIED': 'refused',
    '1 OCCASION_APPLICATION': '8: logged: reason; the copy is unnecessary as an attachment to applications',
    '2 OCCASION_NOTIFICATION': '8: logged: reason',
    '3 OCCASION_STATUS_REPORT': '8: logged: reason',
    '4 OCCASION_INSPECTION': '8: logged: reason',
  },
  'juki.provision.v1.Outcome': {
    '0 OUTCOME_UNSPECIFIED': 'not used',
    '1 OUTCOME_NOT_FOUND': '8: a reply only for a unique match',
    '2 OUTCOME_AS_STATED': '9, MIN: nothing is told that was stated',
    '3 OUTCOME_PROVIDED': '8: information given',
    '4 OUTCOME_IN_QUARANTINE': '3: errors found above are reported down, and looked into',
  },
};

export const PROVISION_PROCEDURES: Record<string, [question: string, answer: string]> = {
  '/juki.provision.v1.GovernorProvisionService/ProvideToMayor': [
    ...(['juki.provision.v1.ProvideToMayorRequest', 'juki.provision.v1.ProvideToMayorResponse'] as const),
  ],
  '/juki.provision.v1.GovernorProvisionService/ProvideToGovernor': [
    ...(['juki.provision.v1.ProvideToGovernorRequest', 'juki.provision.v1.ProvideToGovernorResponse'] as const),
  ],
};
