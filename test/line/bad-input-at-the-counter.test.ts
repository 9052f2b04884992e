import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssueWideAreaCopyRequest } from '#core/wire/generated/juki/issuance/v1/IssueWideAreaCopyRequest.js';
import { GetIdentificationInformation, GetResidentRecord, IssueWideAreaCopy } from '#scripts/operator/procedures.js';
import {
  expectDiscreet,
  expectProblem,
  expectRefusal,
  SECRET_CODE,
  SECRET_NAME,
  textsIn,
} from '../support/bad-input.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { postJson, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator of Shinjuku ── an application that can not be right ──▶ counter of Shinjuku, gRPC and HTTPS
 *                        ◀── INVALID_REQUEST, with the field and without its value ──┘   (Bunkyo is not asked)
 */
let network: TestNetwork;
let counter: RawLine;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, TOKYO] });
  counter = new RawLine(network.node(SHINJUKU).grpcPort, operatorOf(network, SHINJUKU));
});
afterAll(async () => {
  counter.close();
  await network.remove();
});

const DAY = { year: 2020, month: 1, day: 1 };
const PASSPORT = { kind: 'PHOTO_ID_KIND_PASSPORT', expiresOn: DAY, name: SECRET_NAME } as const;
const GOOD: IssueWideAreaCopyRequest = {
  ...{ homeMunicipality: '131059', whom: 'WHOM_TO_PRINT_APPLICANT' },
  photoId: { ...PASSPORT, residentRecordCode: SECRET_CODE },
};

describe('An application over gRPC that contradicts its schema', () => {
  const card = (cardNumber: string, pin: string) => ({ homeMunicipality: '131059', card: { cardNumber, pin } });
  const photoId = (differing: object) => ({ ...GOOD, photoId: { ...GOOD.photoId, ...differing } });
  const home = (homeMunicipality: string) => ({ ...GOOD, homeMunicipality });
  const born = (year: number, month: number, day: number) =>
    ({
      ...GOOD,
      photoId: { ...PASSPORT, birthDateAndSex: { birthDate: { year, month, day }, sex: 'SEX_MALE' } },
    }) as const;

  it.each<[string, string, IssueWideAreaCopyRequest]>([
    ['a municipality’s code with a wrong check digit', 'homeMunicipality', home('131050')],
    ['a municipality’s code of five digits', 'homeMunicipality', home('99105')],
    ['no municipality’s code', 'homeMunicipality', home('')],
    ['a municipality that is not in this network', 'homeMunicipality', home('011002')],
    ['a prefecture in a municipality’s place', 'homeMunicipality', home('130001')],
    ['no proof of identity', 'identityProof', { homeMunicipality: '131059' }],
    ['a card number that is none', 'identityProof.cardNumber', card('../../etc/passwd', '1234')],
    ['a PIN of three digits', 'identityProof.pin', card('JC1234567890', '123')],
    ['a PIN of letters', 'identityProof.pin', card('JC1234567890', 'abcd')],
    ['a PIN in full-width digits', 'identityProof.pin', card('JC1234567890', '１２３４')],
    ['a document of no kind', 'identityProof.document', photoId({ kind: 'PHOTO_ID_KIND_UNSPECIFIED' })],
    [
      'a document that expires on 30 February',
      'identityProof.expiresOn',
      photoId({ expiresOn: { ...DAY, month: 2, day: 30 } }),
    ],
    ['a document without its last day', 'identityProof.expiresOn', photoId({ expiresOn: null })],
    ['a name with a control character', 'identityProof.name', photoId({ name: '秘密\u0000太郎' })],
    [
      'a code with a wrong check digit',
      'identityProof.stated.residentRecordCode',
      photoId({ residentRecordCode: '24727059609' }),
    ],
    [
      'a code that is never allotted',
      'identityProof.stated.residentRecordCode',
      photoId({ residentRecordCode: '70935378190' }),
    ],
    ['neither code nor birth date', 'identityProof.stated', { ...GOOD, photoId: PASSPORT }],
    ['a birth date of 29 February 2015', 'identityProof.stated', born(2015, 2, 29)],
    ['named members without names', 'whom.names', { ...GOOD, whom: 'WHOM_TO_PRINT_NAMED_MEMBERS' }],
    ['names beside the applicant alone', 'whom', { ...GOOD, memberNames: ['秘密 花子'] }],
    ['item nought', 'items.0', { ...GOOD, items: [0] }],
    ['an item beyond Article 7', 'items.1', { ...GOOD, items: [4, 15] }],
    ['an item below nought', 'items.0', { ...GOOD, items: [-4] }],
    ['fifteen items', 'items', { ...GOOD, items: Array(15).fill(4) }],
  ])('is refused for %s as INVALID_REQUEST in the field %s', async (_what, field, application) => {
    const before = network.logLines.length;
    const { reply, entries } = await network.watch(() =>
      counter.call(IssueWideAreaCopy.path, IssueWideAreaCopy.encodeRequest(application)),
    );
    expectRefusal(reply, 'INVALID_REQUEST', textsIn(application));
    expect(reply.details).toMatchObject({ office: SHINJUKU, field });
    expect(entries(SHINJUKU)).toMatchObject([{ outcome: 'INVALID_REQUEST' }]);
    expect(entries(BUNKYO)).toEqual([]);
    expectDiscreet(
      network.logLines.slice(before),
      textsIn(application).filter((text) => text !== '131059'),
    );
  });

  it.each([
    ['items whose last number does not end', [0x32, 0x02, 0x04, 0x80]],
    ['items whose length is longer than the message', [0x32, 0x7f, 0x04]],
    ['items of which one number has eleven bytes', [0x32, 0x0b, ...Array(10).fill(0xff), 0x01]],
    ['items as four bytes each', [0x35, 4, 0, 0, 0]],
  ])('is refused for %s as INVALID_REQUEST', async (_what, bytes) => {
    const message = Buffer.concat([IssueWideAreaCopy.encodeRequest(GOOD), Buffer.from(bytes)]);
    expectRefusal(await counter.call(IssueWideAreaCopy.path, message), 'INVALID_REQUEST');
  });
});

