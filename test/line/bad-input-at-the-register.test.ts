import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messageOf } from '#core/wire/plain.js';
import type { Asked } from '#core/wire/procedure.js';
import {
  AcceptBirthReport,
  AcceptChangeOfAddress,
  AcceptCodeChangeRequest,
  AcceptHouseholdChange,
  AcceptMoveIn,
  AcceptMoveOut,
  ApproveDraft,
  DraftExOfficioAct,
  SearchResidentRecords,
  SetProtectiveMeasure,
} from '#scripts/operator/procedures.js';
import {
  expectDiscreet,
  expectProblem,
  expectRefusal,
  SECRET_CODE,
  SECRET_NAME,
  textsIn,
} from '../support/bad-input.js';
import { SHINJUKU } from '../support/offices.js';
import { postJson, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator of Shinjuku ── a notification that can not be right ──▶ register of Shinjuku, gRPC and HTTPS
 *                        ◀── INVALID_REQUEST, with the field and without its value ──┘
 */
let network: TestNetwork;
let line: RawLine;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU] });
  line = new RawLine(network.node(SHINJUKU).grpcPort, operatorOf(network, SHINJUKU));
});
afterAll(async () => {
  line.close();
  await network.remove();
});

const notifier = { photoId: { kind: 'PASSPORT', expiresOn: '2020-01-01', name: SECRET_NAME } };
const person = {
  ...{ name: SECRET_NAME, nameReading: 'ヒミツ タロウ', birthDate: '1980-04-01', sex: 'MALE' },
  ...{ registeredDomicile: '東京都千代田区千代田一丁目1番', firstListedPerson: SECRET_NAME },
};
const firstRecord = {
  ...{ notifier, movedInOn: '2016-05-27', address: '東京都新宿区秘密町1番1号', origin: 'FIRST_RECORD' },
  people: [{ relationship: '世帯主', person }],
};
const moveOut = { notifier, plannedOn: '2016-05-27', destination: '神奈川県横浜市', movers: [SECRET_CODE] };
const birth = { parent: { name: SECRET_NAME, birthDate: '1980-04-01', sex: 'FEMALE' }, child: person };
const draft = { act: { deletion: { people: [SECRET_CODE], on: '2016-05-01' } }, grounds: '実態調査による' };

const withPerson = (differing: object) => ({
  ...firstRecord,
  people: [{ relationship: '世帯主', person: { ...person, ...differing } }],
});
const related = (relationship: string) => ({ ...firstRecord, people: [{ relationship, person }] });

/** What is wrong, the field at fault as gRPC names it, and the request in the plain shape. */
type Case = [what: string, field: string, path: string, procedure: Asked<never, unknown>, request: object];

