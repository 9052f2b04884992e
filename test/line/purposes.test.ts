import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessPolicy } from '#core/domain/access-policy.js';
import type { OfficeId } from '#core/domain/office.js';
import {
  GetAccessReport,
  GetAlarmEvidence,
  GetChangeHistory,
  GetIdentificationInformation,
  GetRequest,
  ListAlarms,
  ListCards,
  ListDiscrepancies,
  ListOfficerNotices,
  ListSettledMoveOuts,
  SearchEntries,
} from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { certificateInstead, listMoves } from '../support/moving-with-a-card.js';
import { BUNKYO, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import {
  listDrafts,
  listMeasures,
  type Question,
  readHistory,
  readHousehold,
  readRecord,
  reissue,
  search,
} from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator ── whom, and not what for ──▶ Bunkyo, Tokyo: INVALID_REQUEST in the field purpose; nobody is shown
 */

/** What shows somebody because an operator asks for them. What does something for them has the purpose of doing it. */
const LOOKS: { question: Question<unknown>; name: string; whom: 'CODE' | 'NAME' | 'ALL' }[] = [
  { question: readRecord, name: 'a record', whom: 'CODE' },
  { question: readHousehold, name: 'a household', whom: 'CODE' },
  { question: readHistory, name: 'a history', whom: 'CODE' },
  { question: search, name: 'a search', whom: 'NAME' },
  { question: listMeasures, name: 'the measures that cover somebody', whom: 'CODE' },
  { question: listDrafts, name: 'the drafts', whom: 'ALL' },
  { question: reissue, name: 'a certificate once more', whom: 'CODE' },
  { question: certificateInstead, name: 'a certificate in the place of a card', whom: 'CODE' },
  { question: listMoves, name: 'the moves that are under way', whom: 'ALL' },
  { question: { procedure: ListCards, path: '/cards/list' }, name: 'the cards of somebody', whom: 'CODE' },
];
const OVER_GRPC_ALONE = [
  { procedure: GetIdentificationInformation, office: TOKYO, withCode: true },
  { procedure: GetChangeHistory, office: TOKYO, withCode: true },
  { procedure: ListSettledMoveOuts, office: TOKYO, withCode: true },
  { procedure: ListDiscrepancies, office: TOKYO, withCode: false },
  { procedure: ListDiscrepancies, office: BUNKYO, withCode: false },
  { procedure: ListOfficerNotices, office: BUNKYO, withCode: false },
  { procedure: ListAlarms, office: BUNKYO, withCode: false },
  { procedure: GetAccessReport, office: BUNKYO, withCode: true },
  { procedure: SearchEntries, office: BUNKYO, withCode: false },
  { procedure: GetRequest, office: BUNKYO, withCode: false },
  { procedure: GetAlarmEvidence, office: BUNKYO, withCode: false },
];
/** Numbers, offices, agencies and purposes alone. */
const SHOWING_NOBODY = [
  ...['GetCheckpoint', 'ListLeaves', 'ListSigningCertificates', 'ListWitnesses', 'ListRequests'],
  'GetCodePool',
  'GetSyncStatus',
  'GetDirectory',
  'GetReport',
  ...['ListPurposes', 'ListAgencies', 'ListBatches'],
];

const NO_PURPOSES: [string, string | undefined][] = [
  ['no purpose', undefined],
  ['an empty purpose', ''],
  ['a blank purpose', '　 '],
  ['a purpose that can not be seen', '\u200b\ufe00'],
  ['a purpose of two lines', '照会\n照会'],
  ['a purpose of two lines, as Unicode parts them', '照会\u2028照会'],
  ['a purpose of 101 characters', '照'.repeat(101)],
];

let network: TestNetwork;
let town: Town;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, TOKYO] });
  town = new Town(network.people, BUNKYO);
});
afterAll(() => network.remove());

/** Of whom a question is about, everything that could be shown. */
function shownIn(text: string): string[] {
  const { name, residentRecordCode, address } = town.memberOfFour;
  return [name, residentRecordCode, address].filter((value) => text.includes(value));
}

const refused = { refusal: { reason: 'INVALID_REQUEST', field: 'purpose' } };
const logged = (office: OfficeId) => [
  { event: 'ANSWERED', outcome: 'INVALID_REQUEST', purpose: '', answering: office },
];

describe.each(WAYS)('A look without a purpose, over $way', ({ way }) => {
  const cases = LOOKS.flatMap((look) => NO_PURPOSES.map(([what, purpose]) => ({ ...look, what, purpose })));

  it.each(cases)('is refused: $name, with $what', async ({ question, whom, purpose }) => {
    const { name, residentRecordCode } = town.memberOfFour;
    const about = { CODE: { residentRecordCode }, NAME: { name }, ALL: {} }[whom];
    const desk = new RegisterDesk(network, BUNKYO, way);
    const body = purpose === undefined ? about : { ...about, purpose };
    const { reply, entries } = await network.watch(() => desk.try(question, body));
    expect(reply).toMatchObject(refused);
    expect(shownIn(JSON.stringify(reply))).toEqual([]);
    expect(entries(BUNKYO)).toMatchObject(logged(BUNKYO));
  });
});

describe('A look without a purpose, where there is gRPC alone', () => {
  const cases = OVER_GRPC_ALONE.flatMap((look) =>
    NO_PURPOSES.map(([what, purpose]) => ({ ...look, name: look.procedure.path, what, purpose })),
  );

  it.each(cases)('is refused: $name at $office, with $what', async ({ procedure, office, withCode, purpose }) => {
    const { residentRecordCode } = town.memberOfFour;
    const request = { purpose: purpose ?? '', ...(withCode && { residentRecordCode }) };
    const { reply, entries } = await network.watch(() =>
      new Desk(network, office).try<object, object>(procedure, request),
    );
    expect({ reason: reply.refusal?.reason, field: reply.refusal?.details.field }).toEqual(refused.refusal);
    expect(reply.answer).toBeUndefined();
    expect(entries(office)).toMatchObject(logged(office));
  });
});

describe('Every procedure that reads for an operator', () => {
  it('is held to a purpose above, or shows nobody', () => {
    const held = [...LOOKS.map(({ question }) => question.procedure), ...OVER_GRPC_ALONE.map((look) => look.procedure)];
    const reading = accessPolicy
      .filter(({ method, callers }) => callers.includes('operator') && /^\/juki.*\/(Get|List|Search|Find)/.test(method))
      .map(({ method }) => method)
      .filter((method) => !SHOWING_NOBODY.some((name) => method.endsWith(`/${name}`)));
    expect(reading.length).toBeGreaterThan(0);
    expect(reading.filter((method) => !held.some(({ path }) => path === method))).toEqual([]);
  });
});
