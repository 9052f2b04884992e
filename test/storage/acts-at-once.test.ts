import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { changesOf } from '#core/storage/changes.js';
import { findIdentificationInformation } from '#core/storage/identity-ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { CardReader } from '#municipality/devices/card-reader.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { currentCode, freeCodes, takeCodes } from '#municipality/storage/codes.js';
import { findDraft } from '#municipality/storage/drafts.js';
import { lastOrdinal, versionsOf } from '#municipality/storage/record-versions.js';
import { activeRecord, enterRecords, membersOf } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { acceptCodeChangeRequest } from '#municipality/use-cases/accept-code-change-request.js';
import { approveDraft, withdrawDraft } from '#municipality/use-cases/close-draft.js';
import { draftExOfficioAct } from '#municipality/use-cases/draft-ex-officio-act.js';
import { CodePool } from '#municipality/use-cases/keep-code-pool.js';
import { performAct } from '#municipality/use-cases/perform-act.js';
import { receiveFamilyRegisterNotice } from '#municipality/use-cases/receive-family-register-notice.js';
import { openNationalLedger } from '#national/national-centre.js';
import type { NationalTables } from '#national/storage/tables.js';
import { allotCodes } from '#national/use-cases/allot-codes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aMember } from '../support/households.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const NETWORK = Network.load('scripts/network.json');
const AMOUNT = 200;

/** What came of each: the reasons of refusals, and OK. */
const outcomes = (acts: Promise<unknown>[]) =>
  Promise.all(
    acts.map((act) =>
      act.then(
        () => 'OK',
        (error: unknown) => (error instanceof Refusal ? error.reason : String(error)),
      ),
    ),
  ).then((all) => all.sort());

/*
 *   counter 1 ──┐
 *   counter 2 ──┼──▶ one ledger of Bunkyo, one act at a time
 *   Shinjuku  ──┘
 */
