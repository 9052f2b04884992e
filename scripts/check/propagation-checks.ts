import { today } from '#core/domain/clock.js';
import { municipalityId, NATIONAL_CENTRE } from '#core/domain/office.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import {
  AcceptChangeOfAddress,
  CheckConsistency,
  GetHousehold,
  GetIdentificationInformation,
} from '../operator/procedures.js';
import type { Check } from './check.js';
import type { Visit } from './visit.js';

const BUNKYO = municipalityId('131059');
const TOKYO = 'prefecture/130001';
const PURPOSE = 'self-check';

/** What a network can show of changes that climb. Whatever is written is taken back, so that the demo's people stay. */
export const propagationChecks: Check[] = [
  { what: 'a change of address in Bunkyo reaches Tokyo and the centre', see: changeClimbs },
  { what: 'the ledgers of Bunkyo, Tokyo and the centre agree', see: ledgersAgree },
];

async function changeClimbs(visit: Visit) {
  const { residentRecordCode } = visit.cardHolder(BUNKYO);
  const look = { residentRecordCode, purpose: PURPOSE };
  const { residentRecords: household } = await visit.operatorOf(BUNKYO).ask(GetHousehold, look);
  const address = household[0]?.address ?? '';
  const [room, back] = [`${address}　１０１号室`, address];
  await moveTo(visit, household, room);
  const seen = await addressesAbove(visit, residentRecordCode);
  await moveTo(visit, household, back);
  const again = await addressesAbove(visit, residentRecordCode);
  const passed = [...seen.map((one) => one === room), ...again.map((one) => one === back)].every(Boolean);
  return { passed, seen: `${household.length} people, there and back, at ${seen.length} levels` };
}

async function moveTo(visit: Visit, household: { residentRecordCode: string }[], address: string): Promise<void> {
  const { name } = visit.cardHolder(BUNKYO);
  const expiresOn = { year: 2099, month: 1, day: 1 };
  await visit.operatorOf(BUNKYO).ask(AcceptChangeOfAddress, {
    notifier: { photoId: { kind: 'PHOTO_ID_KIND_PASSPORT', expiresOn, name } },
    ...{ movedOn: calendarDateMessage(today(visit.network.clock)), address },
    movers: household.map(({ residentRecordCode }) => residentRecordCode),
  });
  for (const office of [BUNKYO, TOKYO]) await visit.network.node(office).settled();
}

async function addressesAbove(visit: Visit, residentRecordCode: string): Promise<(string | undefined)[]> {
  const seen = [];
  for (const level of [TOKYO, NATIONAL_CENTRE]) {
    const look = { residentRecordCode, purpose: PURPOSE };
    const { identificationInformation } = await visit.operatorOf(level).ask(GetIdentificationInformation, look);
    seen.push(identificationInformation?.address);
  }
  return seen;
}

async function ledgersAgree(visit: Visit) {
  const { checks } = await visit.operatorOf(BUNKYO).ask(CheckConsistency, { repair: false });
  const differing = checks.map(({ differing }) => differing);
  return { passed: differing.every((count) => count === 0), seen: `${differing.join(' and ')} holdings differ` };
}