describe('An application over HTTPS that contradicts its schema', () => {
  const proof = { kind: 'PHOTO_ID', document: 'PASSPORT', expiresOn: '2020-01-01', showsPresentAddress: false };
  const stated = { residentRecordCode: SECRET_CODE };
  const good = { homeMunicipality: '131059', identityProof: { ...proof, name: SECRET_NAME, stated } };
  const identity = (differing: object) => ({ ...good, identityProof: { ...good.identityProof, ...differing } });
  const card = (differing: object) => ({
    ...good,
    identityProof: { kind: 'CARD', cardNumber: 'JC1234567890', pin: '1234', ...differing },
  });
  const named = (...names: unknown[]) => ({ ...good, whom: { kind: 'NAMED_MEMBERS', names } });

  it.each<[string, string, unknown]>([
    ['a municipality’s code with a wrong check digit', 'homeMunicipality', { ...good, homeMunicipality: '131050' }],
    ['a municipality’s code as a number', 'homeMunicipality', { ...good, homeMunicipality: 131059 }],
    ['a municipality that is not in this network', 'homeMunicipality', { ...good, homeMunicipality: '011002' }],
    ['no proof of identity', 'identityProof', { homeMunicipality: '131059' }],
    ['a proof of no kind', 'identityProof.kind', identity({ kind: '秘密の証' })],
    ['a card number that is none', 'identityProof.cardNumber', card({ cardNumber: '../../etc/passwd' })],
    ['a PIN as a number', 'identityProof.pin', card({ pin: 1234 })],
    ['a PIN of five digits', 'identityProof.pin', card({ pin: '12345' })],
    ['a document of no kind', 'identityProof.document', identity({ document: '秘密の券' })],
    ['a document that expires on 30 February', 'identityProof.expiresOn', identity({ expiresOn: '2020-02-30' })],
    ['a date without its noughts', 'identityProof.expiresOn', identity({ expiresOn: '2020-1-1' })],
    ['a date with a time', 'identityProof.expiresOn', identity({ expiresOn: '2020-01-01T00:00:00Z' })],
    ['a name of 101 characters', 'identityProof.name', identity({ name: '秘'.repeat(101) })],
    ['a name with a line feed', 'identityProof.name', identity({ name: '秘密\n太郎' })],
    [
      'a code with a wrong check digit',
      'identityProof.stated.residentRecordCode',
      identity({ stated: { residentRecordCode: '24727059609' } }),
    ],
    [
      'a code and a birth date',
      'identityProof.stated',
      identity({ stated: { ...stated, birthDate: '1980-04-01', sex: 'MALE' } }),
    ],
    [
      'a birth date that there is not',
      'identityProof.stated.birthDate',
      identity({ stated: { birthDate: '1980-04-31', sex: 'MALE' } }),
    ],
    ['nobody named', 'whom.names', named()],
    ['twenty-one named', 'whom.names', named(...Array(21).fill('秘密 花子'))],
    ['a named member who is a number', 'whom.names.0', named(12345)],
    ['an item beyond Article 7', 'items.0', { ...good, items: [15] }],
    ['an item as text', 'items.0', { ...good, items: ['4444'] }],
    ['half an item', 'items.0', { ...good, items: [4.5] }],
    ['items that are no list', 'items', { ...good, items: { '0': 4 } }],
    ['a key that the schema does not name', '', { ...good, [SECRET_NAME]: 1 }],
    ['a key within that the schema does not name', 'identityProof', identity({ [SECRET_NAME]: 1 })],
    ['a list in place of an application', '', [good]],
    ['a text in place of an application', '', SECRET_NAME],
    ['nothing in place of an application', '', null],
  ])('is refused for %s as INVALID_REQUEST in the field “%s”', async (_what, field, application) => {
    const before = network.logLines.length;
    const { reply, entries } = await network.watch(() =>
      postJson(network.node(SHINJUKU).httpPort, operatorOf(network, SHINJUKU), '/wide-area-copies', application),
    );
    expectProblem(reply, 'INVALID_REQUEST', textsIn(application));
    expect(JSON.parse(reply.text).field ?? '').toBe(field);
    expect(entries(SHINJUKU)).toMatchObject([{ outcome: 'INVALID_REQUEST', procedure: 'POST /wide-area-copies' }]);
    expect(entries(BUNKYO)).toEqual([]);
    expectDiscreet(
      network.logLines.slice(before),
      textsIn(application).filter((text) => text !== '131059'),
    );
  });
});

