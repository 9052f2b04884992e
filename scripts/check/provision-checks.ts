import { randomUUID } from 'node:crypto';
import { openAgency } from '#agency/agency.js';
import type { Agency } from '#agency/use-cases/agency-over.js';
import { municipalityId, NATIONAL_CENTRE } from '#core/domain/office.js';
import type { Inquiry, PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { pieceDigest } from '#core/domain/provision/piece.js';
import { agencyFolder } from '#core/trust/credentials.js';
import { messageOf } from '#core/wire/plain.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { ApproveBatch, AskForProvision } from '../operator/procedures.js';
import { type Check, expectReason } from './check.js';
import type { Visit } from './visit.js';

const BUNKYO = municipalityId('131059');
const YOKOHAMA = municipalityId('141003');
const PENSION = 'japan-pension-service';
const LAND = 'land-ministry';
const IN_BATCH = 30;

const NATIONAL_PENSION: Inquiry = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT', fields: ['NAME'] };
const LICENCE: Inquiry = { statutoryPurpose: 'TABLE_1_ITEM_98', occasion: 'APPLICATION', fields: ['NAME', 'ADDRESS'] };
const INOCULATION: Inquiry = { statutoryPurpose: 'TABLE_4_ITEM_3', occasion: 'NOTIFICATION', fields: ['NAME'] };

/** What a network can show of provision: agencies and other offices ask it instead of the citizen. */
export const provisionChecks: Check[] = [
  { what: 'a licence is applied for without a copy: the ministry asks the network', see: licenceWithoutCopy },
  { what: 'a ministry is refused a purpose that is another’s', see: anothersPurpose },
  { what: 'Bunkyo asks about a resident of Yokohama, through both governors', see: beyondThePrefecture },
  { what: 'a batch waits for an officer’s approval, and then names everybody once', see: batchApproved },
];

/** The address as people write it; the name and the rest as the register has them. */
async function licenceWithoutCopy(visit: Visit) {
  return asAgency(visit, LAND, async (agency) => {
    const { name, birthDate, sex, address } = residentOf(visit);
    const written = address.replaceAll('丁目', '－').replaceAll('番', '－').replace(/号$/, '');
    const answer = await agency.provide(LICENCE, { fourItems: { name, birthDate, sex, address: written } });
    const told = 'provided' in answer ? Object.keys(answer.provided).join() : '';
    return {
      passed: answer.outcome === 'PROVIDED' && told === 'address',
      seen: 'found; only the spelling of the address is told',
    };
  });
}

async function anothersPurpose(visit: Visit) {
  return asAgency(visit, LAND, async (agency) => {
    const { residentRecordCode } = residentOf(visit);
    const seen = await visit.reasonOf(() => agency.provide(NATIONAL_PENSION, { residentRecordCode }));
    return expectReason('PURPOSE_NOT_ALLOWED', seen);
  });
}

async function beyondThePrefecture(visit: Visit) {
  const { residentRecordCode } = visit.cardHolder(YOKOHAMA);
  const asked = { inquiry: INOCULATION, person: { residentRecordCode }, prefecture: '140007' };
  const request = messageOf<object>(AskForProvision.question, asked);
  const { answer } = await visit.operatorOf(BUNKYO).ask(AskForProvision, request);
  return { passed: (answer?.provided?.name ?? '') !== '', seen: 'name; three offices have it in their logs' };
}

async function batchApproved(visit: Visit) {
  return asAgency(visit, PENSION, async (agency) => {
    const people = visit
      .townOf(BUNKYO)
      .records.slice(0, IN_BATCH)
      .map(({ residentRecordCode }): PersonAskedFor => ({ residentRecordCode }));
    const batchId = randomUUID();
    const kind = { kind: 'IDENTIFICATION', since: null } as const;
    await agency.requestBatch({
      batchId,
      inquiry: NATIONAL_PENSION,
      ...kind,
      people: IN_BATCH,
      pieces: [pieceDigest(people)],
    });
    const refused = await visit.reasonOf(() => through(agency, batchId, people));
    await visit.operatorOf(NATIONAL_CENTRE).ask(ApproveBatch, { batchId });
    const answered = await through(agency, batchId, people);
    const { state } = await agency.batch(batchId);
    const passed = refused === 'BATCH_NOT_APPROVED' && answered === IN_BATCH && state === 'COMPLETE';
    return { passed, seen: `${refused}; then ${answered} answers` };
  });
}

/** @returns how many were answered */
async function through(agency: Agency, batchId: string, people: readonly PersonAskedFor[]): Promise<number> {
  let answered = 0;
  const pieces = async function* () {
    yield people;
  };
  for await (const { answers } of agency.provideBatch(batchId, pieces)) answered += answers.length;
  return answered;
}

async function asAgency<T>({ network }: Visit, name: string, act: (agency: Agency) => Promise<T>): Promise<T> {
  const folder = agencyFolder(network.certs, name);
  const agency = openAgency({ name, folder, addresses: [network.addressOf(NATIONAL_CENTRE)], operator: 'self-check' });
  try {
    return await act(agency);
  } finally {
    agency.close();
  }
}

/** Somebody of Bunkyo whose four items are theirs alone. */
function residentOf(visit: Visit): ResidentRecord {
  const { records } = visit.townOf(BUNKYO);
  const { residentRecordCode } = visit.cardHolder(BUNKYO);
  const found = records.find((record) => record.residentRecordCode === residentRecordCode);
  if (!found) throw new RangeError('nobody lives in Bunkyo');
  return found;
}
