import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { accessLines } from '#core/access/access-lines.js';
import { checkReport, writeReport } from '#core/access/access-report.js';
import { checkExtract, type ExtractFault } from '#core/access/check-extract.js';
import { extractLog } from '#core/access/extract-log.js';
import { AuditLog } from '#core/audit/audit-log.js';
import { leafOf, type Occurrence } from '#core/audit/entry.js';
import { pruneLog } from '#core/audit/prune-log.js';
import { digestOf } from '#core/domain/digest.js';
import type { Exchange } from '#core/domain/exchange.js';
import { inGroups } from '#core/domain/in-groups.js';
import { DISCLOSED, type ExtractEntry, type LogExtract, leftOutOf } from '#core/domain/log-extract.js';
import { type Provision, provisionOf } from '#core/domain/provision/provision.js';
import { appendEntries } from '#core/storage/audit-entries.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { SigningNetwork } from '../support/signing-office.js';

const AT = '2016-05-27T10:00:00+09:00';
const [RESIDENT, NEIGHBOUR] = [aCode(1), aCode(2)];
const keys = new SigningNetwork();
const [bunkyo, shinjuku] = [keys.signs(BUNKYO), keys.signs(SHINJUKU)];
const signedBy: Parameters<typeof checkExtract>[1] = (...signed) => shinjuku.textSignedBy(...signed);

function looked(exchange: string, concerns: string[], more: Partial<Occurrence> = {}): Occurrence {
  return {
    ...{ event: 'ANSWERED', procedure: '/juki.register.v1.RegisterService/GetResidentRecord', exchange },
    ...{ caller: `juki://${BUNKYO}/operator/operator-1`, operator: 'operator-1', answering: BUNKYO },
    ...{ purpose: `look ${exchange}`, outcome: 'OK', request: null, answer: Buffer.from('answer'), nonce: NONCE },
    ...{ concerns, ...more },
  };
}

function exchangeOf(concerns: string[]): Exchange {
  return {
    ...{ id: randomUUID(), nonce: NONCE, operator: 'operator-1', purpose: 'DISCLOSURE' },
    ...{ caller: { kind: 'operator', office: BUNKYO, name: 'operator-1' }, concerns: new Set(concerns) },
  };
}

