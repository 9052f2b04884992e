/** What the disclosure of who looked carries between offices (DOMAIN 8, Articles 30-37 and 30-38), field by field. */
export const AUDIT_MESSAGES: Record<string, Record<string, string>> = {
  'juki.audit.v1.GatherLogExtractsRequest': { '1 resident_record_code: string': '8: for their own information' },
  'juki.audit.v1.GatherLogExtractsResponse': {
    '1 extracts: repeated juki.audit.v1.LogExtract': '8: and for the log of its provision',
    '2 missing: repeated juki.audit.v1.MissingExtract': '8: what could not be answered, and why',
  },
  'juki.audit.v1.ListLogExtractsRequest': {
    '1 resident_record_codes: repeated string': '8: for their own information',
  },
  'juki.audit.v1.ListLogExtractsResponse': {
    '1 extracts: repeated juki.audit.v1.LogExtract': '8: and for the log of its provision',
    '2 missing: repeated juki.audit.v1.MissingExtract': '8: what could not be answered, and why',
  },
  'juki.audit.v1.LogExtract': {
    '1 office: string': '8: source',
    '2 resident_record_code: string': '8: logged per person',
    '3 note: string': 'DESIGN 4: checkpoint of the log',
    '4 certificate: bytes': '9: computers authenticate each other',
    '5 key_proof: bytes': 'DESIGN 4: that none was left out',
    '6 entries: repeated juki.audit.v1.ExtractEntry': '8: logged per person',
  },
  'juki.audit.v1.ExtractEntry': {
    '1 position: uint64': 'DESIGN 4: where in the log',
    '2 number: uint64': 'DESIGN 4: that none was left out',
    '3 leaf: string': '8: date, function class, business class, source, recipient',
    '4 inclusion: repeated bytes': 'DESIGN 4: that it is in the log',
    '5 purpose: string': '8: reason',
    '6 purpose_salt: string': '8: reason',
    '7 salt: string': '8: logged per person',
    '8 operator_role: string': '9: operators have roles',
  },
  'juki.audit.v1.MissingExtract': {
    '1 office: string': '8: what could not be answered',
    '2 reason: string': '8: and why',
  },
};

export const AUDIT_PROCEDURES: Record<string, [question: string, answer: string]> = {
  '/juki.audit.v1.AccessGatheringService/GatherLogExtracts': [
    'juki.audit.v1.GatherLogExtractsRequest',
    'juki.audit.v1.GatherLogExtractsResponse',
  ],
  '/juki.audit.v1.AccessService/ListLogExtracts': [
    'juki.audit.v1.ListLogExtractsRequest',
    'juki.audit.v1.ListLogExtractsResponse',
  ],
};
