import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chipPath, PIN_TRIES } from '#municipality/devices/chip.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { findRecords } from '#municipality/storage/resident-register.js';
import { pocketsIn } from '#scripts/network/start-network.js';
import { type Application, byCard, byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { BUNKYO, NATIONAL, SHINJUKU, SUGINAMI, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *                     national centre          plays no part:
 *                            │                 no question of a copy
 *                   Tokyo (prefecture)         goes up the tree
 *              ┌─────────────┴─────────────┐
 *   applicant  │                           │
 *      │ card and PIN                      │
 *      ▼       │                           │
 *   Shinjuku, issuing ── ProvideCopyData ─▶ Bunkyo, home
 *   (counter)  ◀──── items 1 2 3 6 7 8 ───  (register)
 *      │               and 4, 13 if asked
 *      ▼
 *   copy, 300 yen
 */
const OFFICES = [SHINJUKU, BUNKYO, SUGINAMI, TOKYO, NATIONAL];

let network: TestNetwork;
let bunkyo: Town;

beforeAll(async () => {
  network = await startTestNetwork({ offices: OFFICES });
  bunkyo = new Town(network.people, BUNKYO);
});
afterAll(() => network.remove());

/** Applies over gRPC. */
async function apply(application: Application) {
  const { copy } = await overGrpc.apply(network, SHINJUKU, application);
  return copy;
}

/** The items of a record that may be on a plain copy. */
function plainItems(record: ResidentRecord) {
  const { name, commonName, birthDate, sex, becameResidentOn } = record;
  const { address, movedWithinTownOn, notifiedOn, previousAddress } = record;
  return {
    name,
    commonName,
    birthDate,
    sex,
    becameResidentOn,
    address,
    movedWithinTownOn,
    notifiedOn,
    previousAddress,
  };
}

function householdItem(record: ResidentRecord) {
  const householderName = bunkyo.household(record)[0]?.name;
  return { householderName, relationship: record.relationship };
}

describe('A resident of Bunkyo asks for a copy at the counter of Shinjuku', () => {
  it('issues a copy of the applicant’s own record to whoever shows a juki card and keys in its PIN', async () => {
    const holder = bunkyo.cardHolder;
    const copy = await apply(byCard(holder));
    expect(copy).toMatchObject({ issuing: '131041', home: '131059', issuedOn: '2016-05-27', feeYen: 300 });
    expect(copy?.records).toEqual([plainItems(holder.record)]);
  });

  it('ends the copy with the statement that it was made from data notified by the home mayor', async () => {
    const copy = await apply(byCard(bunkyo.cardHolder));
    expect(copy?.statement).toContain('文京区長から通知された事項に基づいて作成');
    expect(copy?.statement).toContain('平成28年5月27日　新宿区長');
    expect(copy?.text.trimEnd().endsWith(copy.statement)).toBe(true);
  });

  it('issues a copy on a driver’s licence with the present address and the code that the applicant states', async () => {
    const record = bunkyo.memberOfFour;
    const licence = { document: 'DRIVERS_LICENCE', showsPresentAddress: true } as const;
    const copy = await apply(byPhotoId(record, licence));
    expect(copy?.records).toEqual([plainItems(record)]);
  });

  it('issues a copy on a passport with the birth date and sex of an applicant who does not know the code', async () => {
    const record = bunkyo.memberOfFour;
    const { name, birthDate, sex } = record;
    const copy = await apply(byPhotoId(record, { name, stated: { birthDate, sex } }));
    expect(copy?.records).toEqual([plainItems(record)]);
  });

  it('issues a copy to a foreign resident who goes by the common name', async () => {
    const record = bunkyo.withCommonName;
    const copy = await apply(byPhotoId(record, { name: record.commonName ?? '' }));
    expect(copy?.records).toEqual([plainItems(record)]);
  });

  it('prints the whole household with item 4 and item 13 when both are asked for, the householder first', async () => {
    const record = bunkyo.memberOfFour;
    const copy = await apply(byPhotoId(record, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' }, items: [4, 13] }));
    const household = bunkyo.household(record);
    const expected = household.map((member) => {
      const { residentRecordCode } = member;
      return { ...plainItems(member), household: householdItem(member), residentRecordCode };
    });
    expect(copy?.records[0]).toEqual(expected[0]);
    expect(copy?.records).toHaveLength(household.length);
    expect(new Set(copy?.records)).toEqual(new Set(expected));
  });

  it('prints one named member of the household and nobody else', async () => {
    const record = bunkyo.memberOfFour;
    const child = bunkyo.household(record).find(({ relationship }) => relationship === '子') as ResidentRecord;
    const copy = await apply(byPhotoId(record, {}, { whom: { kind: 'NAMED_MEMBERS', names: [child.name] } }));
    expect(copy?.records).toEqual([plainItems(child)]);
  });

  it('prints item 4 without item 13, and item 13 without item 4, as was asked', async () => {
    const record = bunkyo.memberOfFour;
    const withHousehold = await apply(byPhotoId(record, {}, { items: [4] }));
    const withCode = await apply(byPhotoId(record, {}, { items: [13] }));
    const { residentRecordCode } = record;
    expect(withHousehold?.records).toEqual([{ ...plainItems(record), household: householdItem(record) }]);
    expect(withCode?.records).toEqual([{ ...plainItems(record), residentRecordCode }]);
  });

  it('carries rare characters, one beyond the first plane and variation sequences among them, byte for byte', async () => {
    const suginami = new Town(network.people, SUGINAMI);
    const people = [...bunkyo.withRareCharacters, ...suginami.withRareCharacters];
    const homeOf = (record: ResidentRecord) => ({ homeMunicipality: record.recordId.slice(0, 6) });
    const copies = await Promise.all(people.map((record) => apply(byPhotoId(record, {}, homeOf(record)))));
    const bytes = (name: string | undefined) => Buffer.from(name ?? '').toString('hex');
    expect(people.map(({ name }) => name).join()).toMatch(/(?=.*\u{20BB7})(?=.*[﨑栁邉])(?=.*[\u{E0100}-\u{E01EF}])/u);
    expect(copies.map((copy) => bytes(copy?.records[0]?.name))).toEqual(people.map(({ name }) => bytes(name)));
    expect(copies.map((copy, i) => copy?.text.includes(people[i]?.name ?? '?'))).toEqual(people.map(() => true));
  });

  it('finds somebody who writes the plain character of the name, and prints the name as the record has it', async () => {
    const record = bunkyo.residents.find(({ name }) => name.startsWith('山﨑')) as ResidentRecord;
    const copy = await apply(byPhotoId(record, { name: record.name.replace('﨑', '崎') }));
    expect(copy?.records[0]?.name).toBe(record.name);
  });

  it('hands out the same copy at both entrances, gRPC and HTTPS', async () => {
    const record = bunkyo.memberOfFour;
    const application = byPhotoId(record, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' }, items: [4, 13] });
    const grpc = await overGrpc.apply(network, SHINJUKU, application);
    const http = await overHttps.apply(network, SHINJUKU, application);
    expect(grpc.copy?.records.length).toBeGreaterThanOrEqual(4);
    expect(http.copy).toEqual(grpc.copy);
  });
});

describe('What a copy leaves behind', () => {
  it('leaves the register of Bunkyo as it was', async () => {
    const { record } = bunkyo.cardHolder;
    await apply(byPhotoId(record, {}, { whom: { kind: 'WHOLE_HOUSEHOLD' }, items: [4, 13] }));
    const kept = await network.withLedger(BUNKYO, async (ledger) => {
      const codes = bunkyo.records.map(({ residentRecordCode }) => residentRecordCode);
      const found = await Promise.all(codes.map((code) => findRecords(ledger, { residentRecordCode: code })));
      const { rows } = await ledger
        .selectFrom('resident_record')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      return { records: found.flat(), rows };
    });
    expect(kept.records).toEqual(bunkyo.records);
    expect(kept.rows).toBe(bunkyo.records.length);
  });

  it('leaves the chip of the card with all its tries', async () => {
    const holder = bunkyo.cardHolder;
    await apply(byCard(holder));
    const chip = JSON.parse(readFileSync(chipPath(pocketsIn(network.data), holder.card.cardNumber), 'utf8'));
    expect(chip.triesLeft).toBe(PIN_TRIES);
  });
});