describeOnEveryDatabase('Of acts that come at the same time', (fresh) => {
  const taro = aMember(1, '世帯主', { name: '文京 太郎' });
  const hanako = aMember(2, '妻', { name: '文京 花子' });
  const code = taro.residentRecordCode;
  let ledger: Kysely<MunicipalityTables>;
  let core: Kysely<CoreTables>;
  let centre: Kysely<NationalTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    core = ledger as unknown as Kysely<CoreTables>;
    centre = await openNationalLedger('sqlite::memory:');
    await ledger.transaction().execute((trx) => enterRecords(trx, [taro, hanako]));
    await counter().codePool.refill();
  });
  afterEach(async () => {
    await ledger.destroy();
    await centre.destroy();
  });

  /** One of several counters over the ledger, each with a log and a pool of its own. */
  const counter = () => {
    const clock = new SetClock(FRIDAY_MORNING);
    const desk = { office: BUNKYO, network: NETWORK, ledger, clock, newId: randomUUID, randomBytes };
    const askForCodes: ConstructorParameters<typeof CodePool>[0]['askForCodes'] = (allotment) =>
      allotCodes({ ledger: centre, network: NETWORK, clock, randomBytes }, BUNKYO, allotment);
    return {
      ...desk,
      audit: new AuditLog(core, clock),
      cardReader: new CardReader('no pocket'),
      checkCard: () => Promise.reject(new RangeError('nobody shows a card')),
      dispatch: { wake() {} },
      codePool: new CodePool({ ...desk, logger: createLogger(BUNKYO, 'silent'), askForCodes }),
    };
  };
  const exchange = (operator = 'operator-1'): Exchange => ({
    ...{ id: randomUUID(), nonce: randomBytes(16).toString('hex'), operator, purpose: 'a test' },
    ...{ caller: { kind: 'operator', office: BUNKYO, name: operator }, concerns: new Set() },
  });
  const askForAnotherCode = (stated = code) => {
    const photoId = { kind: 'PASSPORT' as const, expiresOn: '2020-01-01', name: taro.name };
    const request = { notifier: { photoId, letterOfAttorney: false }, residentRecordCode: stated };
    return acceptCodeChangeRequest(counter(), request, exchange());
  };
  const recorded = async () =>
    (await counter().audit.entries()).filter(({ event }) => event === 'RECORDED').map(({ procedure }) => procedure);
  const renaming = {
    correction: { residentRecordCode: code, on: '2016-05-20', withoutCommonName: false, name: '文京 朗' },
  };
  const draft = () => draftExOfficioAct(counter(), { act: renaming, grounds: '戸籍の通知' }, exchange());

  it('one request alone changes a code that several state, and the others are told that it is another by now', async () => {
    const free = await freeCodes(ledger);
    const requests = Array.from({ length: 5 }, () => askForAnotherCode());
    expect(await outcomes(requests)).toEqual([...Array(4).fill('CODE_CONTRADICTED'), 'OK']);
    const present = await currentCode(ledger, code);
    expect(present).not.toBe(code);
    expect(await activeRecord(ledger, code)).toMatchObject({ recordId: taro.recordId, residentRecordCode: present });
    expect([await freeCodes(ledger), await lastOrdinal(ledger, taro.recordId)]).toEqual([free - 1, 2]);
    expect(await changesOf(core, present)).toMatchObject([{ reason: 'CODE_CHANGE_REQUEST', previousCode: code }]);
    expect(await findIdentificationInformation(core, code)).toBeUndefined();
    expect(await recorded()).toEqual(['register/CODE_CHANGE_REQUEST']);
  });

  it('none changes the code of whoever states one that was theirs before, and one does of whoever states the present one', async () => {
    const receipt = await askForAnotherCode();
    const [second = ''] = receipt.residentRecordCodes;
    expect(await outcomes([askForAnotherCode(), askForAnotherCode(second)])).toEqual(['CODE_CONTRADICTED', 'OK']);
    const third = await currentCode(ledger, code);
    expect([await currentCode(ledger, second), new Set([code, second, third]).size]).toEqual([third, 3]);
    expect((await versionsOf(ledger, taro.recordId)).map(({ record }) => record.residentRecordCode)).toEqual([
      ...[code, second, third],
    ]);
  });

  it('one alone approves or withdraws a draft, and the register is as that one left it', async () => {
    const { draftId } = await draft();
    const closing = [
      ...[2, 3, 4].map((nth) => approveDraft(counter(), draftId, exchange(`operator-${nth}`))),
      ...[5, 6].map((nth) => withdrawDraft(counter(), draftId, exchange(`operator-${nth}`))),
    ];
    expect(await outcomes(closing)).toEqual([...Array(4).fill('DRAFT_CLOSED'), 'OK']);
    const state = (await findDraft(ledger, draftId))?.state;
    const { name } = await activeRecord(ledger, code);
    const done = { APPROVED: ['文京 朗', 2, 'EX_OFFICIO_CORRECTION'], WITHDRAWN: [taro.name, 1, 'WITHDRAWAL'] };
    const [nameNow, versions, procedure] = state === 'APPROVED' ? done.APPROVED : done.WITHDRAWN;
    expect([name, await lastOrdinal(ledger, taro.recordId)]).toEqual([nameNow, versions]);
    expect(await recorded()).toEqual(['register/DRAFT', `register/${procedure}`]);
  });

  it('an approval is refused where the record has changed since the draft was made', async () => {
    const drafts = await Promise.all([draft(), draft()]);
    const approvals = drafts.map(({ draftId }) => approveDraft(counter(), draftId, exchange('operator-2')));
    expect(await outcomes(approvals)).toEqual(['OK', 'REGISTER_CHANGED']);
    expect((await versionsOf(ledger, taro.recordId)).map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  });

  it('the same notice of a birth enters one child, and is answered as done however often it comes', async () => {
    const child = { name: '文京 一', nameReading: 'ブンキョウ ハジメ', birthDate: '2016-05-20', sex: 'MALE' as const };
    const inRegister = { registeredDomicile: '東京都文京区春日一丁目1番地', firstListedPerson: taro.name };
    const { name, birthDate, sex } = hanako;
    const birth = { parent: { name, birthDate, sex }, child: { ...child, ...inRegister }, relationship: '子' };
    const notice = { noticeId: randomUUID(), birth };
    const coming = Array.from({ length: 6 }, () =>
      receiveFamilyRegisterNotice(counter(), SHINJUKU, notice, exchange()),
    );
    expect(await outcomes(coming)).toEqual(Array(6).fill('OK'));
    expect(await membersOf(ledger, taro.householdId)).toHaveLength(3);
    expect([await recorded(), await freeCodes(ledger)]).toEqual([['register/BIRTH'], AMOUNT - 1]);
  });

  it('each has codes of its own, and those that are refused for want of codes have none', async () => {
    const entering = (amount: number) =>
      performAct(counter(), exchange(), async (trx, actId) => {
        const [residentRecordCode = ''] = await takeCodes(trx, amount, actId);
        const entered = aMember(1, '世帯主', { recordId: randomUUID(), householdId: actId, residentRecordCode });
        return {
          decision: { kind: 'EX_OFFICIO_ENTRY', causeOn: '2016-05-20', deadline: null, before: [], after: [entered] },
        };
      });
    const acts = Array.from({ length: 12 }, () => entering(20));
    expect(await outcomes(acts)).toEqual([...Array(2).fill('CODES_EXHAUSTED'), ...Array(10).fill('OK')]);
    const rows = await ledger.selectFrom('allotted_code').select('written_by').execute();
    const byAct = Map.groupBy(rows, (row) => row.written_by);
    expect([...byAct.values()].map((codes) => codes.length)).toEqual(Array(10).fill(20));
    const records = await ledger.selectFrom('resident_record').select('household_id').distinct().execute();
    const acted = records.map((row) => row.household_id).filter((id) => id !== taro.householdId);
    expect(new Set(acted)).toEqual(new Set(byAct.keys()));
  });

  it('one that fails last leaves every table as it was, with those of codes and of the log', async () => {
    const before = await everyTable(ledger);
    const failing = performAct(counter(), exchange(), async (trx, actId) => {
      const record = await activeRecord(trx, code);
      const [newCode = ''] = await takeCodes(trx, 1, actId);
      const after = [{ ...record, residentRecordCode: newCode }];
      const change = { causeOn: '2016-05-27', deadline: null, before: [record], after };
      return {
        decision: { kind: 'CODE_CHANGE_REQUEST', ...change },
        also: async (within) => {
          // By now all of it stands within the transaction.
          expect(await currentCode(within, code)).toBe(newCode);
          expect(await lastOrdinal(within, record.recordId)).toBe(2);
          throw new Refusal('CODE_CONTRADICTED');
        },
      };
    });
    expect(await outcomes([failing])).toEqual(['CODE_CONTRADICTED']);
    expect(await everyTable(ledger)).toEqual(before);
  });
});

async function everyTable(ledger: Kysely<MunicipalityTables>): Promise<Record<string, string[]>> {
  const tables = await ledger.introspection.getTables();
  const rows = tables.map(({ name }) =>
    ledger
      .selectFrom(name as keyof MunicipalityTables)
      .selectAll()
      .execute(),
  );
  const texts = (await Promise.all(rows)).map((all) => all.map((row) => JSON.stringify(row)).sort());
  return Object.fromEntries(tables.map(({ name }, i) => [name, texts[i] ?? []]));
}
