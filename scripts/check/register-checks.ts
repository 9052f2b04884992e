import { today } from '#core/domain/clock.js';
import { municipalityId } from '#core/domain/office.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import {
  AcceptMoveIn,
  AcceptMoveOut,
  ApproveDraft,
  CancelMoveOut,
  DraftExOfficioAct,
  GetHousehold,
  WithdrawDraft,
} from '../operator/procedures.js';
import { type Check, expectReason } from './check.js';
import type { Visit } from './visit.js';

const SUGINAMI = municipalityId('131156');
const SHINJUKU = municipalityId('131041');
const PURPOSE = 'self-check';

/** What a network can show of its registers. Whatever is written is taken back, so that the demo's people stay. */
export const registerChecks: Check[] = [
  { what: 'a household moves out of Suginami with a certificate, and stays after all', see: moveOutTakenBack },
  { what: 'an altered certificate is refused in Shinjuku', see: alteredCertificate },
  { what: 'an ex-officio act is not approved by whoever drafted it', see: secondPersonNeeded },
];

async function moveOutTakenBack(visit: Visit) {
  const before = await household(visit);
  const { movers, certificates } = await moveOut(visit);
  await takeBack(visit, movers, certificates);
  const after = await household(visit);
  const passed = certificates.length === 1 && JSON.stringify(before) === JSON.stringify(after);
  return { passed, seen: `${movers.length} people, a symbol of ${certificates[0]?.length} characters` };
}

async function alteredCertificate(visit: Visit) {
  const { movers, certificates } = await moveOut(visit);
  try {
    const altered = certificates.map((payload) => payload.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
    const movedInOn = calendarDateMessage(today(visit.network.clock));
    const notifier = passport(visit);
    const people = movers.map((code) => ({ residentRecordCode: code, relationship: '同居人' }));
    const moveIn = { notifier, movedInOn, address: '西新宿', certificates: altered, people };
    const seen = await visit.reasonOf(() =>
      visit.operatorOf(SHINJUKU).ask(AcceptMoveIn, { ...moveIn, origin: 'ORIGIN_MUNICIPALITY' }),
    );
    return expectReason('CERTIFICATE_NOT_VALID', seen);
  } finally {
    await takeBack(visit, movers, certificates);
  }
}

async function secondPersonNeeded(visit: Visit) {
  const operator = visit.operatorOf(SUGINAMI);
  const { residentRecordCode } = visit.cardHolder(SUGINAMI);
  const on = calendarDateMessage(today(visit.network.clock));
  const act = { minorCorrection: { residentRecordCode, on, address: '東京都杉並区阿佐谷南一丁目15番1号' } };
  const { draftId } = await operator.ask(DraftExOfficioAct, { act, grounds: PURPOSE });
  const seen = await visit.reasonOf(() => operator.ask(ApproveDraft, { draftId }));
  await operator.ask(WithdrawDraft, { draftId });
  return expectReason('SECOND_PERSON_NEEDED', seen);
}

async function moveOut(visit: Visit): Promise<{ movers: string[]; certificates: string[] }> {
  const movers = (await household(visit)).map(({ residentRecordCode }) => residentRecordCode);
  const { receipt } = await visit.operatorOf(SUGINAMI).ask(AcceptMoveOut, {
    ...{ notifier: passport(visit), plannedOn: calendarDateMessage(today(visit.network.clock)), movers },
    ...{ destinationMunicipality: '131041', destination: '東京都新宿区西新宿二丁目8番1号' },
  });
  return { movers, certificates: receipt?.certificates.map(({ payload }) => payload) ?? [] };
}

async function takeBack(visit: Visit, people: string[], certificates: string[]): Promise<void> {
  await visit.operatorOf(SUGINAMI).ask(CancelMoveOut, { notifier: passport(visit), people, certificates });
}

async function household(visit: Visit) {
  const { residentRecordCode } = visit.cardHolder(SUGINAMI);
  const look = { residentRecordCode, purpose: PURPOSE };
  return (await visit.operatorOf(SUGINAMI).ask(GetHousehold, look)).residentRecords;
}

function passport(visit: Visit) {
  const { name } = visit.cardHolder(SUGINAMI);
  return { photoId: { kind: 'PHOTO_ID_KIND_PASSPORT' as const, expiresOn: { year: 2099, month: 1, day: 1 }, name } };
}
