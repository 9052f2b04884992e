import { describe, expect, it } from '@jest/globals';
import { OCCASIONS } from './inquiry.js';
import { GIVEN_WORDS } from './provision.js';
import { givenWording, OCCASION_WORDINGS, purposeBasis, purposeWording } from './purpose-wording.js';
import { appendedTables, ordinancePurposes, purposeById, type StatutoryPurpose } from './statutory-purpose.js';

const wordingOf = (id: string) => purposeWording(purposeById(id) as StatutoryPurpose);

describe('How people are told of a statutory purpose', () => {
  it('is by its table, its item and its Act', () => {
    expect(wordingOf('TABLE_1_ITEM_77')).toEqual({
      ja: '別表第一 77の項（国民年金法）',
      en: 'appended table 1, item 77',
    });
    expect(wordingOf('TABLE_1_ITEM_72_2').ja).toMatch(/^別表第一 72の2の項（/);
  });

  it('is by the ordinance where one adds it', () => {
    const stated = { table: 5, item: '1', name: '奨学資金の貸付けに関する条例', recipients: ['都道府県知事'] } as const;
    const [added] = ordinancePurposes('130001', [
      { ...stated, recipients: [...stated.recipients], from: '2013-04-01', until: null },
    ]);
    expect(purposeWording(added as StatutoryPurpose)).toMatchObject({ ja: '奨学資金の貸付けに関する条例' });
    expect(purposeBasis(added as StatutoryPurpose).en).toContain('Article 30-8(1)');
  });

  it('is another for each entry of the tables', () => {
    expect(new Set(appendedTables.map((one) => purposeWording(one).ja)).size).toBe(appendedTables.length);
  });

  it('names the paragraph by which its table is provided for', () => {
    const bases = ([1, 2, 3, 4, 5] as const).map((table) => purposeBasis({ table }).ja.replace('住民基本台帳法', ''));
    expect(bases).toEqual([
      ...['第30条の7第3項', '第30条の7第4項', '第30条の7第5項', '第30条の7第6項', '第30条の8第1項'],
    ]);
  });
});

describe('How people are told', () => {
  it('what was given: each word by another of its own, one that is not known as it is', () => {
    expect(givenWording('NAME ADDRESS DELETED')).toEqual({
      ja: '氏名、住所、消除されていること',
      en: 'name, address, that the record is deleted',
    });
    expect(new Set(GIVEN_WORDS.map((word) => givenWording(word).ja)).size).toBe(GIVEN_WORDS.length);
    expect(givenWording('PHOTO').ja).toBe('PHOTO');
  });

  it('on which occasion', () => {
    expect(OCCASIONS.map((occasion) => OCCASION_WORDINGS[occasion].ja)).toEqual(['申請', '届出', '現況の確認', '調査']);
  });
});
