import { describe, expect, it } from '@jest/globals';
import { aLeaf, CLERK_URI } from '../../../../test/support/leaves.js';
import { BUNKYO, NATIONAL, SHINJUKU, SUGINAMI, TOKYO } from '../../../../test/support/offices.js';
import type { Leaf } from '../audit/entry.js';
import { fiscalYear, monthInTokyo } from '../domain/fiscal-year.js';
import { appendedTables } from '../domain/provision/statutory-purpose.js';
import { CouncilCount } from './council.js';
import { textOf } from './monthly-counts.js';
import { OperationCount } from './operations.js';
import { ProvisionCount } from './provisions.js';
import type { Count } from './report.js';

const { months } = fiscalYear(2016);
const [APRIL, MAY, JUNE] = ['2016-04-01T00:00:00.000Z', '2016-05-27T01:00:00.000Z', '2016-06-01T01:00:00.000Z'];
const PROVIDE = '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData';
const provided: Partial<Leaf> = { procedure: PROVIDE, caller: `juki://${SHINJUKU}` };

/** The rows of a count after these leaves, as texts. */
function rowsAfter(count: Count, leaves: Partial<Leaf>[]): string[][] {
  for (const leaf of leaves.map(aLeaf)) count.note(leaf, monthInTokyo(new Date(leaf.at)));
  const { columns, rows } = count.table();
  for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
  return rows.map(({ cells }) => cells.map(textOf));
}

/** Of a row, the months with a count and the sum. */
function countsOf(row: string[] | undefined): Record<string, number> {
  const counts = row?.slice(-13).map(Number) ?? [];
  const there = [...months, 'sum'].map((month, i): [string, number] => [month, counts[i] ?? Number.NaN]);
  return Object.fromEntries(there.filter(([, count]) => count !== 0));
}

