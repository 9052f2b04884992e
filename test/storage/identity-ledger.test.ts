import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Holding } from '#core/domain/fold-changes.js';
import {
  activeHoldingsOf,
  findIdentificationInformation,
  holdingsUnder,
  putHoldings,
  quarantine,
} from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { aHolding, aPerson } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode } from '../support/records.js';

const AT = new Date('2016-05-27T10:00:00+09:00');
const nth = (n: number, differing: Partial<Holding> = {}) => aHolding({ residentRecordCode: aCode(n) }, differing);

/** The version that holdings of these tests have. */
const FIRST = aHolding().version;

describeOnEveryDatabase('An identity ledger', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  const put = (...holdings: Holding[]) => ledger.transaction().execute((trx) => putHoldings(trx, holdings));
  const inVersion = (codes: string[], version: number) =>
    codes.map((residentRecordCode) => ({ residentRecordCode, version }));
  const setApart = (...codes: string[]) => quarantine(ledger, '131059', inVersion(codes, FIRST), AT);
  const all = async (municipality: string, prefix: string) => {
    const listed: Holding[] = [];
    for await (const held of activeHoldingsOf(ledger, municipality, prefix)) listed.push(held);
    return listed;
  };
  const under = async (code: string) => (await holdingsUnder(ledger, [code])).get(code);
  const told = (n: number) => findIdentificationInformation(ledger, aCode(n));
  const active = async (municipality: string, prefix: string) =>
    (await all(municipality, prefix)).map((held) => held.identification.residentRecordCode);

  describe('holds under each code what was put there last', () => {
    it('as it was put, be the person active, deleted or under another code by now', async () => {
      const holdings = [
        nth(1, { version: 5_043_000 }),
        nth(2, { standing: 'DELETED', municipality: '131041' }),
        nth(3, { standing: 'SUPERSEDED', successor: aCode(4), version: 7 }),
      ];
      await put(...holdings);
      const codes = [1, 2, 3, 9].map(aCode);
      expect(await holdingsUnder(ledger, codes)).toEqual(
        new Map(holdings.map((held) => [held.identification.residentRecordCode, held])),
      );
    });

    it('in each of its parts: nothing is left of what was there before', async () => {
      await put(nth(1, { standing: 'SUPERSEDED', successor: aCode(8), version: 3 }), nth(2));
      const other = { name: '新宿 花子', birthDate: '1999-12-31', address: '東京都新宿区歌舞伎町一丁目4番1号' };
      const later = aHolding({ ...other, sex: 'FEMALE' }, { version: 2, municipality: '131041' });
      await put(later);
      expect(await under(aCode(1))).toEqual(later);
      expect(await under(aCode(2))).toEqual(nth(2));
    });

    it('more people at once than go into one statement, new ones and others', async () => {
      const many = Array.from({ length: 1_201 }, (_, i) => nth(i + 1));
      await put(...many.slice(0, 700));
      await put(...many.map((held) => ({ ...held, version: 2 })));
      const codes = many.map((held) => held.identification.residentRecordCode);
      const held = await holdingsUnder(ledger, codes);
      expect([held.size, new Set([...held.values()].map(({ version }) => version))]).toEqual([1_201, new Set([2])]);
    });

    it('and nothing where nothing is put, or nobody asked for', async () => {
      await put();
      expect((await holdingsUnder(ledger, [])).size).toBe(0);
      expect(await under(aCode(1))).toBeUndefined();
    });
  });

  describe('tells identification information', () => {
    it('of active people alone', async () => {
      await put(nth(1), nth(2, { standing: 'DELETED' }), nth(3, { standing: 'SUPERSEDED', successor: aCode(4) }));
      expect(await told(1)).toEqual(aPerson({ residentRecordCode: aCode(1) }));
      expect([await told(2), await told(3), await told(4)]).toEqual([undefined, undefined, undefined]);
    });

    it('of nobody who is quarantined, and still knows what it held', async () => {
      await put(nth(1), nth(2));
      expect(await setApart(aCode(1), aCode(9))).toBe(1);
      await expect(told(1)).rejects.toMatchObject({ reason: 'IN_QUARANTINE' });
      expect(await told(2)).toEqual(nth(2).identification);
      expect(await under(aCode(1))).toEqual(nth(1));
      expect(await active('131059', '')).toEqual([aCode(1), aCode(2)]);
    });

    it('again of whoever was quarantined, once that is put anew, and of nobody else', async () => {
      await put(nth(1), nth(2));
      await setApart(aCode(1), aCode(2));
      await put(nth(1, { version: FIRST + 1 }));
      expect(await told(1)).toEqual(nth(1).identification);
      await expect(told(2)).rejects.toMatchObject({ reason: 'IN_QUARANTINE' });
    });

    it('of whoever has a newer change by now than the one that was found to be wrong', async () => {
      await put(nth(1, { version: FIRST + 1 }));
      expect(await setApart(aCode(1))).toBe(0);
      expect(await told(1)).toEqual(nth(1).identification);
    });

    it('of whoever another municipality reported, though this one sets their code apart', async () => {
      await put(nth(1, { municipality: '131041' }));
      expect(await setApart(aCode(1))).toBe(0);
      expect(await told(1)).toEqual(nth(1).identification);
    });

    it('as before where a quarantine is rolled back, and where it is of nobody', async () => {
      await put(nth(1));
      const failing = ledger.transaction().execute(async (trx) => {
        await quarantine(trx, '131059', inVersion([aCode(1)], FIRST), AT);
        throw new Error('something else failed');
      });
      await expect(failing).rejects.toThrow('something else failed');
      expect(await setApart()).toBe(0);
      expect(await told(1)).toEqual(nth(1).identification);
    });
  });

  describe('lists for a check the active holdings of one municipality', () => {
    it('in the order of their codes, whatever order they came in', async () => {
      await put(...[5, 20_000_000, 1, 30_000, 2].map((n) => nth(n)));
      expect(await active('131059', '')).toEqual([1, 2, 5, 30_000, 20_000_000].map(aCode));
    });

    it('and nobody of another municipality, nobody deleted and no old code', async () => {
      await put(
        ...[nth(1), nth(2, { municipality: '131041' }), nth(3, { standing: 'DELETED' })],
        ...[nth(4, { standing: 'SUPERSEDED', successor: aCode(1) }), nth(5)],
      );
      expect([await active('131059', ''), await active('131041', '')]).toEqual([[1, 5].map(aCode), [aCode(2)]]);
      expect(await active('131156', '')).toEqual([]);
    });

    it('as they are held, so that they can be compared', async () => {
      await put(nth(1, { version: 12 }));
      expect(await all('131059', '0')).toEqual([nth(1, { version: 12 })]);
    });

    it('whose codes begin with the digits of a range: each is in one of ten parts of it', async () => {
      // The codes of a row are a hundred apart, so that these begin with each of the ten digits.
      const codes = Array.from({ length: 40 }, (_, i) => aCode(i * 2_500_000 + 1));
      await put(...codes.map((residentRecordCode) => aHolding({ residentRecordCode })));
      for (const prefix of ['', '0', '02', codes[7]?.slice(0, 5) ?? '']) {
        const inRange = codes.filter((code) => code.startsWith(prefix));
        const parts = Array.from({ length: 10 }, (_, digit) => active('131059', `${prefix}${digit}`));
        expect(await active('131059', prefix)).toEqual(inRange);
        expect((await Promise.all(parts)).flat()).toEqual(inRange);
        expect(inRange.length).toBeGreaterThan(0);
      }
    });

    it.each(['en-US', 'ja-JP'])('whatever order of texts its database has, be it that of %s', async (language) => {
      await ledger.destroy();
      ledger = await openLedger(await fresh(language));
      const codes = [1, 2, 3, 40_000_000].map(aCode);
      await put(...codes.map((residentRecordCode) => aHolding({ residentRecordCode })));
      const first = codes[3]?.slice(0, 2) ?? '';
      expect([await active('131059', ''), await active('131059', first)]).toEqual([codes, codes.slice(3)]);
    });

    it('and all of them, once each, where they are more than a page', async () => {
      const codes = Array.from({ length: 1_500 }, (_, i) => aCode(i + 1));
      await put(...codes.map((residentRecordCode) => aHolding({ residentRecordCode })));
      expect(await active('131059', '')).toEqual(codes);
      expect(await active('131059', codes[1_499] ?? '')).toEqual(codes.slice(-1));
    });

    it('and under a whole code that one alone', async () => {
      await put(nth(1), nth(2));
      expect([await active('131059', aCode(2)), await active('131059', aCode(3))]).toEqual([[aCode(2)], []]);
    });
  });
});
