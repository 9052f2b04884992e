import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { type Account, newNonce } from '#core/domain/exchange.js';
import { municipalityId, type OfficeId } from '#core/domain/office.js';
import { ask } from '#core/peers/ask.js';
import type { IssueWideAreaCopyRequest } from '#core/wire/generated/juki/issuance/v1/IssueWideAreaCopyRequest.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { readMandate } from '#core/wire/mandate-text.js';
import { procedures } from '#core/wire/procedure.js';
import { checkStrictly } from '#core/wire/strict-check.js';
import { WIDE_AREA_ISSUANCE } from '#municipality/domain/issuance/copy-data-request.js';
import { OPERATOR } from '../certificates/demo-operators.js';
import { CheckHealth, IssueWideAreaCopy } from '../operator/procedures.js';
import { auditChecks } from './audit-checks.js';
import { type Check, expectReason } from './check.js';
import { moveChecks } from './move-checks.js';
import { propagationChecks } from './propagation-checks.js';
import { provisionChecks } from './provision-checks.js';
import { registerChecks } from './register-checks.js';
import type { Visit } from './visit.js';

const SHINJUKU = municipalityId('131041');
const BUNKYO = municipalityId('131059');
const YAMATSURI = municipalityId('074829');
const TOKYO = 'prefecture/130001';
const OUT_OF_HOURS = new Date('2016-05-28T10:00:00+09:00');

/** Article 7's items that a plain copy may carry, as the fields that carry them. */
const LEGAL_FIELDS = [
  'records',
  'records.name',
  'records.name.name',
  'records.name.common_name',
  'records.birth_date',
  'records.sex',
  'records.became_resident_on',
  'records.address',
  'records.address.address',
  'records.address.moved_within_town_on',
  'records.notification',
  'records.notification.notified_on',
  'records.notification.previous_address',
];

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

/** What a network that runs can show of itself, in the order of the table. */
export const checks: Check[] = [
  { what: 'every office answers', see: everyOfficeAnswers },
  { what: 'a copy is issued: Shinjuku ← Bunkyo, by card and PIN', see: copyIssued },
  { what: 'a copy is refused for Yamatsuri, outside the network', see: refusedForYamatsuri },
  { what: 'a copy is refused for a wrong PIN', see: refusedForWrongPin },
  { what: 'a copy is refused out of hours, on a Saturday', see: refusedOutOfHours },
  { what: 'a copy is refused under a restriction, with the neutral answer', see: refusedUnderRestriction },
  { what: 'HTTP refuses with the same reason as gRPC', see: httpRefusesAlike },
  { what: 'a prefecture may not ask for copy data', see: prefectureTurnedAway },
  { what: 'a server without an operator’s card is told nothing', see: serverAloneToldNothing },
  { what: 'nothing but the legal items is on the wire', see: onlyLegalItems },
  ...registerChecks,
  ...moveChecks,
  ...provisionChecks,
  ...propagationChecks,
  ...auditChecks,
];

function application(
  visit: Visit,
  home = BUNKYO,
): IssueWideAreaCopyRequest & { card: { cardNumber: string; pin: string } } {
  const { cardNumber, pin } = visit.cardHolder(home);
  return { homeMunicipality: home.split('/')[1] ?? '', card: { cardNumber, pin }, whom: 'WHOM_TO_PRINT_APPLICANT' };
}

async function everyOfficeAnswers(visit: Visit) {
  const offices = visit.network.network.offices.map(({ office }) => office);
  const answers = await Promise.all(offices.map((office) => visit.operatorOf(office).ask(CheckHealth, {})));
  const serving = answers.filter(({ status }) => status === 'SERVING').length;
  return { passed: serving === offices.length, seen: `${serving} of ${offices.length} are serving` };
}

async function copyIssued(visit: Visit) {
  const copy = await visit.operatorOf(SHINJUKU).ask(IssueWideAreaCopy, application(visit));
  const passed = copy.records.length === 1 && copy.feeYen === 300 && copy.text.includes(copy.statement);
  return { passed, seen: `${copy.records.length} record, ${copy.feeYen} yen, with the statement` };
}

async function refusedForYamatsuri(visit: Visit) {
  const away = await visit.refusalOf(SHINJUKU, application(visit, YAMATSURI));
  const there = await visit.refusalOf(YAMATSURI, application(visit));
  return expectReason('NOT_PARTICIPATING', away === there ? away : undefined);
}

async function refusedForWrongPin(visit: Visit) {
  const request = application(visit);
  const pin = request.card.pin === '0000' ? '0001' : '0000';
  const seen = await visit.refusalOf(SHINJUKU, { ...request, card: { ...request.card, pin } });
  // The right PIN sets the chip's count back.
  await visit.operatorOf(SHINJUKU).ask(IssueWideAreaCopy, request);
  return expectReason('PIN_FAILED', seen);
}

