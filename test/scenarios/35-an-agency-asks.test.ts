import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Agency } from '#agency/use-cases/agency-over.js';
import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { agencyFolder } from '#core/trust/credentials.js';
import type { AgencyProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyProvisionService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { message } from '#core/wire/schema.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { ListAlarms } from '#scripts/operator/procedures.js';
import {
  agencyOf,
  application,
  type Items,
  itemsOf,
  LAND_MINISTRY,
  PENSION_SERVICE,
  refusalOf,
  statusReport,
} from '../support/agencies.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { identityIn, RawLine } from '../support/raw-line.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo ── changes ──▶ Tokyo ──▶ national centre ◀── who is this? ── pension service, land ministry
 *                                   its own ledger  ── what is not as stated, and was asked for ──▶
 */
const { ProvideToAgency } = procedures<AgencyProvisionServiceDefinition>('juki.provision.v1.AgencyProvisionService');
const PERSON = message<object, object>('juki.provision.v1.Person');
const NOBODY = { outcome: 'NOT_FOUND' };
const EVERYTHING = ['NAME', 'BIRTH_DATE', 'SEX', 'ADDRESS', 'RESIDENT_RECORD_CODE', 'CHANGE_INFORMATION'] as const;

let net: TestNetwork;
let town: Town;
let aResident: () => ResidentRecord;
let pension: Agency;
let land: Agency;

beforeAll(async () => {
  net = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  town = new Town(net.people, BUNKYO);
  aResident = handingOut(town.leavers);
  pension = agencyOf(net, PENSION_SERVICE);
  land = agencyOf(net, LAND_MINISTRY);
});
beforeEach(async () => {
  net.clock.set(FRIDAY_MORNING);
  // They go by the centre's clock once they have been refused for their own.
  for (const agency of [pension, land]) await agency.purposes();
});
afterAll(async () => {
  pension.close();
  land.close();
  await net.remove();
});

/** What an agency is told, and the entry that the centre's log has of it. */
async function asked(act: () => Promise<unknown>) {
  const { reply, entries } = await net.watch(act);
  const [entry, ...others] = entries(NATIONAL);
  expect(others).toEqual([]);
  return { answer: reply, entry };
}

describe('Somebody who is asked for by the code', () => {
  it('is told field by field, as asked; the log has by which right, on which occasion, and what was given', async () => {
    const { name, address, residentRecordCode } = aResident();
    const { answer, entry } = await asked(() =>
      pension.provide(statusReport('NAME', 'ADDRESS'), { residentRecordCode }),
    );
    expect(answer).toEqual({ outcome: 'PROVIDED', deleted: false, provided: { name, address } });
    expect(entry).toMatchObject({
      ...{ event: 'ANSWERED', procedure: ProvideToAgency.path, caller: `juki://agency/${PENSION_SERVICE}` },
      ...{ operator: 'desk-1', outcome: 'OK', subjects: [expect.any(String)] },
      provision: { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT', given: [['NAME ADDRESS', 1]] },
      ...{ proofDigest: expect.any(String), receiptDigest: expect.any(String) },
    });
  });

  it('is told as no change of what is known already, and otherwise of what is not', async () => {
    const { name, address, residentRecordCode } = aResident();
    const inquiry = statusReport('NAME', 'ADDRESS');
    const same = await asked(() => pension.provide(inquiry, { residentRecordCode, known: { name, address } }));
    expect(same.answer).toEqual({ outcome: 'AS_STATED', deleted: false, provided: {} });
    expect(same.entry?.provision?.given).toEqual([['NO_CHANGE', 1]]);
    const other = await pension.provide(inquiry, { residentRecordCode, known: { name, address: '文京区本郷1-1-1' } });
    expect(other).toEqual({ outcome: 'PROVIDED', deleted: false, provided: { address } });
  });

  it('is nobody where no one has the code', async () => {
    const { answer, entry } = await asked(() =>
      pension.provide(statusReport('NAME'), { residentRecordCode: town.codeOfNobody() }),
    );
    expect(answer).toEqual(NOBODY);
    expect(entry).toMatchObject({ outcome: 'OK', subjects: [], provision: { given: [] } });
  });

  it('is found by an old code too, and told of the new one where the purpose covers codes', async () => {
    const resident = aResident();
    const code = await new DailyBusiness(net, BUNKYO).changeCode(resident);
    await net.settle();
    const { residentRecordCode, name } = resident;
    expect(await pension.provide(statusReport('NAME', 'RESIDENT_RECORD_CODE'), { residentRecordCode })).toEqual({
      ...{ outcome: 'PROVIDED', deleted: false, provided: { name, residentRecordCode: code } },
    });
    expect(await land.provide(application('NAME'), { residentRecordCode })).toEqual({
      ...{ outcome: 'PROVIDED', deleted: false, provided: { name } },
    });
  });

  it('is told as deleted after a death, with the newest change where that is asked for', async () => {
    const resident = aResident();
    await new DailyBusiness(net, BUNKYO).bury(resident);
    await net.settle();
    const { residentRecordCode, name } = resident;
    const inquiry = statusReport('NAME', 'CHANGE_INFORMATION');
    const { answer, entry } = await asked(() => pension.provide(inquiry, { residentRecordCode }));
    expect(answer).toEqual({
      ...{ outcome: 'PROVIDED', deleted: true },
      provided: { name, changes: [{ reason: 'DEATH', causeOn: '2016-05-25' }] },
    });
    expect(entry?.provision?.given).toEqual([['NAME CHANGE_INFORMATION DELETED', 1]]);
  });
});

describe('Somebody who is asked for by name, birth date, sex and address', () => {
  it('is found as the register has them, and nothing is told that was stated', async () => {
    expect(await land.provide(application('NAME', 'ADDRESS'), itemsOf(aResident()))).toEqual({
      ...{ outcome: 'AS_STATED', deleted: false, provided: {} },
    });
  });

  it('is found in plain characters and another spelling of the address, and told as the register writes it', async () => {
    const inquiry = application('NAME', 'BIRTH_DATE', 'SEX', 'ADDRESS');
    for (const { name, address, birthDate, sex } of town.withRareCharacters) {
      const [plainly, otherwise] = [plain(name), spelledOtherwise(address)];
      expect([plainly, otherwise]).not.toEqual([name, address]);
      const items = { name: plainly, birthDate, sex, address: otherwise };
      const provided = { ...(plainly !== name && { name }), ...(otherwise !== address && { address }) };
      expect(await land.provide(inquiry, { fourItems: items })).toEqual({
        outcome: 'PROVIDED',
        deleted: false,
        provided,
      });
    }
  });

  it('is nobody where one item is another: the answer and the entry of the log are alike for all of them', async () => {
    const { fourItems } = itemsOf(aResident());
    const { name, birthDate, sex, address } = fourItems;
    const misses: Items[] = [
      { ...fourItems, name: `${name}子` },
      { ...fourItems, name: name.split(' ')[0] ?? '' },
      { ...fourItems, birthDate: `${Number(birthDate.slice(0, 4)) + 1}${birthDate.slice(4)}` },
      { ...fourItems, sex: sex === 'MALE' ? 'FEMALE' : 'MALE' },
      { ...fourItems, address: address.replace(/\d+号$/, '999号') },
      { ...fourItems, address: address.replace(/\d+番\d+号$/, '') },
      { name: '誰でも ない', birthDate: '1900-01-01', sex: 'MALE', address: 'どこにもない' },
    ];
    const told = [];
    for (const miss of misses) told.push(await asked(() => land.provide(application('NAME'), { fourItems: miss })));
    for (const { answer, entry } of told) {
      expect(answer).toEqual(NOBODY);
      expect(entry).toMatchObject({ outcome: 'OK', subjects: [], provision: { given: [] } });
    }
  });

  it('is nobody for a sign that stands for any', async () => {
    const { fourItems } = itemsOf(aResident());
    for (const any of ['%', '*', '_', '?', '.*', '青木%'])
      for (const item of ['name', 'address'] as const)
        expect(await land.provide(application('NAME'), { fourItems: { ...fourItems, [item]: any } })).toEqual(NOBODY);
  });

  it('is refused where an item is missing, or the code comes with them', async () => {
    const { fourItems } = itemsOf(aResident());
    const { residentRecordCode } = aResident();
    const parts = (Object.keys(fourItems) as (keyof Items)[]).map((item) => ({
      fourItems: { ...fourItems, [item]: undefined },
    }));
    const wrong = [...parts, { residentRecordCode, fourItems }, {}] as PersonAskedFor[];
    for (const person of wrong) {
      const { reason, details } = await refusalOf(land.provide(application('NAME'), person));
      expect([reason, details.field]).toEqual(['INVALID_REQUEST', expect.stringMatching(/^person/)]);
    }
  });
});

describe('What the purpose does not cover', () => {
  it('is refused: a field, a purpose that the agency is not registered for, one that is of no table', async () => {
    const { residentRecordCode } = aResident();
    const { entry } = await asked(async () =>
      expect(
        await refusalOf(land.provide(application('NAME', 'RESIDENT_RECORD_CODE'), { residentRecordCode })),
      ).toEqual({
        reason: 'FIELD_NOT_COVERED',
        details: {
          ...{ office: NATIONAL, field: 'fields' },
          fault: 'RESIDENT_RECORD_CODE is not among NAME, BIRTH_DATE, SEX, ADDRESS',
        },
      }),
    );
    expect(entry).toMatchObject({ outcome: 'FIELD_NOT_COVERED', subjects: [] });
    expect(entry?.provision).toBeUndefined();
    for (const statutoryPurpose of [
      'TABLE_1_ITEM_77',
      'TABLE_2_ITEM_1',
      'TABLE_1_ITEM_999',
      'ORDINANCE_130001_ITEM_1',
    ]) {
      const inquiry = { ...application('NAME'), statutoryPurpose };
      expect(await refusalOf(land.provide(inquiry, { residentRecordCode }))).toEqual({
        reason: 'PURPOSE_NOT_ALLOWED',
        details: {
          ...{ office: NATIONAL, field: 'statutory_purpose' },
          fault: 'may cite TABLE_1_ITEM_97, TABLE_1_ITEM_98, TABLE_1_ITEM_99, TABLE_1_ITEM_100',
        },
      });
    }
  });

  it('is what the agency can look up before', async () => {
    const purposes = await land.purposes();
    expect(purposes.map(({ id }) => id)).toEqual(['97', '98', '99', '100'].map((item) => `TABLE_1_ITEM_${item}`));
    expect(purposes[0]).toEqual({
      ...{ id: 'TABLE_1_ITEM_97', table: 1, law: '建設業法', fields: ['NAME', 'BIRTH_DATE', 'SEX', 'ADDRESS'] },
    });
    expect((await pension.purposes())[0]?.fields).toEqual(EVERYTHING);
  });
});

describe('A question that the agency did not prove', () => {
  let line: RawLine;
  let bytes: Buffer;
  beforeAll(() => {
    line = new RawLine(net.node(NATIONAL).grpcPort, identityIn(agencyFolder(net.certs, PENSION_SERVICE)));
    bytes = questionFor(itemsOf(aResident()));
  });
  afterAll(() => line.close());

  const send = (metadata: Record<string, string | Buffer>, question = bytes) =>
    line.call(ProvideToAgency.path, question, { metadata });
  const sign = (by = pension, question = bytes) => by.sign(ProvideToAgency.path, question);

  it('is refused: without a proof, with another’s, over another question, of another procedure', async () => {
    const { 'juki-proof-bin': _left, ...unproved } = await sign();
    const elsewhere = await pension.sign('/juki.provision.v1.AgencyProvisionService/ListAgencyPurposes', bytes);
    const questions: [Record<string, string | Buffer>, Buffer?][] = [
      [unproved],
      [await sign(land)],
      [await sign(), questionFor(itemsOf(aResident()))],
      [elsewhere],
      [{ ...(await sign()), 'juki-operator': 'desk-2' }],
    ];
    for (const [metadata, question] of questions) {
      const { reply, entries } = await net.watch(() => send(metadata, question));
      expect(reply).toMatchObject({ reason: 'PROOF_NOT_VALID', messages: [], receipt: undefined });
      expect(entries(NATIONAL)).toMatchObject([{ outcome: 'PROOF_NOT_VALID', subjects: [], proofDigest: null }]);
    }
  });

  it('is answered once where it is proved, and refused as REPLAYED when it comes again', async () => {
    const metadata = await sign();
    expect(await send(metadata)).toMatchObject({ code: 0, messages: [expect.any(Buffer)] });
    expect((await send(metadata)).reason).toBe('REPLAYED');
  });

  it('is refused as PROOF_STALE from a clock of another time, and the agency then goes by the centre’s', async () => {
    const metadata = await sign();
    net.clock.set('2016-05-27T11:00:00+09:00');
    expect((await send(metadata)).reason).toBe('PROOF_STALE');
    expect(await pension.purposes()).not.toEqual([]);
  });

  it('is refused where its bytes hold both keys, or a field that nobody knows', async () => {
    const { residentRecordCode } = aResident();
    const people = [{ residentRecordCode }, itemsOf(aResident())].map((key) =>
      PERSON.serialize(messageOf<object>('juki.provision.v1.Person', key)),
    );
    const inquiry = ProvideToAgency.encodeRequest(
      messageOf<object>(ProvideToAgency.question, { inquiry: statusReport('NAME') }),
    );
    const both = Buffer.from(
      new BinaryWriter().raw(inquiry).tag(2, WireType.LengthDelimited).bytes(Buffer.concat(people)).finish(),
    );
    expect(await send(await sign(pension, both), both)).toMatchObject({
      ...{ reason: 'INVALID_REQUEST', details: { field: 'person.four_items' } },
    });
    const unknown = Buffer.concat([bytes, Buffer.from([0x7a, 0x01, 0x31])]);
    expect((await send(await sign(pension, unknown), unknown)).reason).toBe('INVALID_REQUEST');
  });
});

describe('An agency that asks about more than 200 people who are nobody', () => {
  it('seems to guess: it is refused as RATE_LIMITED, and the supervisors are told, once a day', async () => {
    const guessing = agencyOf(net, 'foreign-ministry', { later: (act) => act() });
    const inquiry = { ...application('NAME'), statutoryPurpose: 'TABLE_1_ITEM_41' };
    const residentRecordCode = town.codeOfNobody();
    for (let nth = 0; nth < 200; nth++) expect(await guessing.provide(inquiry, { residentRecordCode })).toEqual(NOBODY);
    for (const code of [residentRecordCode, aResident().residentRecordCode]) {
      const { reason, details } = await refusalOf(guessing.provide(inquiry, { residentRecordCode: code }));
      expect([reason, details.retryAfterSeconds]).toEqual(['RATE_LIMITED', 1]);
    }
    guessing.close();
    await net.node(NATIONAL).settled();
    const { alarms } = await new Desk(net, NATIONAL).ask(ListAlarms, { purpose: '監査' });
    expect(alarms).toMatchObject([{ pattern: 'PATTERN_GUESSING', operator: 'agency/foreign-ministry' }]);
    expect(await land.provide(application('NAME'), { residentRecordCode })).toEqual(NOBODY);
  });
});

function questionFor(person: PersonAskedFor): Buffer {
  const question = { inquiry: statusReport('NAME'), person };
  return ProvideToAgency.encodeRequest(messageOf<object>(ProvideToAgency.question, question));
}

function plain(name: string): string {
  const variants: Record<string, string> = {
    髙: '高',
    﨑: '崎',
    𠮷: '吉',
    邊: '辺',
    邉: '辺',
    齋: '斎',
    濵: '浜',
    栁: '柳',
    桒: '桑',
  };
  const bare = name.replace(/[\u{E0100}-\u{E01EF}]/gu, '').replace(' ', '');
  return [...bare].map((character) => variants[character] ?? character).join('');
}

function spelledOtherwise(address: string): string {
  const digit = (kanji: string) => '〇一二三四五六七八九'.indexOf(kanji);
  return address
    .replace(/^東京都/, '')
    .replace(
      /([一二三四五六七八九])丁目(\d+)番(\d+)号/,
      (_whole, block, lot, house) => `${digit(block)}-${lot}-${house}`,
    );
}