describeOnEveryDatabase('What a log has about a person', (fresh) => {
  let ledger: Kysely<CoreTables>;
  let audit: AuditLog;
  let clock: SetClock;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    clock = new SetClock(AT);
    audit = new AuditLog(ledger, clock);
  });
  afterEach(() => ledger.destroy());

  async function extractOf(code: string, exchange = exchangeOf([code])): Promise<LogExtract> {
    const desk = { office: BUNKYO, ledger, audit, statements: bunkyo, newId: randomUUID, randomBytes };
    const [extract] = await extractLog(desk, [code], exchange);
    if (!extract) throw new Error('no extract');
    return extract;
  }
  const exchangesIn = (extract: LogExtract) => checkExtract(extract, signedBy).map(({ leaf }) => leaf.exchange);

  it('is every entry that names them, in the order of the log, and that they were told', async () => {
    for (let nth = 0; nth < 300; nth += 1)
      await audit.append(looked(`e-${nth}`, nth % 100 === 7 ? [RESIDENT, NEIGHBOUR] : [NEIGHBOUR]));
    const told = checkExtract(await extractOf(RESIDENT), signedBy);
    expect(told.map(({ leaf }) => leaf.exchange).slice(0, -1)).toEqual(['e-7', 'e-107', 'e-207']);
    expect(told.at(-1)).toMatchObject({ leaf: { procedure: DISCLOSED, event: 'RECORDED' } });
    expect(told[0]).toMatchObject({ position: 7, purpose: 'look e-7', office: BUNKYO });
  });

  it('is that they were told alone where the log has nothing: that nobody looked is proven as well', async () => {
    await audit.append(looked('e-0', [NEIGHBOUR]));
    expect(checkExtract(await extractOf(RESIDENT), signedBy)).toHaveLength(1);
  });

  it('goes on with what came of a question, which names nobody again, and not with what others called the same', async () => {
    const asked = { event: 'ASKED' as const, outcome: null, answer: null };
    await audit.append(looked('e-0', [RESIDENT], asked));
    await audit.append(looked('e-0', [RESIDENT], { event: 'ANSWER_RECEIVED', outcome: 'HOME_UNAVAILABLE' }));
    await audit.append(looked('e-0', [NEIGHBOUR], { caller: `juki://${SHINJUKU}`, operator: 'operator-9' }));
    const told = checkExtract(await extractOf(RESIDENT), signedBy);
    expect(told.map(({ leaf }) => leaf.event)).toEqual(['ASKED', 'ANSWER_RECEIVED', 'RECORDED']);
    const line = accessLines(told).find(({ exchange }) => exchange === 'e-0');
    expect(line).toMatchObject({ outcome: 'HOME_UNAVAILABLE', operator: 'operator-1', loggedBy: [BUNKYO] });
  });

  it('is the newest there is, though the exchange in which it is asked for goes by a name of before', async () => {
    const exchange = exchangeOf([RESIDENT]);
    await extractOf(RESIDENT, exchange);
    await audit.append(looked('e-0', [RESIDENT]));
    expect(exchangesIn(await extractOf(RESIDENT, exchange))).toContain('e-0');
  });

  it('says how many earlier ones it leaves out, once entries are pruned that need not be kept any more', async () => {
    for (const exchange of ['e-0', 'e-1', 'e-2']) await audit.append(looked(exchange, [RESIDENT]));
    expect(leftOutOf(await extractOf(RESIDENT))).toBe(0);
    clock.set('2023-06-01T10:00:00+09:00');
    await audit.append(looked('e-3', [RESIDENT]));
    expect(await pruneLog({ office: BUNKYO, ledger, audit, clock, newId: randomUUID, randomBytes })).toBe(4);
    const extract = await extractOf(RESIDENT);
    expect([exchangesIn(extract)[0], leftOutOf(extract)]).toEqual(['e-3', 4]);
  });

  it('has a line for each answer, though an operator gives them all the name of one exchange', async () => {
    for (const purpose of ['a case', 'curiosity', 'curiosity'])
      await audit.append(looked('e-0', [RESIDENT], { purpose }));
    const lines = accessLines(checkExtract(await extractOf(RESIDENT), signedBy));
    expect(
      lines
        .filter(({ exchange }) => exchange === 'e-0')
        .map(({ purpose }) => purpose)
        .sort(),
    ).toEqual([...['a case', 'curiosity', 'curiosity']]);
  });

  it('has what another caller asked under a name that was used before', async () => {
    await audit.append(looked('e-0', [RESIDENT]));
    await audit.append(looked('e-0', [RESIDENT], { caller: `juki://${SHINJUKU}`, operator: 'operator-9' }));
    const told = checkExtract(await extractOf(RESIDENT), signedBy);
    expect(told.map(({ leaf }) => leaf.operator)).toEqual(['operator-1', 'operator-9', 'operator-1']);
  });

  describe('of a batch', () => {
    const AGENCY = 'juki://agency/japan-pension-service';
    const CITED = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT' } as const;
    const piece = { caller: AGENCY, operator: 'desk-1', answering: 'national' };
    /** As a piece is written: entries of some people each, then the answer, which names nobody. */
    const answerPiece = async (exchange: string, given: [string, string][], inEntry = 2) => {
      const entries = inGroups(given, inEntry).map((some) =>
        looked(
          exchange,
          some.map(([code]) => code),
          {
            ...{ ...piece, event: 'RECORDED', procedure: 'provision/BATCH' },
            provision: provisionOf(
              CITED,
              some.map(([, what]) => what),
            ),
          },
        ),
      );
      await ledger.transaction().execute((trx) => audit.appendWith(trx, ...entries));
      await audit.append(
        looked(exchange, [], { ...piece, procedure: '/juki.provision.v1.BatchProvisionService/ProvideBatch' }),
      );
    };

    it('is the one entry that names them, and the answer; what it says is what was given about them', async () => {
      await answerPiece('e-0', [
        ...([
          [aCode(3), 'ADDRESS'],
          [aCode(4), 'ADDRESS'],
          [NEIGHBOUR, 'NAME'],
          [RESIDENT, 'NO_CHANGE'],
        ] as [string, string][]),
        ...([
          [aCode(5), 'SEX'],
          [aCode(6), 'SEX'],
        ] as [string, string][]),
      ]);
      const told = checkExtract(await extractOf(RESIDENT), signedBy);
      expect(told.map(({ position, given }) => [position, given])).toEqual([
        ...[
          [1, 'NO_CHANGE'],
          [3, null],
          [4, null],
        ],
      ]);
      const [line] = accessLines(told).filter(({ exchange }) => exchange === 'e-0');
      const provision = { ...CITED, method: 'BATCH', given: 'NO_CHANGE' };
      expect(line).toMatchObject({ outcome: 'OK', what: { kind: 'PROVISION' }, provision });
      expect(line?.provision?.recipient).toEqual({ kind: 'agency', name: 'japan-pension-service' });
      const [theirs] = accessLines(checkExtract(await extractOf(NEIGHBOUR), signedBy)).filter(
        ({ provision }) => provision,
      );
      expect(theirs?.provision?.given).toBe('NAME');
    });

    it('names whom an earlier entry of the exchange has named, since each says something of each', async () => {
      await answerPiece(
        'e-0',
        [
          [RESIDENT, 'ADDRESS'],
          [RESIDENT, 'NAME'],
        ],
        1,
      );
      const told = checkExtract(await extractOf(RESIDENT), signedBy);
      expect(told.map(({ given }) => given)).toEqual(['ADDRESS', 'NAME', null, null]);
    });

    it('is whole for monthly batches of ten years, of a thousand people each', async () => {
      const people = Array.from({ length: 20 }, (_, i) => [aCode(i + 1), 'ADDRESS'] as [string, string]);
      for (let month = 0; month < 120; month += 1) await answerPiece(`e-${month}`, people, 20);
      const extract = await extractOf(RESIDENT);
      expect([extract.entries.length, leftOutOf(extract)]).toEqual([241, 0]);
      expect(accessLines(checkExtract(extract, signedBy)).filter(({ provision }) => provision)).toHaveLength(120);
    }, 60_000);

    it.each<[string, object]>([
      ['does not say what was given about them', { given: [] }],
      ['has no known form', { given: 'ADDRESS' }],
      ['names no occasion', { occasion: 'CURIOSITY' }],
    ])('does not hold where it %s', async (_what, otherwise) => {
      await audit.append(
        looked('e-0', [RESIDENT], {
          ...{ ...piece, procedure: '/juki.provision.v1.AgencyProvisionService/ProvideToAgency' },
          provision: { ...provisionOf(CITED, ['ADDRESS']), ...otherwise } as Provision,
        }),
      );
      const extract = await extractOf(RESIDENT);
      expect(() => checkExtract(extract, signedBy)).toThrow('PROVISION_MALFORMED');
    });
  });

  it('opens entries from before the log had a key by their salts', async () => {
    const salt = '00112233445566778899aabbccddeeff';
    const occurrence = looked('e-0', []);
    const leafWith = () => leafOf(AT, occurrence, [digestOf(salt, RESIDENT)]);
    const draft = { ...occurrence, concerns: [], evidence: {}, leafWith };
    await ledger.transaction().execute((trx) => appendEntries(trx, [draft], () => ''));
    const row = { position: 0, resident_record_code: RESIDENT, number: 1, ordinal: 0, salt };
    await ledger.insertInto('audit_subject').values(row).execute();
    await audit.append(looked('e-1', [RESIDENT]));
    expect(exchangesIn(await extractOf(RESIDENT)).slice(0, 2)).toEqual(['e-0', 'e-1']);
    await ledger.updateTable('audit_subject').set({ salt: salt.toUpperCase() }).where('number', '=', 1).execute();
    const altered = await extractOf(RESIDENT);
    expect(() => checkExtract(altered, signedBy)).toThrow('ENTRY_OF_SOMEBODY_ELSE');
  });

  describe('is seen to be altered', () => {
    let extract: LogExtract;
    beforeEach(async () => {
      for (const exchange of ['e-0', 'e-1', 'e-2']) await audit.append(looked(exchange, [RESIDENT]));
      await audit.append(looked('e-3', [NEIGHBOUR]));
      extract = await extractOf(RESIDENT);
    });

    const without = (nth: number) => (one: LogExtract) => ({ ...one, entries: one.entries.toSpliced(nth, 1) });
    const changed = (nth: number, change: (entry: ExtractEntry) => Partial<ExtractEntry>) => (one: LogExtract) => ({
      ...one,
      entries: one.entries.map((entry, i) => (i === nth ? { ...entry, ...change(entry) } : entry)),
    });

    it('where nothing was, it holds', () => {
      expect(exchangesIn(extract).slice(0, 3)).toEqual(['e-0', 'e-1', 'e-2']);
    });

    it.each<[string, (one: LogExtract) => LogExtract, ExtractFault]>([
      ['an entry in between is left out', without(1), 'ENTRY_LEFT_OUT'],
      ['the newest are left out', (one) => ({ ...one, entries: one.entries.slice(0, 2) }), 'DISCLOSURE_MISSING'],
      [
        'the newest looks are left out, and the disclosure is kept',
        (one) => ({ ...one, entries: one.entries.toSpliced(1, 2) }),
        'ENTRY_LEFT_OUT',
      ],
      [
        'they are left out and the disclosure is numbered on',
        (one) => changed(1, () => ({ number: 2 }))({ ...one, entries: one.entries.toSpliced(1, 2) }),
        'ENTRY_OF_SOMEBODY_ELSE',
      ],
      ['all are left out', (one) => ({ ...one, entries: [] }), 'DISCLOSURE_MISSING'],
      [
        'somebody else stands in an entry',
        changed(0, ({ leaf }) => ({ leaf: leaf.replaceAll('operator-1', 'operator-2') })),
        'ENTRY_NOT_IN_LOG',
      ],
      ['an entry is said to be elsewhere', changed(0, () => ({ position: 1 })), 'ENTRY_NOT_IN_LOG'],
      [
        'the way to the root is cut',
        changed(0, ({ inclusion }) => ({ inclusion: inclusion.slice(1) })),
        'ENTRY_NOT_IN_LOG',
      ],
      ['a purpose is another', changed(0, () => ({ purpose: 'a better one' })), 'PURPOSE_ALTERED'],
      ['a number is another', changed(0, () => ({ number: 9 })), 'ENTRY_OF_SOMEBODY_ELSE'],
      ['it is said to be the neighbour’s', (one) => ({ ...one, residentRecordCode: NEIGHBOUR }), 'KEY_NOT_PROVEN'],
      ['the key is not shown', (one) => ({ ...one, keyProof: Buffer.alloc(81) }), 'KEY_NOT_PROVEN'],
      ['it is said to be Shinjuku’s', (one) => ({ ...one, office: SHINJUKU }), 'CHECKPOINT_NOT_SIGNED'],
      [
        'the checkpoint is another',
        (one) => ({ ...one, note: one.note.replace('\n5\n', '\n6\n') }),
        'CHECKPOINT_NOT_SIGNED',
      ],
    ])('where %s', (_what, alter, fault) => {
      expect(() => checkExtract(alter(extract), signedBy)).toThrow(fault);
    });

    it('where an entry of the neighbour’s is put in', async () => {
      const [theirs] = (await extractOf(NEIGHBOUR)).entries;
      const entries = [...extract.entries.slice(0, 3), theirs, ...extract.entries.slice(3)] as ExtractEntry[];
      expect(() => checkExtract({ ...extract, entries }, signedBy)).toThrow(/ENTRY_/);
    });
  });

  describe('in a report', () => {
    const reportOf = async (askedAt: Date) => {
      const extracts = [await extractOf(RESIDENT)];
      return writeReport({ office: BUNKYO, askedAt, extracts, missing: [] }, bunkyo);
    };

    it('is signed by whoever makes it, and read back with every line', async () => {
      await audit.append(looked('e-0', [RESIDENT]));
      const report = checkReport(await reportOf(clock.now()), signedBy);
      expect(report).toMatchObject({ office: BUNKYO, askedAt: new Date(AT), missing: [] });
      expect(accessLines(report.told)).toHaveLength(2);
    });

    it('is refused where a character of it is another, or another office has signed it', async () => {
      const document = await reportOf(clock.now());
      expect(() => checkReport(document.replace('operator-1', 'operator-2'), signedBy)).toThrow('not signed');
      expect(() => checkReport(document.slice(1), signedBy)).toThrow('malformed');
      const { body } = JSON.parse(document);
      const forged = shinjuku.signNote('juki-net/municipality/131041\n', 'juki-net/municipality/131041');
      const { certificate, note } = forged;
      const other = JSON.stringify({ note, certificate: certificate.toString('base64'), body });
      expect(() => checkReport(other, signedBy)).toThrow('not signed');
    });

    it('is refused with an extract from before: what came since would be missing', async () => {
      const stale = [await extractOf(RESIDENT)];
      clock.set('2016-05-30T10:00:00+09:00');
      const document = writeReport({ office: BUNKYO, askedAt: clock.now(), extracts: stale, missing: [] }, bunkyo);
      expect(() => checkReport(document, signedBy)).toThrow('DISCLOSURE_MISSING');
    });
  });
});
