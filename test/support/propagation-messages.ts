/*
 * What may travel between offices (invariant DATA) when changes climb, and when two levels are held against each other:
 * every field with the words of DOMAIN that it stands for.
 */
export const PROPAGATION_MESSAGES: Record<string, Record<string, string>> = {
  'juki.propagation.v1.DeliverChangesRequest': {
    '1 changes: repeated juki.propagation.v1.Change': '3: sent at each event: municipality → prefecture → centre',
    '2 head: juki.audit.v1.Head': '9, LOG: the log is kept so that it can be analysed: nobody can rewrite it unseen',
    '3 witnessed: juki.audit.v1.Witnessed': '9, LOG: what a prefecture has seen of the centre’s log',
  },
  'juki.propagation.v1.DeliverChangesResponse': {
    '1 verdicts: repeated juki.propagation.v1.Verdict': 'repeating is safe: what was answered for is not sent again',
    '2 witnessed: juki.audit.v1.Witnessed': '9, LOG: what the office above has seen of the log',
    '3 head: juki.audit.v1.Head': '9, LOG: the centre’s log, which prefectures see',
  },
  'juki.audit.v1.Head': {
    '1 checkpoint: juki.audit.v1.SignedCheckpoint': '9, LOG: how far the log has come: a size and hashes, of nobody',
    '2 from_size: int64': '9, LOG: how much of it the other office has seen',
    '3 consistency_proof: repeated bytes': '9, LOG: hashes, that the log begins with what was seen',
    '4 shown_at: int64': 'an instant',
    '5 signature: bytes': '9, ACCOUNT: signed by the office that shows it',
  },
  'juki.audit.v1.SignedCheckpoint': {
    '1 note: string': '9, LOG: how far a log has come, signed',
    '2 certificate: bytes': '9, ACCOUNT: by whom',
  },
  'juki.audit.v1.Witnessed': {
    '1 size: int64': '9, LOG: how much of the log was seen',
    '2 countersigned: juki.audit.v1.SignedCheckpoint': '9, LOG: and by whom, signed',
    '3 kept: juki.audit.v1.SignedCheckpoint': '9, LOG: what the log contradicts',
  },
  'juki.propagation.v1.Change': {
    '1 change_id: string': 'repeating is safe: the same change can come twice',
    '2 municipality: string': '3: municipality → prefecture → centre: whose it is',
    '3 reason: juki.propagation.v1.ChangeReason': '3: change information = kind, reason, … the kind follows from it',
    '4 cause_on: juki.identity.v1.CalendarDate': '3: … date the cause arose; of a move-out the planned one',
    '5 version: int64': '9, CHAIN: the newest by event order wins, not by arrival',
    '6 identification_information: juki.identity.v1.IdentificationInformation': '3: all that may travel',
    '7 previous_code: string': '3: correction of the code … carries the old code',
  },
  'juki.identity.v1.IdentificationInformation': {
    '1 name: string': '3: name',
    '2 birth_date: juki.identity.v1.CalendarDate': '3: date of birth',
    '3 sex: juki.identity.v1.Sex': '3: sex',
    '4 address: string': '3: address',
    '5 resident_record_code: string': '3: ResidentRecordCode',
  },
  'juki.propagation.v1.Verdict': {
    '1 change_id: string': 'which of those that were delivered',
    '2 standing: juki.propagation.v1.Standing': '9, CHAIN: what the fold has made of it',
    '3 reason: string': '3: errors found above are reported down',
  },
  'juki.propagation.v1.ReportDiscrepanciesRequest': {
    '1 discrepancies: repeated juki.propagation.v1.Discrepancy': '3: errors found above are reported down',
  },
  'juki.propagation.v1.ReportDiscrepanciesResponse': {},
  'juki.propagation.v1.Discrepancy': {
    '1 discrepancy_id: string': 'repeating is safe: a discrepancy is listed once',
    '2 municipality: string': '3: the mayor must look into them: which',
    '3 resident_record_code: string': '3: whose identification information is in error, and nothing else of it',
    '4 change_id: string': '3: which change the error is in',
    '5 what: string': '3: the error',
    '6 found_by: string': '3: found above: by whom',
    '7 found_at: google.protobuf.Timestamp': '3: found above: when',
  },
  'google.protobuf.Timestamp': { '1 seconds: int64': 'an instant', '2 nanos: int32': 'an instant' },
  'juki.propagation.v1.CompareRangesRequest': {
    '1 prefixes: repeated string': '11: consistency check: of which codes, by their first digits',
  },
  'juki.propagation.v1.CompareRangesResponse': {
    '1 ranges: repeated juki.propagation.v1.RangeDigest': '11: consistency check, in the order of the question',
  },
  'juki.propagation.v1.RangeDigest': {
    '1 prefix: string': 'which of the ranges that were asked for',
    '2 count: int32': '11: consistency check: how much there is, of the asking municipality’s own',
    '3 digest: bytes': '11: consistency check: a hash in the place of data',
  },
  'juki.propagation.v1.ListHoldingsRequest': {
    '1 prefixes: repeated string': '11: consistency check: of which codes, by their first digits',
  },
  'juki.propagation.v1.ListHoldingsResponse': {
    '1 holdings: repeated juki.propagation.v1.HoldingDigest': '11: consistency check, where ranges differ',
  },
  'juki.propagation.v1.HoldingDigest': {
    '1 resident_record_code: string': '3: of the asking municipality’s own residents',
    '2 version: int64': '9, CHAIN: which of the two is newer',
    '3 digest: bytes': '11: consistency check: a hash in the place of data',
  },
  'juki.propagation.v1.ListWaitingRequest': {
    '1 resident_record_codes: repeated string': '3: of the asking municipality’s own residents',
  },
  'juki.propagation.v1.ListWaitingResponse': {
    '1 resident_record_codes: repeated string': '3: those among them that something waits of',
  },
  'juki.propagation.v1.QuarantineHoldingsRequest': {
    '1 holdings: repeated juki.propagation.v1.KnownVersion':
      '3: of the asking municipality’s own residents: an error is told to nobody',
  },
  'juki.propagation.v1.QuarantineHoldingsResponse': {
    '1 quarantined: int32': 'how many of them are the asking municipality’s own',
  },
  'juki.propagation.v1.RestateHoldingsRequest': {
    '1 changes: repeated juki.propagation.v1.Change': '3: errors … the mayor must look into them; sent as any change',
  },
  'juki.propagation.v1.RestateHoldingsResponse': {
    '1 restatements: repeated juki.propagation.v1.Restatement': 'what became of each',
  },
  'juki.propagation.v1.Restatement': {
    '1 resident_record_code: string': 'which of those that were stated',
    '2 stands: bool': '9, CHAIN: the newest wins: it may be another',
  },
  'juki.propagation.v1.ListChangesSinceRequest': {
    '1 known: repeated juki.propagation.v1.KnownVersion': '11: consistency check: what the municipality still has',
  },
  'juki.propagation.v1.KnownVersion': {
    '1 resident_record_code: string': '3: of the asking municipality’s own changes',
    '2 version: int64': '9, CHAIN: from where on it knows nothing',
  },
  'juki.propagation.v1.ListChangesSinceResponse': {
    '1 changes: repeated juki.propagation.v1.Change': '3: superseded information is history, kept: what it sent itself',
  },
};