const CASES: Case[] = [
  ['nobody who notifies', 'notifier', 'notifications/move-in', AcceptMoveIn, { ...firstRecord, notifier: undefined }],
  ['a notifier who shows nothing', 'notifier', 'notifications/move-in', AcceptMoveIn, { ...firstRecord, notifier: {} }],
  [
    'no day of moving in',
    'moved_in_on',
    'notifications/move-in',
    AcceptMoveIn,
    { ...firstRecord, movedInOn: undefined },
  ],
  ['nobody who moves in', 'people', 'notifications/move-in', AcceptMoveIn, { ...firstRecord, people: [] }],
  [
    'an eldest son (長男) where the law says 子',
    'people.0.relationship',
    'notifications/move-in',
    AcceptMoveIn,
    related('長男'),
  ],
  ['no relationship', 'people.0.relationship', 'notifications/move-in', AcceptMoveIn, related('')],
  [
    'half an item 5',
    'people.0.person',
    'notifications/move-in',
    AcceptMoveIn,
    withPerson({ firstListedPerson: undefined }),
  ],
  [
    'a Japanese person with a nationality',
    'people.0.person',
    'notifications/move-in',
    AcceptMoveIn,
    withPerson({ nationality: '中国', residenceStatus: '永住者' }),
  ],
  [
    'a name that breaks the line',
    'people.0.person.name',
    'notifications/move-in',
    AcceptMoveIn,
    withPerson({ name: `${SECRET_NAME}\n世帯主` }),
  ],
  [
    'an address of 300 characters',
    'address',
    'notifications/move-in',
    AcceptMoveIn,
    { ...firstRecord, address: '町'.repeat(300) },
  ],
  [
    'particulars of somebody whom a certificate tells of',
    'people.0.person',
    'notifications/move-in',
    AcceptMoveIn,
    {
      ...firstRecord,
      origin: 'MUNICIPALITY',
      certificates: ['JUKI1:'],
      people: [{ relationship: '世帯主', residentRecordCode: SECRET_CODE, person }],
    },
  ],
  [
    'nobody who moves',
    'movers',
    'notifications/change-of-address',
    AcceptChangeOfAddress,
    { notifier, movedOn: '2016-05-27', address: '東京都新宿区秘密町1番1号', movers: [] },
  ],
  [
    'somebody who moves twice',
    'movers',
    'notifications/move-out',
    AcceptMoveOut,
    { ...moveOut, movers: [SECRET_CODE, SECRET_CODE] },
  ],
  [
    'a destination with a wrong check digit',
    'destination_municipality',
    'notifications/move-out',
    AcceptMoveOut,
    { ...moveOut, destinationMunicipality: '131050' },
  ],
  [
    'a household of nobody',
    'household_of',
    'notifications/household-change',
    AcceptHouseholdChange,
    { notifier, changedOn: '2016-05-27', householdOf: '1' },
  ],
  [
    'a code that is never allotted',
    'resident_record_code',
    'notifications/code-change',
    AcceptCodeChangeRequest,
    { notifier, residentRecordCode: '70935378190' },
  ],
  [
    'a birth without a child',
    'birth.child',
    'notifications/birth',
    AcceptBirthReport,
    { birth: { ...birth, child: undefined } },
  ],
  ['an act that is none', 'act', 'ex-officio-drafts', DraftExOfficioAct, { ...draft, act: {} }],
  ['no grounds', 'grounds', 'ex-officio-drafts', DraftExOfficioAct, { ...draft, grounds: undefined }],
  ['a draft of no id', 'draft_id', 'ex-officio-drafts/approve', ApproveDraft, { draftId: '../drafts' }],
  [
    'a search for everybody born on a day',
    '',
    'resident-records/search',
    SearchResidentRecords,
    { purpose: '照会', birthDate: '1980-04-01' },
  ],
  ['a search without a purpose', 'purpose', 'resident-records/search', SearchResidentRecords, { name: SECRET_NAME }],
  ['a measure for nobody', 'applicant', 'protective-measures', SetProtectiveMeasure, { alsoCovered: [SECRET_CODE] }],
];

describe.each(CASES)('A request at the register with %s', (_what, field, path, procedure, request) => {
  it('is refused over gRPC as INVALID_REQUEST in its field, told to nobody, and logged', async () => {
    const bytes = procedure.encodeRequest(messageOf<never>(procedure.question, request));
    const { reply, entries } = await network.watch(() => line.call(procedure.path, bytes));
    expectRefusal(reply, 'INVALID_REQUEST', textsIn(request));
    expect(reply.details.field ?? '').toBe(field);
    expect(entries(SHINJUKU)).toMatchObject([
      { event: 'ANSWERED', procedure: procedure.path, outcome: 'INVALID_REQUEST' },
    ]);
  });

  it('is refused over HTTPS alike, under the name that the field has there', async () => {
    const { httpPort } = network.node(SHINJUKU);
    const { reply, entries } = await network.watch(() =>
      postJson(httpPort, operatorOf(network, SHINJUKU), `/${path}`, request),
    );
    expectProblem(reply, 'INVALID_REQUEST', textsIn(request));
    const named = field.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    expect((JSON.parse(reply.text) as { field?: string }).field ?? '').toBe(named);
    expect(entries(SHINJUKU)).toMatchObject([{ procedure: `POST /${path}`, outcome: 'INVALID_REQUEST' }]);
  });

  it('leaves no word of the request in the technical log', () => {
    expectDiscreet(network.logLines, textsIn(request));
  });
});
