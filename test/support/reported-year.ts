import { expect } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import type { Report, ReportKind } from '#core/reporting/report.js';
import { messageOf, plainOf } from '#core/wire/plain.js';
import { OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { CloseAlarm, GetReport, ListAlarms } from '#scripts/operator/procedures.js';
import { byPhotoId, overGrpc } from './counter.js';
import { Desk } from './desk.js';
import { atHome, copyAtHome } from './home-copies.js';
import { leavingForShinjuku } from './notifications.js';
import { BUNKYO, SHINJUKU } from './offices.js';
import { OperatorDesk } from './operator-desk.js';
import { handingOut, Town } from './people.js';
import { moveOut } from './questions.js';
import { RegisterDesk } from './register-desk.js';
import type { TestNetwork } from './test-network.js';

export const [CLERK, SECURITY_OFFICER, AUDITOR] = ['operator-3', 'operator-4', 'operator-5'];
const [MAY, JUNE] = ['2016-05-27T10:00:00+09:00', '2016-06-03T10:00:00+09:00'];
const LAST_NIGHT = '2017-03-31T23:59:59+09:00';
/** The first moment after the fiscal year 2016. */
export const NEXT_YEAR = '2017-04-01T00:00:00+09:00';

/** Plays a fiscal year in Bunkyo, of which the tests know each thing that was done; it needs Shinjuku. */
export async function spendAYear(network: TestNetwork): Promise<void> {
  const ofBunkyo = handingOut(new Town(network.people, BUNKYO).residents);
  await spendMay(network, ofBunkyo);
  await spendJune(network, ofBunkyo);
  await spendTheNightOf31March(network, ofBunkyo);
  await network.node(BUNKYO).settled();
}

type NextResident = () => Town['residents'][number];

/** Three copies at home and one refused; two provided to Shinjuku and one not found; two looks; two sign-ins. */
async function spendMay(network: TestNetwork, aResident: NextResident): Promise<void> {
  network.clock.set(MAY);
  for (const way of ['gRPC', 'gRPC', 'HTTPS'] as const)
    expect((await copyAtHome(network, BUNKYO, atHome(aResident()), way)).copy).toBeDefined();
  const refused = await copyAtHome(network, BUNKYO, atHome(aResident(), {}, { items: [11] }));
  expect(refused).toEqual({ reason: 'ITEM_NOT_ALLOWED' });
  for (const applicant of [aResident(), aResident()])
    expect((await overGrpc.apply(network, SHINJUKU, byPhotoId(applicant))).copy).toBeDefined();
  const residentRecordCode = new Town(network.people, BUNKYO).codeOfNobody();
  const nobody = byPhotoId({ ...aResident(), residentRecordCode });
  expect((await overGrpc.apply(network, SHINJUKU, nobody)).reason).toBe('NOT_FOUND');
  for (const operator of [OPERATOR, SECOND_OPERATOR])
    await new RegisterDesk(network, BUNKYO, 'gRPC', operator).record(aResident());
  const desk = new OperatorDesk(network, BUNKYO, OPERATOR);
  expect((await desk.signIn('another password')).reason).toBe('SIGN_IN_FAILED');
  expect((await desk.signIn()).reason).toBeUndefined();
}

/** A copy at home, one provided, one issued for Shinjuku and one not, since Shinjuku is down; somebody leaves. */
async function spendJune(network: TestNetwork, aResident: NextResident): Promise<void> {
  network.clock.set(JUNE);
  const ofShinjuku = handingOut(new Town(network.people, SHINJUKU).residents);
  const fromShinjuku = { homeMunicipality: '131041' };
  expect((await copyAtHome(network, BUNKYO, atHome(aResident()))).copy).toBeDefined();
  expect((await overGrpc.apply(network, SHINJUKU, byPhotoId(aResident()))).copy).toBeDefined();
  expect((await overGrpc.apply(network, BUNKYO, byPhotoId(ofShinjuku(), {}, fromShinjuku))).copy).toBeDefined();
  await network.stop(SHINJUKU);
  const unanswered = await overGrpc.apply(network, BUNKYO, byPhotoId(ofShinjuku(), {}, fromShinjuku));
  expect(unanswered.reason).toBe('HOME_UNAVAILABLE');
  await network.start(SHINJUKU);
  const leaver = new Town(network.people, BUNKYO).leavers.slice(0, 1);
  await new RegisterDesk(network, BUNKYO).ask(moveOut, leavingForShinjuku(leaver));
}

/** A look in the last second of the year, one in the first of the next; at night, each raises an alarm, and one is closed. */
async function spendTheNightOf31March(network: TestNetwork, aResident: NextResident): Promise<void> {
  network.clock.set(LAST_NIGHT);
  const desk = new RegisterDesk(network, BUNKYO);
  await desk.record(aResident());
  await network.node(BUNKYO).settled();
  const other = new Desk(network, BUNKYO, SECOND_OPERATOR);
  const { alarms } = await other.ask(ListAlarms, { purpose: '監査' });
  for (const { alarmId } of alarms) await other.ask(CloseAlarm, { alarmId, finding: '当直' });
  expect(alarms).toHaveLength(1);
  network.clock.set(NEXT_YEAR);
  await desk.record(aResident());
}

/** A report as an auditor gets it over gRPC. */
export async function reportAt(
  network: TestNetwork,
  kind: ReportKind,
  office: OfficeId = BUNKYO,
  fiscalYear = 2016,
): Promise<Report> {
  const request = messageOf<object>(GetReport.question, { kind, fiscalYear });
  const answer = await new Desk(network, office, AUDITOR).ask<object, object>(GetReport, request);
  return (plainOf(GetReport.answer, answer) as { report: Report }).report;
}

/** Why there is none, and which field is at fault. */
export async function refusalAt(
  network: TestNetwork,
  operator: string,
  { kind = 'UNSPECIFIED', office = BUNKYO, fiscalYear = 2016 },
): Promise<{ reason: string | undefined; field: string | undefined; fault: string | undefined }> {
  const request = messageOf<object>(GetReport.question, { kind, fiscalYear });
  const { refusal } = await new Desk(network, office, operator).try<object, object>(GetReport, request);
  return { reason: refusal?.reason, field: refusal?.details.field, fault: refusal?.details.fault };
}
