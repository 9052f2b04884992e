/** What cards, and people who move with one, carry between offices (DOMAIN 6 and 7), field by field. */
export const CARD_MESSAGES: Record<string, Record<string, string>> = {
  'juki.card.v1.CardStatus': {
    '1 card_number: string': '7: every issue, loss, find, invalidation, return goes up',
    '2 kind: juki.card.v1.CardKind': '7: juki card, individual number card',
    '3 resident_record_code: string': '7: chip holds the code',
    '4 municipality: string': '7: municipality → prefecture → centre',
    '5 state: juki.card.v1.CardState': '7: states',
    '6 invalid_by: juki.card.v1.InvalidityCause': '7: INVALID by',
    '7 expires_on: juki.identity.v1.CalendarDate': '7: good until they expire',
    '8 lapses_after: juki.identity.v1.CalendarDate': '6: 30 and 90 days',
    '9 public_key: string': '7: so that others can check',
    '10 version: int64': '9, CHAIN: the newest wins, not by arrival',
    '11 lapses_by: juki.card.v1.InvalidityCause': '7: special-move deadline missed, 90 days missed',
  },
  'juki.card.v1.ReportCardStatusesRequest': {
    '1 statuses: repeated juki.card.v1.CardStatus': '7: goes municipality → prefecture → centre',
  },
  'juki.card.v1.ReportCardStatusesResponse': {
    '1 refused_card_numbers: repeated string': '7: which were not taken',
  },
  'juki.card.v1.CheckCardRequest': {
    '1 card_number: string': '7: so that others can check',
    '2 challenge: string': '7: what the chip answers to',
    '3 count: int64': '7: a chip that was copied shows in its counter',
    '4 signature: string': '7: the chip’s answer',
  },
  'juki.card.v1.CheckCardResponse': {
    '1 state: juki.card.v1.CardState': '7: so that others can check',
    '2 invalid_by: juki.card.v1.InvalidityCause': '7: INVALID by',
    '3 municipality: string': '6: where its holder comes from',
  },
  'juki.transfer.v1.ClaimMoveOutCertificateRequest': {
    '1 claim_id: string': 'DESIGN 3.3: every step can be repeated',
    '2 card_number: string': '6.2: card handed over',
    '3 resident_record_code: string': '6: the code on the card',
    '4 moved_in_on: juki.identity.v1.CalendarDate': '6: movedIn + 14 d',
    '5 notified_on: juki.identity.v1.CalendarDate': '6: notifiedOn',
    '6 card_count: int64': '6.2: card handed over; 7: shows in its counter',
    '7 card_signature: string': '6.2: card handed over, PIN',
  },
  'juki.transfer.v1.ClaimMoveOutCertificateResponse': {
    '1 destination: string': '6.4: destination',
    '2 planned_on: juki.identity.v1.CalendarDate': '6.4: planned date',
    '3 people: repeated juki.transfer.v1.MovingOut': '6.4: move-out certificate information',
  },
  'juki.transfer.v1.MovingOut': {
    '1 person: juki.register.v1.Person': '6.4: items 1, 2, 3 and 5',
    '2 householder_name: string': '6.4: item 4',
    '3 relationship: string': '6.4: item 4',
    '4 previous_address: string': '6.4: old address',
    '5 municipal_items: string': '6.4: insurance, pension and child-allowance items',
    '6 resident_record_code: string': '6.4: item 13',
    '7 version: int64': 'DESIGN 3.3: the version to use',
    '8 cards: repeated juki.transfer.v1.MovingCard': '6.4: card data',
  },
  'juki.transfer.v1.MovingCard': {
    '1 card_number: string': '6.4: card data',
    '2 kind: juki.card.v1.CardKind': '6.4: card data',
    '3 state: juki.card.v1.CardState': '6.4: card data',
    '4 issued_on: juki.identity.v1.CalendarDate': '6.4: card data',
    '5 expires_on: juki.identity.v1.CalendarDate': '6.4: card data',
    '6 public_key: string': '6.4: card data',
    '7 management_key: string': '6.5: updates … the card; 7: unlocked at the home counter',
    '8 version: int64': '6.4: card data',
  },
  'juki.transfer.v1.ReleaseMoveOutCertificateRequest': { '1 claim_id: string': 'DESIGN 3.3: a released claim' },
  'juki.transfer.v1.ReleaseMoveOutCertificateResponse': {},
  'juki.transfer.v1.NoticeMoveInRequest': {
    '1 claim_id: string': '6.6: move-in notice',
    '2 moved_in_on: juki.identity.v1.CalendarDate': '6.6: move-in notice',
    '3 resident_record_codes: repeated string': '6.6: who has moved in',
  },
  'juki.transfer.v1.NoticeMoveInResponse': {},
  'juki.transfer.v1.ConfirmMoveOutsRequest': {
    '1 move_outs: repeated juki.transfer.v1.SettledMoveOut': '6.7: tells its prefecture that the move-out is settled',
  },
  'juki.transfer.v1.SettledMoveOut': {
    '1 resident_record_code: string': '6.7: whose',
    '2 version: int64': '6.7: which move-out',
    '3 destination_municipality: string': '6.7: settled',
    '4 moved_in_on: juki.identity.v1.CalendarDate': '6.7: settled',
  },
  'juki.transfer.v1.ConfirmMoveOutsResponse': {},
};

