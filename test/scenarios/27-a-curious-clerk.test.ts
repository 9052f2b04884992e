import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CheckConsistency, CutOwnLine, ListAlarms } from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { OperatorDesk } from '../support/operator-desk.js';
import { handingOut, Town } from '../support/people.js';
import { approve, draftAct, readRecord } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator-3, a clerk of Bunkyo ── reads, drafts ──▶ Bunkyo
 *                                 ── approves, checks, switches off, reads alarms ──╳ ROLE_NOT_ALLOWED
 *   operator-4, security officer; operator-5, auditor ── read residents ──╳ ROLE_NOT_ALLOWED
 */
const [CLERK, SECURITY_OFFICER, AUDITOR] = ['operator-3', 'operator-4', 'operator-5'];
const PURPOSE = '窓口の照会';

let network: TestNetwork;
let aResident: () => ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, SHINJUKU] });
  aResident = handingOut(new Town(network.people, BUNKYO).leavers);
});
afterAll(() => network.remove());

describe.each(WAYS)('A clerk of Bunkyo, over $way', ({ way }) => {
  const clerk = () => new RegisterDesk(network, BUNKYO, way, CLERK);
  const deletionOf = ({ residentRecordCode }: ResidentRecord) => ({
    ...{ act: { deletion: { people: [residentRecordCode], on: '2016-05-10' } }, grounds: '実態調査による' },
  });

  it('reads a record for a purpose, and drafts an act', async () => {
    const resident = aResident();
    expect(await clerk().record(resident)).toMatchObject({ name: resident.name });
    await clerk().act(draftAct, deletionOf(resident), 'DRAFT');
  });

  it('does not approve what somebody has drafted: it stays a draft, and the refusal is in the log', async () => {
    const resident = aResident();
    const supervisor = new RegisterDesk(network, BUNKYO, way);
    const { answer } = await supervisor.act(draftAct, deletionOf(resident), 'DRAFT');
    await clerk().refused(approve, { draftId: answer.draftId }, 'ROLE_NOT_ALLOWED');
    expect((await supervisor.record(resident)).deletedOn).toBeUndefined();
  });
});

describe('A clerk of Bunkyo', () => {
  it.each([
    ['holds the ledger against those above', CheckConsistency, { repair: true }],
    ['cuts the line of the office', CutOwnLine, { grounds: 'curiosity' }],
    ['reads what looks like misuse', ListAlarms, { purpose: PURPOSE }],
  ] as [string, typeof ListAlarms, object][])('is not the one who %s', async (_what, procedure, request) => {
    expect(await new Desk(network, BUNKYO, CLERK).refusalOf(procedure, request as never)).toBe('ROLE_NOT_ALLOWED');
  });
});

describe.each([SECURITY_OFFICER, AUDITOR])('Whoever watches over the operators of Bunkyo (%s)', (name) => {
  it.each(WAYS)('sees no resident, over $way', async ({ way }) => {
    const { residentRecordCode } = aResident();
    const watcher = new RegisterDesk(network, BUNKYO, way, name);
    await watcher.refused(readRecord, { residentRecordCode, purpose: PURPOSE }, 'ROLE_NOT_ALLOWED');
  });
});

describe('Somebody with the right card of a clerk, and a wrong password', () => {
  it('is locked out after three, with the right one too; the sessions of that clerk have ended', async () => {
    const clerk = new OperatorDesk(network, BUNKYO, CLERK ?? '');
    const session = await clerk.session();
    for (let i = 0; i < 3; i++) expect((await clerk.signIn('guessed')).reason).toBe('SIGN_IN_FAILED');
    expect((await clerk.signIn()).reason).toBe('SIGN_IN_FAILED');
    expect(await clerk.refusalIn(session)).toBe('SIGN_IN_REQUIRED');
  });
});
