import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Occurrence } from '#core/audit/entry.js';
import { LogKey } from '#core/audit/log-key.js';
import { purposeDigest } from '#core/domain/digest.js';
import {
  appendEntries,
  type EntryDraft,
  nextPosition,
  readEntries,
  readLogSecret,
} from '#core/storage/audit-entries.js';
import { findIdentificationInformation, isIdentityLedgerEmpty, putHoldings } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';

const CLOCK = new SetClock('2016-05-27T10:00:00+09:00');

function draft(exchange: string, codes: string[] = []): EntryDraft {
  return {
    ...{
      event: 'ANSWERED' as const,
      exchange,
      caller: 'juki://national',
      nonce: NONCE,
      purpose: `for ${exchange}`,
      concerns: codes,
      evidence: {},
    },
    leafWith: () => leafOf(exchange),
  };
}

const leafOf = (exchange: string) => `{"exchange":"${exchange}"}`;
const tagOf = (_code: string, number: number) => String(number);

/** What a log reads back of an entry. */
function opened(exchange: string) {
  return { leaf: leafOf(exchange), purpose: `for ${exchange}` };
}

function anEntry(exchange: string, concerns: string[]): Occurrence {
  return {
    ...{
      event: 'ANSWERED',
      procedure: '/x/y',
      exchange,
      caller: 'juki://national',
      operator: null,
      answering: 'national',
    },
    ...{ purpose: 'a test', outcome: 'OK', request: Buffer.from('a question'), answer: null, nonce: NONCE, concerns },
  };
}

function aPerson(nth: number, name = '文京 太郎') {
  const address = '東京都文京区春日一丁目16番21号';
  return { name, birthDate: '1980-04-01', sex: 'MALE' as const, address, residentRecordCode: aCode(nth) };
}

/** What is held of somebody who is registered in Bunkyo. */
function holdingOf(identification: ReturnType<typeof aPerson>) {
  const standing = 'ACTIVE' as const;
  return { identification, standing, version: 1, municipality: '131059', successor: null };
}