describe('The publication of provisions', () => {
  const names = { titled: (id: string) => id, purpose: (id: string) => appendedTables.find((one) => one.id === id) };
  const rows = (leaves: Partial<Leaf>[]) => rowsAfter(new ProvisionCount(names), leaves);

  it('has a row for each recipient and month, in their order', () => {
    const table = rows([
      { ...provided, at: JUNE },
      { ...provided, at: MAY, caller: `juki://${SUGINAMI}` },
      { ...provided, at: MAY },
      { ...provided, at: MAY },
    ]);
    expect(table.map(([recipient, month, , , , count]) => [recipient, month, count])).toEqual([
      [SHINJUKU, '2016-05', '2'],
      [SUGINAMI, '2016-05', '1'],
      [SHINJUKU, '2016-06', '1'],
    ]);
    expect(table[0]?.[3]).toContain('第12条の4第3項');
    expect(table[0]?.[4]).toBe('即時提供 / Immediate');
  });

  it.each<[string, Partial<Leaf>]>([
    ['a refusal', { outcome: 'NOT_FOUND' }],
    ['what this office asked of another', { event: 'ANSWER_RECEIVED' }],
    ['what an operator of this office was shown', { caller: CLERK_URI }],
    ['a procedure that provides nothing', { procedure: 'POST /copies' }],
    ['a caller whom nobody knows', { caller: '' }],
  ])('does not count %s', (_what, differing) => expect(rows([{ ...provided, ...differing }])).toEqual([]));

  it('counts what an agency was given', () => {
    expect(rows([{ ...provided, caller: 'juki://agency/pension-service' }])[0]?.[0]).toBe('agency/pension-service');
  });

  describe('of identification information', () => {
    const V1 = '/juki.provision.v1';
    const immediate: Partial<Leaf> = {
      ...{ procedure: `${V1}.AgencyProvisionService/ProvideToAgency`, answering: NATIONAL },
      caller: 'juki://agency/pension-service',
    };
    const batch: Partial<Leaf> = { ...immediate, event: 'RECORDED', procedure: 'provision/BATCH' };
    const told = (given: [string, number][], statutoryPurpose = 'TABLE_1_ITEM_77', recipient?: string) => ({
      provision: { statutoryPurpose, occasion: 'STATUS_REPORT' as const, given, ...(recipient && { recipient }) },
    });
    const counted = (leaves: Partial<Leaf>[]) =>
      rows(leaves).map(([to, , , basis, method, count]) => [to, basis, method, count]);
    const PENSIONS =
      '住民基本台帳法第30条の7第3項 別表第一 77の項（国民年金法） / Basic Resident Registration Act, Article 30-7(3), appended table 1, item 77';

    it('counts people, what was given at once and in a batch apart', () => {
      const table = counted([
        { ...immediate, ...told([['NAME ADDRESS', 1]]) },
        {
          ...batch,
          ...told([
            ['ADDRESS', 3],
            ['NO_CHANGE', 17],
          ]),
        },
        { ...batch, ...told([['NAME', 2]]) },
        { ...immediate, procedure: `${V1}.BatchProvisionService/ProvideBatch` },
      ]);
      expect(table).toEqual([
        ['agency/pension-service', PENSIONS, '一括提供 / Batch', '22'],
        ['agency/pension-service', PENSIONS, '即時提供 / Immediate', '1'],
      ]);
    });

    it('counts that nothing has changed, and neither who was not found nor of whom nothing may be told', () => {
      const leaves = [
        { ...immediate, ...told([['NO_CHANGE', 1]]) },
        { ...immediate, ...told([]) },
        { ...immediate, ...told([['NOTHING', 1]]) },
      ];
      expect(counted(leaves).map(([, , , count]) => count)).toEqual(['1']);
      expect(counted(leaves.slice(1))).toEqual([]);
    });

    it('has a row for each entry of the tables; one that is not known any more is as the log has it', () => {
      const ids = ['TABLE_1_ITEM_77', 'TABLE_1_ITEM_72_2', 'TABLE_1_ITEM_999'];
      const bases = counted(ids.map((id) => ({ ...immediate, ...told([['NAME', 1]], id) }))).map(([, basis]) => basis);
      expect(bases).toEqual([expect.stringContaining('72の2の項'), PENSIONS, 'TABLE_1_ITEM_999']);
    });

    it('names the mayor for whom a governor asked, and the governor who uses the own ledger', () => {
      const toGovernor = { procedure: `${V1}.GovernorProvisionService/ProvideToGovernor`, caller: `juki://${TOKYO}` };
      const own = { procedure: 'POST /provisions', caller: `juki://${TOKYO}/operator/operator-1`, answering: TOKYO };
      const table = counted([
        { ...toGovernor, ...told([['NAME', 1]], 'TABLE_4_ITEM_1', `juki://${BUNKYO}`) },
        { ...own, ...told([['NAME', 1]], 'TABLE_5_ITEM_1') },
        {
          ...own,
          procedure: `${V1}.ProvisionCounterService/AskForProvision`,
          ...told([['NAME', 1]], 'TABLE_5_ITEM_1'),
        },
      ]);
      expect(table.map(([to, , , count]) => [to, count])).toEqual([
        [BUNKYO, '1'],
        [TOKYO, '2'],
      ]);
    });

    it('does not count what was only handed on: whoever gave it does', () => {
      const toMayor = { procedure: `${V1}.GovernorProvisionService/ProvideToMayor`, caller: `juki://${BUNKYO}` };
      expect(counted([toMayor, { procedure: 'POST /provisions' }, immediate])).toEqual([]);
    });
  });
});

