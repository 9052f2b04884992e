import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { aLeaf } from '../../../../test/support/leaves.js';
import { BUNKYO, KANAGAWA, NATIONAL, TOKYO } from '../../../../test/support/offices.js';
import type { Leaf } from '../audit/entry.js';
import { Network } from '../network.js';
import { accessLines } from './access-lines.js';
import { reportText } from './report-text.js';

const network = new Network(JSON.parse(readFileSync('scripts/network.json', 'utf8')));
const report = { office: BUNKYO, askedAt: new Date('2016-05-27T01:00:00Z'), extracts: [], missing: [] };
const V1 = '/juki.provision.v1';

/** What a person reads of an entry that names them. */
function linesOf(leaf: Partial<Leaf>, given: string | null): string[] {
  const told = { position: 0, leaf: aLeaf(leaf), purpose: 'PROVISION', operatorRole: null, given };
  const text = reportText(network, report, accessLines([{ ...told, office: aLeaf(leaf).answering }]));
  return text.split('\n').slice(4, -2);
}

const pensions = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT' as const, given: [] };

describe('A provision, as the person reads it', () => {
  it('says when, how, on which occasion, by which entry, from whom, to whom, and what', () => {
    const leaf: Partial<Leaf> = {
      ...{ procedure: `${V1}.AgencyProvisionService/ProvideToAgency`, answering: NATIONAL, operator: 'desk-1' },
      ...{ caller: 'juki://agency/japan-pension-service', provision: pensions },
    };
    expect(linesOf(leaf, 'ADDRESS DELETED')).toEqual([
      '1. 平成28年5月27日 10:00　本人確認情報の即時提供 (immediate provision)',
      '　区分　　即時提供 (Immediate)',
      '　事由　　現況の確認 (status report)',
      '　事務　　別表第一 77の項（国民年金法） (appended table 1, item 77)　[住民基本台帳法第30条の7第3項]',
      expect.stringMatching(/^　提供元　.+ \(national\)$/),
      '　提供先　日本年金機構 (agency/japan-pension-service)　desk-1',
      '　提供　　住所、消除されていること (address, that the record is deleted)',
      '　結果　　OK',
      expect.stringMatching(/^　記録　　/),
    ]);
  });

  it('says so of a batch, and that nothing was given', () => {
    const caller = 'juki://agency/land-ministry';
    const leaf = { event: 'RECORDED', procedure: 'provision/BATCH', caller, provision: pensions } as const;
    const lines = linesOf(leaf, 'NOTHING').join('\n');
    for (const part of ['一括提供 (Batch)', '国土交通省', 'なし (nothing)']) expect(lines).toContain(part);
  });

  it('names the mayor for whom a governor asked, not the governor', () => {
    const leaf: Partial<Leaf> = {
      ...{ procedure: `${V1}.GovernorProvisionService/ProvideToGovernor`, caller: `juki://${TOKYO}` },
      ...{ answering: KANAGAWA, provision: { ...pensions, recipient: `juki://${BUNKYO}` } },
    };
    expect(linesOf(leaf, 'NAME').join('\n')).toMatch(/提供元　神奈川県 .*\n　提供先　文京区 \(municipality\/131059\)/);
  });

  it('names the governor who uses the own ledger, by an ordinance', () => {
    const caller = `juki://${TOKYO}/operator/operator-1`;
    const provision = { ...pensions, statutoryPurpose: 'ORDINANCE_130001_ITEM_1' };
    const lines = linesOf({ procedure: 'POST /provisions', caller, answering: TOKYO, provision }, 'NAME').join('\n');
    expect(lines).toMatch(/提供元　東京都 .*\n　提供先　東京都 /);
    expect(lines).toContain('奨学資金の貸付けに関する条例');
  });

  it('has an entry of the tables that is not known as the log has it', () => {
    const provision = { ...pensions, statutoryPurpose: 'TABLE_9_ITEM_9' };
    const leaf = { procedure: `${V1}.AgencyProvisionService/ProvideToAgency`, caller: 'juki://agency/x', provision };
    expect(linesOf(leaf, 'NAME')).toContain('　事務　　TABLE_9_ITEM_9');
  });

  it('refers to whoever gave it where it was only handed on', () => {
    const leaf = { procedure: `${V1}.GovernorProvisionService/ProvideToMayor`, caller: `juki://${BUNKYO}` };
    expect(linesOf(leaf, null)).toContain("　提供　　as the giving office's log has it");
  });
});
