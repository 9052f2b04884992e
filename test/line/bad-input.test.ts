import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GRPC } from '#core/domain/refusal-table.js';
import type { ProvideCopyDataRequest } from '#core/wire/generated/juki/issuance/v1/ProvideCopyDataRequest.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { accountOf } from '../support/accounts.js';
import { expectDiscreet, expectRefusal, SECRET_CODE, SECRET_NAME, textsIn } from '../support/bad-input.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── bytes, whatever they are ──▶ Bunkyo ──▶ a reason of the table, in whose words nothing of the
 *                                              │         question is found; one entry of the log; and it goes on
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const GOOD = { applicantName: SECRET_NAME, residentRecordCode: SECRET_CODE, whom: 'WHOM_TO_PRINT_APPLICANT' } as const;
const NAMED = { ...GOOD, whom: 'WHOM_TO_PRINT_NAMED_MEMBERS' } as const;

let network: TestNetwork;
let line: ProvenLine;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
  line = ProvenLine.between(network, SHINJUKU, BUNKYO);
});
afterAll(async () => {
  line.close();
  await network.remove();
});

/** Sends bytes to Bunkyo; sees that one entry was logged and that no technical log holds anything of them. */
async function ask(bytes: Uint8Array, secrets: string[] = []) {
  const before = network.logLines.length;
  const { reply, entries } = await network.watch(() =>
    line.call(ProvideCopyData.path, bytes, { metadata: accountOf() }),
  );
  expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: reply.reason, caller: `juki://${SHINJUKU}` }]);
  expectDiscreet([...network.logLines.slice(before), JSON.stringify(entries(BUNKYO))], secrets);
  return reply;
}

describe('A question whose values contradict its schema', () => {
  const day = (year: number, month: number, date: number): ProvideCopyDataRequest => {
    const { applicantName, whom } = GOOD;
    return { applicantName, whom, birthDateAndSex: { birthDate: { year, month, day: date }, sex: 'SEX_MALE' } };
  };
  const code = (residentRecordCode: string): ProvideCopyDataRequest => ({ ...GOOD, residentRecordCode });
  const name = (applicantName: string): ProvideCopyDataRequest => ({ ...GOOD, applicantName });
  const CODE = 'resident_record_code';

  it.each<[string, string, ProvideCopyDataRequest]>([
    ['a code of ten digits', CODE, code('2472705960')],
    ['a code of twelve digits', CODE, code('247270596080')],
    ['a code whose check digit is wrong', CODE, code('24727059609')],
    ['a code with two neighbours swapped', CODE, code('24727056908')],
    ['a code that is never allotted', CODE, code('70935378190')],
    ['a code in full-width digits', CODE, code('２４７２７０５９６０８')],
    ['a code with a space behind it', CODE, code('24727059608 ')],
    ['an empty code', CODE, code('')],
    ['neither a code nor a birth date', CODE, { applicantName: SECRET_NAME, whom: 'WHOM_TO_PRINT_APPLICANT' }],
    ['29 February of a common year', 'birth_date', day(2015, 2, 29)],
    ['the thirteenth month', 'birth_date', day(1980, 13, 1)],
    ['31 April', 'birth_date', day(1980, 4, 31)],
    ['the year nought', 'birth_date', day(0, 1, 1)],
    ['a year of five digits', 'birth_date', day(19800, 1, 1)],
    ['a negative month', 'birth_date', day(1980, -1, 1)],
    ['no birth date', 'birth_date', { ...day(1980, 1, 1), birthDateAndSex: { sex: 'SEX_MALE' } }],
    ['no sex', 'sex', { ...day(1980, 1, 1), birthDateAndSex: { birthDate: { year: 1980, month: 1, day: 1 } } }],
    ['no name', 'applicant_name', name('')],
    ['a blank name', 'applicant_name', name('　　')],
    ['a name with a line feed', 'applicant_name', name('秘密\n太郎')],
    ['a name of 101 characters', 'applicant_name', name('秘'.repeat(101))],
    ['nobody to print', 'whom', { applicantName: SECRET_NAME, residentRecordCode: SECRET_CODE }],
    ['named members without names', 'member_names', NAMED],
    ['twenty-one named members', 'member_names', { ...NAMED, memberNames: Array(21).fill('秘密 花子') }],
    ['a named member with a control character', 'member_names', { ...NAMED, memberNames: ['秘密\u0007花子'] }],
    ['names beside the applicant alone', 'member_names', { ...GOOD, memberNames: ['秘密 花子'] }],
  ])(
    'is refused for %s as INVALID_REQUEST, by the name of the field %s and without its value',
    async (_what, field, question) => {
      const reply = await ask(ProvideCopyData.encodeRequest(question), textsIn(question));
      expectRefusal(reply, 'INVALID_REQUEST', textsIn(question));
      expect(reply.details).toMatchObject({ office: BUNKYO, field });
    },
  );

  it('is answered with NOT_FOUND where it is well formed and nobody has the code', async () => {
    expectRefusal(await ask(ProvideCopyData.encodeRequest(GOOD)), 'NOT_FOUND');
  });
});

