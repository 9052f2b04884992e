import { CARD_KINDS, CARD_STATES, INVALIDITY_CAUSES } from '#core/domain/card-status.js';

/*
 * What may travel between offices (invariant DATA) about cards: every field with the words of DOMAIN that it stands for.
 */
export const CARD_MESSAGES: Record<string, Record<string, string>> = {
  'juki.card.v1.ReportCardStatusesRequest': {
    '1 statuses: repeated juki.card.v1.CardStatus': '7: every issue, loss, find, invalidation, return goes … up',
  },
  'juki.card.v1.ReportCardStatusesResponse': {
    '1 refused_card_numbers: repeated string': 'a number stands for one chip for ever',
  },
  'juki.card.v1.CardStatus': {
    '1 card_number: string': '7: of which card, so that others can check',
    '2 kind: juki.card.v1.CardKind': '7: juki card, individual number card',
    '3 resident_record_code: string': '7: chip holds the code',
    '4 municipality: string': '7: goes municipality → prefecture → centre: whose it is',
    '5 state: juki.card.v1.CardState': '7: states',
    '6 invalid_by: juki.card.v1.InvalidityCause': '7: INVALID by …',
    '7 expires_on: juki.identity.v1.CalendarDate': '7: expiry',
    '8 lapses_after: juki.identity.v1.CalendarDate': '6: 30 days, 90 days: nobody has to note that they have passed',
    '9 public_key: string': '7: so that others can check: whether it is this chip that answers',
    '10 version: int64': '9, CHAIN: the newest by event order wins, not by arrival',
    '11 lapses_by: juki.card.v1.InvalidityCause': '7: special-move deadline missed, 90 days missed',
  },
  'juki.card.v1.CheckCardRequest': {
    '1 card_number: string': '7: so that others can check',
    '2 challenge: string': '9, CHANNEL: the chip answers this reader, now: random',
    '3 count: int64': '9: a copied chip is found out: how often it has answered',
    '4 signature: string': '9, ACCOUNT: signed by the chip, over the code too, which does not travel',
  },
  'juki.card.v1.CheckCardResponse': {
    '1 state: juki.card.v1.CardState': '7: states',
    '2 invalid_by: juki.card.v1.InvalidityCause': '7: INVALID by …',
    '3 municipality: string': '6: the origin, which the destination turns to',
  },
};

export const CARD_ENUMS: Record<string, Record<string, string>> = {
  'juki.card.v1.CardKind': listed('CARD_KIND', CARD_KINDS),
  'juki.card.v1.CardState': listed('CARD_STATE', CARD_STATES),
  'juki.card.v1.InvalidityCause': listed('INVALIDITY_CAUSE', INVALIDITY_CAUSES),
};

export const CARD_PROCEDURES: Record<string, [question: string, answer: string]> = {
  '/juki.card.v1.CardStatusService/ReportCardStatuses': [
    'juki.card.v1.ReportCardStatusesRequest',
    'juki.card.v1.ReportCardStatusesResponse',
  ],
  '/juki.card.v1.CardCheckService/CheckCard': ['juki.card.v1.CheckCardRequest', 'juki.card.v1.CheckCardResponse'],
};

/** DOMAIN 7 lists them in these words. */
function listed(prefix: string, values: readonly string[]): Record<string, string> {
  const named = values.map((value, i) => [`${i + 1} ${prefix}_${value}`, '7']);
  return Object.fromEntries([[`0 ${prefix}_UNSPECIFIED`, 'refused'], ...named]);
}
