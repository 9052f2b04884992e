import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { changesOf } from '#core/storage/changes.js';
import { findIdentificationInformation } from '#core/storage/identity-ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Decision } from '#municipality/domain/register/decision.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { takeCodes } from '#municipality/storage/codes.js';
import { versionsOf } from '#municipality/storage/record-versions.js';
import { activeRecord, enterRecords } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { performAct } from '#municipality/use-cases/perform-act.js';
import { Certificates } from '../support/country.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO } from '../support/offices.js';
import { aCode, aRecord } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

/*
 *   one transaction: act ─ records ─ history ─ change information ─ identity ledger ─ codes ─ log entry
 */
describeOnEveryDatabase('An act', (fresh) => {
  const record = aRecord();
  const code = record.residentRecordCode;
  let certificates: Certificates;
  let ledger: Kysely<MunicipalityTables>;
  let core: Kysely<CoreTables>;

  beforeAll(() => {
    certificates = new Certificates();
  });
  afterAll(() => certificates.remove());
  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    core = ledger as unknown as Kysely<CoreTables>;
    await ledger.transaction().execute((trx) => enterRecords(trx, [record]));
  });
  afterEach(() => ledger.destroy());

  const registrar = () => {
    const clock = new SetClock(FRIDAY_MORNING);
    const audit = new AuditLog(core, clock);
    return {
      office: BUNKYO,
      network: certificates.network,
      ledger,
      audit,
      clock,
      newId: randomUUID,
      dispatch: { wake() {} },
    };
  };
  const exchange = (): Exchange => ({
    ...{ id: randomUUID(), nonce: randomBytes(16).toString('hex'), operator: 'operator-1', purpose: 'a test' },
    ...{ caller: { kind: 'operator', office: BUNKYO, name: 'operator-1' }, concerns: new Set() },
  });
  const corrected = (before: ResidentRecord, differing: Partial<ResidentRecord>): Decision => ({
    ...{ kind: 'EX_OFFICIO_CORRECTION', causeOn: '2016-05-20', deadline: null, before: [before] },
    after: [{ ...before, ...differing }],
  });
  const everything = async () => ({
    record: await activeRecord(ledger, code),
    versions: await versionsOf(ledger, record.recordId),
    acts: await ledger.selectFrom('act').selectAll().execute(),
    changes: await changesOf(core, code),
    identity: await findIdentificationInformation(core, code),
    entries: await registrar().audit.entries(),
  });

  it('leaves the record, a version more, the change, the identity ledger and an entry, of one mind', async () => {
    await performAct(registrar(), exchange(), async (trx) => ({
      decision: corrected(await activeRecord(trx, code), { name: '文京 次郎' }),
    }));
    const { record: after, versions, changes, identity, entries } = await everything();
    expect(after.name).toBe('文京 次郎');
    expect(versions.map((version) => [version.ordinal, version.record.name])).toEqual([
      [1, '文京 太郎'],
      [2, '文京 次郎'],
    ]);
    expect(versions[1]?.record).toEqual(after);
    expect(changes).toMatchObject([{ reason: 'EX_OFFICIO_CORRECTION', version: after.changeVersion }]);
    expect(identity).toMatchObject({ name: '文京 次郎', residentRecordCode: code });
    expect(entries).toMatchObject([{ event: 'RECORDED', procedure: 'register/EX_OFFICIO_CORRECTION' }]);
  });

  it('leaves nothing at all where what belongs to it fails last', async () => {
    const before = await everything();
    const failing = performAct(registrar(), exchange(), async (trx) => ({
      decision: corrected(await activeRecord(trx, code), { name: '文京 次郎' }),
      also: () => Promise.reject(new Refusal('CODES_EXHAUSTED')),
    }));
    await expect(failing).rejects.toThrow(Refusal);
    expect(await everything()).toEqual(before);
  });

  it('leaves nothing where it is refused after it took codes', async () => {
    await ledger
      .insertInto('allotted_code')
      .values({ resident_record_code: aCode(9), allotment_id: 'a', ordinal: 0, written_by: null })
      .execute();
    const refused = performAct(registrar(), exchange(), async (trx, actId) => {
      await takeCodes(trx, 1, actId);
      throw new Refusal('ONE_HOUSEHOLDER');
    });
    await expect(refused).rejects.toThrow(Refusal);
    const free = await ledger.selectFrom('allotted_code').select('written_by').execute();
    expect(free).toEqual([{ written_by: null }]);
  });

  it('is decided on what the one before has left, when many come at once', async () => {
    const count = 12;
    const acts = Array.from({ length: count }, () =>
      performAct(registrar(), exchange(), async (trx) => {
        const present = await activeRecord(trx, code);
        return { decision: corrected(present, { name: `${present.name}々` }) };
      }),
    );
    await Promise.all(acts);
    const { record: after, versions, changes, entries } = await everything();
    expect(after.name).toBe(`文京 太郎${'々'.repeat(count)}`);
    expect(versions.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: count + 1 }, (_, i) => i + 1));
    expect(new Set(changes.map(({ version }) => version)).size).toBe(count);
    expect(entries).toHaveLength(count);
  });

  it('shares the log with answers that are written down meanwhile: no position is missing, none is twice', async () => {
    const { audit } = registrar();
    const answered = {
      ...{ event: 'ANSWERED' as const, procedure: '/x/y', exchange: 'e', caller: 'juki://national', operator: null },
      ...{
        answering: BUNKYO,
        purpose: '',
        outcome: 'OK' as const,
        request: null,
        answer: null,
        nonce: '',
        concerns: [],
      },
    };
    const acts = Array.from({ length: 10 }, (_, i) =>
      performAct({ ...registrar(), audit }, exchange(), async (trx) => ({
        decision: corrected(await activeRecord(trx, code), { name: `文京 ${i}郎` }),
      })),
    );
    await Promise.all([...acts, ...Array.from({ length: 40 }, () => audit.append(answered))]);
    const positions = await ledger.selectFrom('audit_entry').select('position').orderBy('position').execute();
    expect(positions.map(({ position }) => position)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});