describe('The report to the council', () => {
  const rows = (leaves: Partial<Leaf>[]) => rowsAfter(new CouncilCount(months), leaves);
  const counted = (leaves: Partial<Leaf>[], item: string) =>
    countsOf(rows(leaves).find(([, what]) => what?.endsWith(`/ ${item}`)));

  it('counts a copy alike over gRPC and HTTPS, in its month and in the sum', () => {
    const overGrpc = '/juki.issuance.v1.IssuanceCounterService/IssueCopy';
    const leaves = [{ at: APRIL }, { at: MAY }, { at: MAY, procedure: overGrpc }];
    expect(counted(leaves, 'Copies issued at home')).toEqual({ '2016-04': 1, '2016-05': 2, sum: 3 });
  });

  it('counts by the month in Tokyo', () => {
    const leaves = [{ at: '2016-04-30T14:59:59.999Z' }, { at: '2016-04-30T15:00:00.000Z' }];
    expect(counted(leaves, 'Copies issued at home')).toEqual({ '2016-04': 1, '2016-05': 1, sum: 2 });
  });

  it.each([
    ['POST /wide-area-copies', 'Wide-area copies issued for residents of elsewhere'],
    ['POST /resident-records/read', 'Look-ups of a resident record'],
    ['POST /notifications/move-in', 'Move-in notifications'],
    ['/juki.audit.v1.AlarmService/CloseAlarm', 'Alarms closed'],
  ])('counts %s as %s', (procedure, item) => {
    expect(counted([{ procedure }], item)).toEqual({ '2016-05': 1, sum: 1 });
  });

  it('counts copy data that another office was given', () => {
    expect(counted([provided], 'Copy data given to other municipalities')).toEqual({ '2016-05': 1, sum: 1 });
  });

  it('counts a refusal under its reason, and nowhere else', () => {
    const before = rows([]);
    const after = rows([{ outcome: 'OUT_OF_HOURS' }, { outcome: 'OUT_OF_HOURS', at: JUNE }]);
    const refused = after.filter(([section]) => section?.startsWith('応じなかった請求'));
    expect(refused.map(countsOf)).toEqual([{ '2016-05': 1, '2016-06': 1, sum: 2 }]);
    expect(refused[0]?.[1]).toBe('窓口の受付時間外です / The counter is closed');
    expect(after.filter(([section]) => !section?.startsWith('応じなかった請求'))).toEqual(before);
  });

  it('counts a failed sign-in as such, and a good one not as work', () => {
    const leaves: Partial<Leaf>[] = [
      { procedure: 'POST /sign-in', outcome: 'SIGN_IN_FAILED' },
      { procedure: 'POST /sign-in' },
    ];
    expect(counted(leaves, 'Sign-ins that failed')).toEqual({ '2016-05': 1, sum: 1 });
    expect(counted(leaves, 'Operators who worked')).toEqual({});
    expect(rows(leaves).filter(([section]) => section?.startsWith('応じなかった請求'))).toEqual([]);
  });

  it('counts an operator once a month and once a year, and names none', () => {
    const other = `juki://${BUNKYO}/operator/operator-2`;
    const leaves = [{ at: APRIL }, { at: APRIL }, { at: MAY }, { at: MAY, caller: other }, { ...provided, at: MAY }];
    expect(counted(leaves, 'Operators who worked')).toEqual({ '2016-04': 1, '2016-05': 2, sum: 2 });
    expect(JSON.stringify(rows(leaves))).not.toContain('operator-');
  });

  it('counts alarms of any pattern, and no other act', () => {
    const recorded = ['alarm/ODD_HOURS', 'alarm/OWN_FAMILY', 'register/MOVE_IN'].map(
      (procedure): Partial<Leaf> => ({ event: 'RECORDED', procedure }),
    );
    expect(counted(recorded, 'Alarms raised')).toEqual({ '2016-05': 2, sum: 2 });
  });
});