describe('Bytes that are no question of the procedure', () => {
  const good = ProvideCopyData.encodeRequest(GOOD);
  const followedBy = (...bytes: number[]) => Buffer.concat([good, Buffer.from(bytes)]);
  const text = (field: number, value: string | Buffer) =>
    Buffer.concat([Buffer.from([(field << 3) | 2, Buffer.byteLength(value)]), Buffer.from(value as string)]);

  it.each<[string, Buffer]>([
    ['a byte that begins nothing', Buffer.from([0xff])],
    ['random text', Buffer.from(SECRET_NAME.repeat(3))],
    ['a question cut short', good.subarray(0, -1)],
    ['a text longer than the message', followedBy(0x2a, 0x7f, 0x41)],
    ['a number that does not end', followedBy(0x30, 0x80)],
    ['a number of eleven bytes', followedBy(0x30, ...Array(10).fill(0xff), 0x01)],
    ['a field with the number nought', followedBy(0x00, 0x00)],
    ['an unknown field', followedBy(0x40, 0x01)],
    ['an unknown field that holds a text', Buffer.concat([good, text(15, SECRET_NAME)])],
    ['an unknown field in a message within', Buffer.concat([text(1, SECRET_NAME), text(3, Buffer.from([0x18, 0x01]))])],
    ['a number where a text is due', followedBy(0x08, 0x01)],
    ['a text where a number is due', Buffer.concat([good, text(4, SECRET_NAME)])],
    ['four bytes where a truth value is due', followedBy(0x35, 1, 0, 0, 0)],
    ['eight bytes where a closed list is due', followedBy(0x21, 1, 0, 0, 0, 0, 0, 0, 0)],
    ['a group, which proto3 has not', followedBy(0x33, 0x34)],
    ['a closing group that was never opened', followedBy(0x34)],
    ['a name that is not UTF-8', Buffer.concat([text(1, Buffer.from([0xe7, 0xa7])), text(2, SECRET_CODE)])],
    ['a name with half of a surrogate pair', Buffer.concat([good, text(1, Buffer.from([0xed, 0xa0, 0x80]))])],
    ['a member’s name that is not UTF-8', Buffer.concat([good, text(5, Buffer.from([0xc0, 0x80]))])],
    [
      'a value that the closed list does not have',
      Buffer.concat([text(1, SECRET_NAME), text(2, SECRET_CODE), Buffer.from([0x20, 99])]),
    ],
  ])('are refused for %s as INVALID_REQUEST', async (_what, bytes) => {
    expectRefusal(await ask(bytes), 'INVALID_REQUEST');
  });

  it('are refused above 64 KiB as MESSAGE_TOO_LARGE', async () => {
    const reply = await ask(ProvideCopyData.encodeRequest({ ...GOOD, applicantName: SECRET_NAME.repeat(5_120) }));
    expectRefusal(reply, 'MESSAGE_TOO_LARGE');
  });

  it('are refused above 1 MiB as MESSAGE_TOO_LARGE, before they are in memory', async () => {
    const huge = ProvideCopyData.encodeRequest({ ...GOOD, applicantName: SECRET_NAME.repeat(200_000) });
    const before = network.logLines.length;
    const reply = await line.call(ProvideCopyData.path, huge, { metadata: accountOf() });
    expect(reply.code).toBe(8);
    expectDiscreet([reply.title, reply.status.toString(), ...network.logLines.slice(before)]);
    expect(reply.reason).toBe('MESSAGE_TOO_LARGE');
  });
});

describe('A method that there is not', () => {
  // gRPC itself answers, before any of this network's code: there is no procedure that could be accounted for.
  it.each(['/juki.issuance.v1.WideAreaIssuanceService/Everything', '/x/y', '/', '/../../etc/passwd'])(
    'is answered as UNIMPLEMENTED, and nothing of the question is read: %s',
    async (path) => {
      const { reply, entries } = await network.watch(() =>
        line.call(path, ProvideCopyData.encodeRequest(GOOD), { metadata: accountOf() }),
      );
      expect(reply).toMatchObject({ code: GRPC.UNIMPLEMENTED, messages: [] });
      expectDiscreet([reply.title, reply.status.toString()]);
      expect(entries(BUNKYO)).toEqual([]);
    },
  );
});

describe('Bunkyo after all that', () => {
  it('issues a copy as ever', async () => {
    await line.call(ProvideCopyData.path, Buffer.from([0xff]), { metadata: accountOf() });
    const record = new Town(network.people, BUNKYO).memberOfFour;
    const { copy } = await overGrpc.apply(network, SHINJUKU, byPhotoId(record));
    expect(copy?.records).toHaveLength(1);
  });
});