const CAUSES = [
  ...['EXPIRED', 'MOVED_ABROAD', 'SPECIAL_MOVE_MISSED', 'NOT_CONTINUED', 'MOVED_ON', 'DEATH', 'NO_LONGER_COVERED'],
  ...['RECORD_DELETED', 'CODE_CHANGED', 'REISSUED', 'RETURNED', 'RETURN_ORDERED'],
];

/** The closed lists, in the same way. */
export const CARD_ENUMS: Record<string, Record<string, string>> = {
  'juki.card.v1.CardKind': {
    '0 CARD_KIND_UNSPECIFIED': 'refused',
    '1 CARD_KIND_JUKI_CARD': '7: juki card',
    '2 CARD_KIND_INDIVIDUAL_NUMBER_CARD': '7: Individual Number Card',
  },
  'juki.card.v1.CardState': {
    '0 CARD_STATE_UNSPECIFIED': 'refused',
    ...Object.fromEntries(
      ['ACTIVE', 'SUSPENDED', 'INVALID', 'RETURNED', 'DESTROYED'].map((state, i) => [
        `${i + 1} CARD_STATE_${state}`,
        '7: states',
      ]),
    ),
  },
  'juki.card.v1.InvalidityCause': {
    '0 INVALIDITY_CAUSE_UNSPECIFIED': 'is valid',
    ...Object.fromEntries(CAUSES.map((cause, i) => [`${i + 1} INVALIDITY_CAUSE_${cause}`, '7: INVALID by'])),
  },
};

const TRANSFER = 'juki.transfer.v1';
const CARD = 'juki.card.v1';

export const CARD_PROCEDURES: Record<string, [question: string, answer: string]> = {
  [`/${CARD}.CardStatusService/ReportCardStatuses`]: [
    `${CARD}.ReportCardStatusesRequest`,
    `${CARD}.ReportCardStatusesResponse`,
  ],
  [`/${CARD}.CardCheckService/CheckCard`]: [`${CARD}.CheckCardRequest`, `${CARD}.CheckCardResponse`],
  ...Object.fromEntries(
    ['ClaimMoveOutCertificate', 'ReleaseMoveOutCertificate', 'NoticeMoveIn'].map((method) => [
      `/${TRANSFER}.MoveOutCertificateService/${method}`,
      [`${TRANSFER}.${method}Request`, `${TRANSFER}.${method}Response`] as [string, string],
    ]),
  ),
  [`/${TRANSFER}.MoveOutConfirmationService/ConfirmMoveOuts`]: [
    `${TRANSFER}.ConfirmMoveOutsRequest`,
    `${TRANSFER}.ConfirmMoveOutsResponse`,
  ],
};