describe('The statistics for an external audit', () => {
  const rows = (leaves: Partial<Leaf>[]) => rowsAfter(new OperationCount(BUNKYO, months), leaves);
  const counted = (leaves: Partial<Leaf>[], section: string) =>
    rows(leaves)
      .filter(([name]) => name?.endsWith(`/ ${section}`))
      .map((row) => [row[2], row[3], countsOf(row)['sum']]);

  it('count every entry once among the entries', () => {
    const events = ['ASKED', 'ANSWER_RECEIVED', 'ANSWERED', 'RECORDED', 'ANSWERED'] as const;
    expect(
      counted(
        events.map((event) => ({ event })),
        'Entries',
      ),
    ).toEqual([
      ['ANSWERED', '', 2],
      ['ANSWER_RECEIVED', '', 1],
      ['ASKED', '', 1],
      ['RECORDED', '', 1],
    ]);
  });

  it('tell each procedure and outcome apart, as logged', () => {
    const leaves: Partial<Leaf>[] = [{}, {}, { outcome: 'OUT_OF_HOURS' }, { procedure: 'POST /resident-records/read' }];
    expect(counted(leaves, 'Procedures')).toEqual([
      ['POST /copies', '応じた / OK', 2],
      ['POST /copies', '窓口の受付時間外です / OUT_OF_HOURS', 1],
      ['POST /resident-records/read', '応じた / OK', 1],
    ]);
  });

  it('have one row for all that nobody serves, whatever callers wrote', () => {
    const wrote = ['GET', '=1+1', '/文京 太郎', 'POST /copies/'].map(
      (procedure): Partial<Leaf> => ({ procedure, outcome: 'NO_SUCH_PROCEDURE' }),
    );
    expect(counted(wrote, 'Procedures').map(([name, , sum]) => [name, sum])).toEqual([['UNKNOWN', 4]]);
    expect(JSON.stringify(rows(wrote))).not.toMatch(/文京|=1/);
  });

  it('count what each operator of this office asked, by the card', () => {
    const elsewhere = `juki://${SHINJUKU}/operator/operator-9`;
    const leaves: Partial<Leaf>[] = [
      ...[{}, { outcome: 'NOT_FOUND' as const }, { caller: elsewhere, outcome: 'ACCESS_DENIED' as const }],
      ...[provided, { operator: 'somebody else' }],
    ];
    expect(counted(leaves, 'Operators')).toEqual([['operator-1', '', 3]]);
  });

  it('tell questions to other offices from those without an answer, and from those of others', () => {
    const toShinjuku = { caller: `juki://${BUNKYO}`, answering: SHINJUKU };
    const leaves: Partial<Leaf>[] = [
      ...[1, 2].map(() => ({ ...toShinjuku, event: 'ASKED' as const, outcome: null, answerDigest: null })),
      { ...toShinjuku, event: 'ANSWER_RECEIVED' },
      { ...toShinjuku, event: 'ANSWER_RECEIVED', outcome: 'OFFICE_UNAVAILABLE', answerDigest: null },
      ...[provided, { ...provided, outcome: 'NOT_FOUND' as const }],
    ];
    expect(counted(leaves, 'Asked of other offices')).toEqual([[SHINJUKU, '', 2]]);
    expect(counted(leaves, 'Answered by other offices')).toEqual([[SHINJUKU, '', 1]]);
    expect(counted(leaves, 'Without an answer')).toEqual([[SHINJUKU, '', 1]]);
    expect(counted(leaves, 'Asked by others').map(([who, , sum]) => [who, sum])).toEqual([
      [`juki://${SHINJUKU}`, 1],
      [`juki://${SHINJUKU}`, 1],
    ]);
  });

  it('count alarms by pattern, apart from acts', () => {
    const recorded = ['alarm/ODD_HOURS', 'alarm/ODD_HOURS', 'register/MOVE_IN'].map(
      (procedure): Partial<Leaf> => ({ event: 'RECORDED', procedure }),
    );
    expect(counted(recorded, 'Alarms')).toEqual([['alarm/ODD_HOURS', '', 2]]);
    expect(counted(recorded, 'Acts')).toEqual([['register/MOVE_IN', '', 1]]);
  });

  it('count sign-ins by their outcome, and lock-outs', () => {
    const at = (minute: number) => `2016-05-27T01:${String(minute).padStart(2, '0')}:00.000Z`;
    const failed = (minute: number): Partial<Leaf> => ({
      ...{ procedure: 'POST /sign-in', at: at(minute), outcome: 'SIGN_IN_FAILED' },
    });
    const leaves = [{ procedure: 'POST /sign-in', at: at(0) }, ...[1, 2, 3, 4].map(failed)];
    expect(counted(leaves, 'Sign-ins').map(([name, , sum]) => [name, sum])).toEqual([
      ['LOCK_OUT', 1],
      ['SIGN_IN', 1],
      ['SIGN_IN', 4],
    ]);
  });
});
