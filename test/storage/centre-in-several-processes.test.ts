import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Agency } from '#agency/use-cases/agency-over.js';
import { AuditLog } from '#core/audit/audit-log.js';
import type { AuditEntry } from '#core/audit/entry.js';
import type { Inquiry, PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { PEOPLE_IN_PIECE, pieceDigest } from '#core/domain/provision/piece.js';
import { putHoldings } from '#core/storage/identity-ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Agency as RegisteredAgency } from '#national/domain/agency.js';
import { openNationalLedger } from '#national/national-centre.js';
import { agenciesNamed, putAgency } from '#national/storage/agencies.js';
import type { NationalTables } from '#national/storage/tables.js';
import { decideBatch } from '#national/use-cases/decide-batch.js';
import { Allotment } from '#scripts/seed/codes.js';
import { Random } from '#scripts/seed/random.js';
import { type CentreProcess, CentreProcesses } from '../support/centre-processes.js';
import { describeOnPostgres } from '../support/every-database.js';

/*
 *   pension service ⇒ national centre      (all of it)   ┐
 *                   ⇒ a desk for agencies                ├ one database
 *                   ⇒ a desk for agencies                ┘
 */

const PENSION = 'japan-pension-service';
const PIECES = 12;
const inquiry: Inquiry = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT', fields: ['NAME'] };

describeOnPostgres('The national centre in several processes over one database', (fresh) => {
  let centre: CentreProcesses;
  let ledger: Kysely<NationalTables>;
  let whole: CentreProcess;
  let desks: CentreProcess[];
  let codes: string[];
  beforeAll(async () => {
    const url = await fresh();
    ledger = await openNationalLedger(url);
    codes = await fill(ledger);
    centre = new CentreProcesses(url);
    whole = await centre.start('ALL');
    desks = await Promise.all([centre.start('AGENCIES'), centre.start('AGENCIES')]);
  }, 180_000);
  afterAll(async () => {
    await centre.stopAll();
    await ledger.destroy();
  }, 60_000);

  const entries = () => new AuditLog(ledger as unknown as Kysely<CoreTables>, { now: () => new Date() }).entries();
  const at = ({ address }: CentreProcess) => centre.agency(PENSION, [address]);

  it('answers the same at each of them, and all of it is in one log without a gap', async () => {
    const all = [whole, ...desks].map(at);
    const before = (await entries()).length;
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        (all[i % 3] as Agency).provide(inquiry, { residentRecordCode: codes[i] as string }),
      ),
    );
    expect(answers).toEqual(
      Array.from({ length: 60 }, (_, i) => ({ outcome: 'PROVIDED', deleted: false, provided: { name: `人 ${i}` } })),
    );
    const logged = (await entries()).slice(before).filter(isProvision);
    expect(logged.length).toBe(60);
    expect(new Set(logged.flatMap(({ subjects }) => subjects)).size).toBe(60);
    for (const agency of all) agency.close();
  }, 60_000);

  it('refuses an agency everywhere as soon as its registration is revoked, and hears it again once it is registered', async () => {
    const all = [whole, ...desks].map(at);
    const ask = (i: number) => (all[i] as Agency).provide(inquiry, { residentRecordCode: codes[0] as string });
    const known = (await agenciesNamed(ledger, [PENSION])).get(PENSION) as RegisteredAgency;
    await ledger.transaction().execute((trx) => putAgency(trx, { ...known, revokedAt: new Date() }));
    for (const i of [0, 1, 2]) await expect(ask(i)).rejects.toMatchObject({ reason: 'AGENCY_NOT_REGISTERED' });
    await ledger.transaction().execute((trx) => putAgency(trx, known));
    for (const i of [0, 1, 2]) expect(await ask(i)).toMatchObject({ outcome: 'PROVIDED' });
    for (const agency of all) agency.close();
  }, 60_000);

  it('goes on with a batch at another process when one is killed, and names nobody twice', async () => {
    const [one, other] = desks as [CentreProcess, CentreProcess];
    const agency = centre.agency(PENSION, [one.address, other.address]);
    const batchId = randomUUID();
    const pieces = Array.from({ length: PIECES }, (_, n) => pieceDigest(pieceOf(codes, n)));
    const people = PIECES * PEOPLE_IN_PIECE;
    await agency.requestBatch({ batchId, inquiry, kind: 'IDENTIFICATION', since: null, people, pieces });
    const clock = { now: () => new Date() };
    await decideBatch({ ledger, clock }, batchId, { decides: 'APPROVED' }, 'operator-1');
    const before = (await entries()).length;
    const answered: number[] = [];
    for await (const { number, answers } of agency.provideBatch(batchId, (from) => piecesFrom(codes, from))) {
      answered.push(number);
      expect(answers.map((one) => 'provided' in one && one.provided.name)).toEqual(namesOf(number));
      if (number === 4) await one.kill();
    }
    expect(answered).toEqual(Array.from({ length: PIECES }, (_, n) => n));
    expect((await agency.batch(batchId)).state).toBe('COMPLETE');
    const named = (await entries()).slice(before).filter((entry) => entry.procedure === 'provision/BATCH');
    expect(named.flatMap(({ subjects }) => subjects).length).toBe(people);
    agency.close();
  }, 120_000);
});

function isProvision({ procedure, outcome }: AuditEntry): boolean {
  return outcome === 'OK' && procedure === '/juki.provision.v1.AgencyProvisionService/ProvideToAgency';
}

async function fill(ledger: Kysely<NationalTables>): Promise<string[]> {
  const [random, allotment] = [new Random('several processes'), new Allotment()];
  const codes = Array.from({ length: PIECES * PEOPLE_IN_PIECE }, () => allotment.residentRecordCode(random));
  const holdings = codes.map((residentRecordCode, i) => ({
    identification: {
      name: `人 ${i}`,
      birthDate: '1980-01-01',
      sex: 'MALE' as const,
      address: '東京都文京区',
      residentRecordCode,
    },
    ...{ standing: 'ACTIVE' as const, version: 1, municipality: '131059', successor: null },
  }));
  await ledger.transaction().execute(async (trx) => {
    await putHoldings(trx as never, holdings);
    const purposes = [{ statutoryPurpose: inquiry.statutoryPurpose, fields: ['NAME' as const], until: null }];
    await putAgency(trx, { name: PENSION, bodies: ['日本年金機構'], purposes, revokedAt: null });
  });
  return codes;
}

function pieceOf(codes: readonly string[], number: number): PersonAskedFor[] {
  const some = codes.slice(number * PEOPLE_IN_PIECE, (number + 1) * PEOPLE_IN_PIECE);
  return some.map((residentRecordCode) => ({ residentRecordCode }));
}

async function* piecesFrom(codes: readonly string[], from: number) {
  for (let number = from; number < PIECES; number += 1) yield pieceOf(codes, number);
}

function namesOf(number: number): string[] {
  return Array.from({ length: PEOPLE_IN_PIECE }, (_, i) => `人 ${number * PEOPLE_IN_PIECE + i}`);
}