describe('A look-up of one person by an operator', () => {
  const atRegister = { at: SHINJUKU, what: 'the register of Shinjuku', procedure: GetResidentRecord };
  const atLedger = { at: TOKYO, what: 'the identity ledger of Tokyo', procedure: GetIdentificationInformation };
  const questions: [string, string, { residentRecordCode: string; purpose: string }][] = [
    [
      'a code with a wrong check digit',
      'resident_record_code',
      { residentRecordCode: '24727059609', purpose: 'a test' },
    ],
    ['a code that is never allotted', 'resident_record_code', { residentRecordCode: '70935378190', purpose: 'a test' }],
    ['a part of a code', 'resident_record_code', { residentRecordCode: '2472705960%', purpose: 'a test' }],
    ['no purpose', 'purpose', { residentRecordCode: SECRET_CODE, purpose: '' }],
    ['a blank purpose', 'purpose', { residentRecordCode: SECRET_CODE, purpose: '　 ' }],
    ['a purpose of two lines', 'purpose', { residentRecordCode: SECRET_CODE, purpose: '秘密\n目的' }],
    ['a purpose of 101 characters', 'purpose', { residentRecordCode: SECRET_CODE, purpose: '秘'.repeat(101) }],
  ];
  const ask = async (
    at: string,
    { path, encodeRequest }: typeof GetResidentRecord | typeof GetIdentificationInformation,
    question: object,
  ) => {
    const line = new RawLine(network.node(at).grpcPort, operatorOf(network, at));
    const reply = await line.call(path, encodeRequest(question));
    line.close();
    return reply;
  };

  describe.each([atRegister, atLedger])('in $what', ({ at, procedure }) => {
    it.each(questions)('is refused for %s as INVALID_REQUEST in the field %s', async (_what, field, question) => {
      const reply = await ask(at, procedure, question);
      expectRefusal(reply, 'INVALID_REQUEST', textsIn(question));
      expect(reply.details).toMatchObject({ office: at, field });
    });

    it('is refused for a code that nobody has as NOT_FOUND, and the purpose is logged', async () => {
      const question = { residentRecordCode: SECRET_CODE, purpose: 'a test' };
      const { reply, entries } = await network.watch(() => ask(at, procedure, question));
      expectRefusal(reply, 'NOT_FOUND');
      expect(entries(at)).toMatchObject([{ outcome: 'NOT_FOUND', purpose: 'a test', operator: 'operator-1' }]);
    });
  });
});