async function refusedOutOfHours(visit: Visit) {
  const { clock } = visit.network;
  const before = clock.now();
  const request = application(visit);
  clock.set(OUT_OF_HOURS);
  try {
    return expectReason('OUT_OF_HOURS', await visit.refusalOf(SHINJUKU, request));
  } finally {
    clock.set(before);
  }
}

async function refusedUnderRestriction(visit: Visit) {
  const { records, restrictions } = visit.townOf(BUNKYO);
  const isProtected = restrictions.find(({ kind }) => kind === 'PROTECTIVE_MEASURE')?.recordId;
  const record = records.find(({ recordId }) => recordId === isProtected);
  if (!record) throw new RangeError('nobody in Bunkyo is under a protective measure');
  const seen = await visit.refusalOf(SHINJUKU, {
    homeMunicipality: '131059',
    photoId: {
      kind: 'PHOTO_ID_KIND_PASSPORT',
      expiresOn: { year: 2020, month: 1, day: 1 },
      name: record.name,
      residentRecordCode: record.residentRecordCode,
    },
    whom: 'WHOM_TO_PRINT_APPLICANT',
  });
  return expectReason('CONTACT_HOME_MUNICIPALITY', seen);
}

async function httpRefusesAlike(visit: Visit) {
  const { card, homeMunicipality } = application(visit, YAMATSURI);
  const identityProof = { kind: 'CARD', ...card };
  const { status, reason } = await visit.post(SHINJUKU, '/wide-area-copies', { homeMunicipality, identityProof });
  return { passed: status === 409 && reason === 'NOT_PARTICIPATING', seen: `${status} ${reason ?? ''}` };
}

async function prefectureTurnedAway(visit: Visit) {
  const seen = await visit.reasonOf(() => ask(askerAt(visit, TOKYO), ProvideCopyData, question(visit)));
  return expectReason('ACCESS_DENIED', seen);
}

/** The server and its key do not suffice: behind each question about people stands an operator's card. */
async function serverAloneToldNothing(visit: Visit) {
  const seen = await visit.reasonOf(() => ask(askerAt(visit, SHINJUKU), ProvideCopyData, question(visit)));
  return expectReason('MANDATE_NOT_VALID', seen);
}

/** Of a question that the card of Shinjuku's operator stands behind. */
async function accountByCard(visit: Visit): Promise<Account> {
  const operator = visit.operatorOf(SHINJUKU).whoMay(IssueWideAreaCopy.path);
  const text = await operator.mandate(WIDE_AREA_ISSUANCE);
  const mandate = readMandate(text, new X509Certificate(operator.credentials.certificate).raw);
  if (!mandate) throw new Error('a card signs mandates that can be read');
  const { name } = operator;
  return {
    ...{ id: mandate.exchange, nonce: newNonce({ randomBytes }), operator: name, purpose: WIDE_AREA_ISSUANCE },
    mandate,
  };
}

async function onlyLegalItems(visit: Visit) {
  const fields = new Set<string>();
  const listening = {
    ...ProvideCopyData,
    decodeResponse(bytes: Buffer) {
      checkStrictly('juki.issuance.v1.ProvideCopyDataResponse', bytes, (path) => fields.add(path));
      return ProvideCopyData.decodeResponse(bytes);
    },
  };
  await ask(askerAt(visit, SHINJUKU), listening, { ...question(visit), account: await accountByCard(visit) });
  const legal = (path: string) => LEGAL_FIELDS.includes(path) || /(_on|birth_date)\.(year|month|day)$/.test(path);
  const illegal = [...fields].filter((path) => !legal(path));
  const items = [...fields].filter((path) => /^records\.\w+$/.test(path)).length;
  return { passed: items === 6 && illegal.length === 0, seen: illegal.join(', ') || `${items} items, none beyond` };
}

function askerAt({ network }: Visit, office: OfficeId) {
  return { ...network.node(office), clock: network.clock };
}

function question(visit: Visit) {
  const { name, residentRecordCode } = visit.cardHolder(BUNKYO);
  return {
    office: BUNKYO,
    request: { applicantName: name, residentRecordCode, whom: 'WHOM_TO_PRINT_APPLICANT' as const },
    account: { id: randomUUID(), nonce: newNonce({ randomBytes }), operator: OPERATOR, purpose: WIDE_AREA_ISSUANCE },
    concerns: [residentRecordCode],
    reasons: [],
    withinMs: 5_000,
  };
}