describeOnEveryDatabase('The ledger of every office', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    url = await fresh();
    ledger = await openLedger(url);
  });
  afterEach(() => ledger.destroy());

  async function reopen(): Promise<void> {
    await ledger.destroy();
    ledger = await openLedger(url);
  }

  const append = (entries: EntryDraft[]) => ledger.transaction().execute((trx) => appendEntries(trx, entries, tagOf));
  const enter = (people: ReturnType<typeof aPerson>[]) =>
    ledger.transaction().execute((trx) => putHoldings(trx, people.map(holdingOf)));

  it('keeps what is in it when it is opened again, and its migrations run once', async () => {
    await append([draft('e-1')]);
    const before = await sql<{ name: string }>`select name, timestamp from core_migration`.execute(ledger);
    await reopen();
    await reopen();
    const after = await sql<{ name: string }>`select name, timestamp from core_migration`.execute(ledger);
    expect(await readEntries(ledger)).toEqual([opened('e-1')]);
    expect(after.rows).toEqual(before.rows);
    expect(before.rows.length).toBeGreaterThan(0);
  });

  it('is not opened by a program that is older than it', async () => {
    await sql`insert into core_migration (name, timestamp) values ('999-later', '2099-01-01')`.execute(ledger);
    await ledger.destroy();
    await expect(openLedger(url)).rejects.toThrow('999-later');
  });

  it('holds to the types of its columns', async () => {
    const wrong = sql`insert into audit_entry (position, exchange, leaf, nonce, purpose) values ('first', 'e-1', '{}', '', '')`;
    await expect(wrong.execute(ledger)).rejects.toThrow();
    const empty = sql`insert into audit_entry (position, exchange, nonce, purpose) values (0, 'e-1', '', '')`;
    await expect(empty.execute(ledger)).rejects.toThrow();
    expect(await nextPosition(ledger)).toBe(0);
  });

  describe('its log', () => {
    it('numbers entries from nought without a gap, over several appends and a restart', async () => {
      await append([draft('e-0'), draft('e-1')]);
      await append([draft('e-2')]);
      await reopen();
      await append([draft('e-3')]);
      const rows = await ledger
        .selectFrom('audit_entry')
        .select(['position', 'exchange'])
        .orderBy('position')
        .execute();
      expect(rows.map(({ position, exchange }) => `${position} ${exchange}`)).toEqual([
        '0 e-0',
        '1 e-1',
        '2 e-2',
        '3 e-3',
      ]);
      expect(await nextPosition(ledger)).toBe(4);
    });

    it('reads entries in the order of their numbers, from any number on', async () => {
      await append(Array.from({ length: 120 }, (_, i) => draft(`e-${i}`)));
      expect(await readEntries(ledger, 98)).toEqual(Array.from({ length: 22 }, (_, i) => opened(`e-${98 + i}`)));
    });

    it('keeps nothing of a transaction that fails after it appended, and leaves no gap', async () => {
      const failing = ledger.transaction().execute(async (trx) => {
        await appendEntries(trx, [draft('e-0', [aCode(1)])], tagOf);
        throw new Error('something else failed');
      });
      await expect(failing).rejects.toThrow('something else failed');
      await append([draft('e-1')]);
      expect(await readEntries(ledger)).toEqual([opened('e-1')]);
      expect(await ledger.selectFrom('audit_subject').selectAll().execute()).toEqual([]);
    });

    it('keeps no entry of a group of which one can not be written', async () => {
      const broken = { ...draft('e-1'), leafWith: () => null as unknown as string };
      await expect(append([draft('e-0'), broken, draft('e-2')])).rejects.toThrow();
      expect(await nextPosition(ledger)).toBe(0);
    });

    it('keeps no entry without those whom it is about', async () => {
      const broken = draft('e-0', [null as unknown as string]);
      await expect(append([broken])).rejects.toThrow();
      expect(await nextPosition(ledger)).toBe(0);
    });

    it('numbers entries densely that are handed over at the same time, and each is kept when its turn resolves', async () => {
      const log = new AuditLog(ledger, CLOCK);
      await Promise.all(Array.from({ length: 300 }, (_, i) => log.append(anEntry(`e-${i}`, [aCode(i + 1)]))));
      const rows = await ledger.selectFrom('audit_entry').select('position').orderBy('position').execute();
      const exchanges = (await log.entries()).map(({ exchange }) => exchange);
      expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: 300 }, (_, i) => i));
      expect(new Set(exchanges).size).toBe(300);
      expect(await log.size()).toBe(300);
    });

    it('names nobody in an entry, and knows beside it whom it is about', async () => {
      const log = new AuditLog(ledger, CLOCK);
      await log.append(anEntry('e-1', [aCode(1), aCode(2), aCode(1)]));
      const [{ leaf } = { leaf: '' }] = await readEntries(ledger);
      const subjects = await ledger.selectFrom('audit_subject').selectAll().orderBy('ordinal').execute();
      const key = new LogKey(await readLogSecret(ledger));
      expect(leaf).not.toContain(aCode(1));
      const tags = [key.tag(aCode(1), 1), key.tag(aCode(2), 1)];
      expect(JSON.parse(leaf)).toMatchObject({ at: '2016-05-27T01:00:00.000Z', subjects: tags });
      expect(subjects.map((subject) => subject.resident_record_code)).toEqual([aCode(1), aCode(2)]);
    });

    it('has neither nonce nor purpose in a leaf, only digests that the nonce opens, and reads the purpose back', async () => {
      const log = new AuditLog(ledger, CLOCK);
      await log.append(anEntry('e-1', []));
      const { leaf, nonce } = await ledger.selectFrom('audit_entry').selectAll().executeTakeFirstOrThrow();
      const digest = (text: string) => createHash('sha256').update(`${nonce}:${text}`).digest('hex');
      const digests = {
        purposeDigest: purposeDigest(nonce, 'a test'),
        requestDigest: digest('a question'),
        answerDigest: null,
      };
      expect(nonce).toBe(NONCE);
      expect(JSON.parse(leaf)).toMatchObject(digests);
      expect(leaf).not.toMatch(new RegExp(`${NONCE}|a test|a question`));
      expect(await log.entries()).toMatchObject([{ exchange: 'e-1', purpose: 'a test', ...digests }]);
    });
  });

  describe('its identity ledger', () => {
    it('finds a person by the code alone, and nobody by a code that nobody has', async () => {
      await enter([aPerson(1), aPerson(2, '文京 花子')]);
      expect(await findIdentificationInformation(ledger, aCode(2))).toEqual(aPerson(2, '文京 花子'));
      expect(await findIdentificationInformation(ledger, aCode(3))).toBeUndefined();
      expect(await findIdentificationInformation(ledger, '%')).toBeUndefined();
    });

    it('has one person of one code: whoever comes later takes the place of whoever was there', async () => {
      await enter([aPerson(1), aPerson(2)]);
      await enter([aPerson(1, '文京 花子')]);
      expect(await findIdentificationInformation(ledger, aCode(1))).toEqual(aPerson(1, '文京 花子'));
      expect(await findIdentificationInformation(ledger, aCode(2))).toEqual(aPerson(2));
      expect(await ledger.selectFrom('identification_information').select('sex').execute()).toHaveLength(2);
    });

    it('keeps nothing of people of whom one can not be kept', async () => {
      const broken = { ...aPerson(3), name: null as unknown as string };
      await expect(enter([aPerson(1), aPerson(2), broken])).rejects.toThrow();
      expect(await isIdentityLedgerEmpty(ledger)).toBe(true);
    });

    it('takes more people at once than go into one statement', async () => {
      await enter(Array.from({ length: 1_201 }, (_, i) => aPerson(i + 1)));
      const { count } = await ledger
        .selectFrom('identification_information')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      expect(Number(count)).toBe(1_201);
      expect(await isIdentityLedgerEmpty(ledger)).toBe(false);
    });

    it('orders codes as texts, leading noughts first', async () => {
      await enter([3, 20_000_000, 1, 2].map((nth) => aPerson(nth)));
      const rows = await ledger
        .selectFrom('identification_information')
        .select('resident_record_code as code')
        .orderBy('resident_record_code')
        .execute();
      expect(rows.map(({ code }) => code)).toEqual([1, 2, 3, 20_000_000].map(aCode));
    });

    it.each([
      '髙﨑 𠮷',
      '葛\u{E0100}城 太郎',
      '辻\u{E0101} 辻',
      '塚\u{FA10} caf\u{E9} cafe\u{301}',
      'Ｏ’ＢＲＩＥＮ　🏯',
    ])('gives back %s byte for byte', async (name) => {
      await enter([aPerson(1, name)]);
      const found = await findIdentificationInformation(ledger, aCode(1));
      expect(Buffer.from(found?.name ?? '').toString('hex')).toBe(Buffer.from(name).toString('hex'));
    });
  });
});