/** The values that may stand in a field of a closed list, in the same way. */
export const PROPAGATION_ENUMS: Record<string, Record<string, string>> = {
  'juki.propagation.v1.ChangeReason': {
    '0 CHANGE_REASON_UNSPECIFIED': 'refused',
    '1 CHANGE_REASON_MOVE_IN': '3: entry, 転入等',
    '2 CHANGE_REASON_BIRTH': '3: entry, 出生',
    '3 CHANGE_REASON_EX_OFFICIO_ENTRY': '3: entry, 職権記載等',
    '4 CHANGE_REASON_MOVE_OUT': '3: deletion, 転出',
    '5 CHANGE_REASON_DEATH': '3: deletion, 死亡',
    '6 CHANGE_REASON_EX_OFFICIO_DELETION': '3: deletion, 職権消除等',
    '7 CHANGE_REASON_CHANGE_OF_ADDRESS': '3: correction, 転居',
    '8 CHANGE_REASON_MINOR_CORRECTION': '3: correction, 軽微な修正',
    '9 CHANGE_REASON_EX_OFFICIO_CORRECTION': '3: correction, 職権修正等',
    '10 CHANGE_REASON_CODE_CHANGE_REQUEST': '3: correction of the code, 変更請求',
    '11 CHANGE_REASON_EX_OFFICIO_CODE': '3: correction of the code, 職権記載等',
  },
  'juki.propagation.v1.Standing': {
    '0 STANDING_UNSPECIFIED': 'never said',
    '1 STANDING_TAKEN': '9, CHAIN: the newest wins',
    '2 STANDING_OLDER': '3: superseded information is history, kept',
    '3 STANDING_KNOWN': 'repeating is safe',
    '4 STANDING_REFUSED': '3: errors found above are reported down',
  },
};

/** The procedures, and what is asked and answered in each. */
export const PROPAGATION_PROCEDURES: Record<string, [question: string, answer: string]> = {
  '/juki.propagation.v1.PropagationService/DeliverChanges': [
    'juki.propagation.v1.DeliverChangesRequest',
    'juki.propagation.v1.DeliverChangesResponse',
  ],
  '/juki.propagation.v1.DiscrepancyService/ReportDiscrepancies': [
    'juki.propagation.v1.ReportDiscrepanciesRequest',
    'juki.propagation.v1.ReportDiscrepanciesResponse',
  ],
  '/juki.propagation.v1.ConsistencyService/CompareRanges': [
    'juki.propagation.v1.CompareRangesRequest',
    'juki.propagation.v1.CompareRangesResponse',
  ],
  '/juki.propagation.v1.ConsistencyService/ListHoldings': [
    'juki.propagation.v1.ListHoldingsRequest',
    'juki.propagation.v1.ListHoldingsResponse',
  ],
  '/juki.propagation.v1.ConsistencyService/ListWaiting': [
    'juki.propagation.v1.ListWaitingRequest',
    'juki.propagation.v1.ListWaitingResponse',
  ],
  '/juki.propagation.v1.ConsistencyService/QuarantineHoldings': [
    'juki.propagation.v1.QuarantineHoldingsRequest',
    'juki.propagation.v1.QuarantineHoldingsResponse',
  ],
  '/juki.propagation.v1.ConsistencyService/RestateHoldings': [
    'juki.propagation.v1.RestateHoldingsRequest',
    'juki.propagation.v1.RestateHoldingsResponse',
  ],
  '/juki.propagation.v1.ConsistencyService/ListChangesSince': [
    'juki.propagation.v1.ListChangesSinceRequest',
    'juki.propagation.v1.ListChangesSinceResponse',
  ],
};
