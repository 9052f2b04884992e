import { describe, expect, it } from '@jest/globals';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import { seedResidents } from './residents.js';

const MUNICIPALITIES = ['131059', '132152', '141003', '074829'];
const seeded = seedResidents(MUNICIPALITIES, 'juki-net');
const records = seeded.flatMap((municipality) => municipality.records);
const cards = seeded.flatMap((municipality) => municipality.cards);
const jukiCards = cards.filter((card) => card.kind === 'JUKI_CARD');
const numberCards = cards.filter((card) => card.kind === 'INDIVIDUAL_NUMBER_CARD');

describe('Codes and cards of the residents of several municipalities', () => {
  it('gives every resident a valid resident record code, nation-wide only once', () => {
    const codes = records.map((record) => record.residentRecordCode);
    expect(codes.filter((code) => !isResidentRecordCode(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('gives every record and every card a key of its own', () => {
    expect(new Set(records.map((record) => record.recordId)).size).toBe(records.length);
    expect(new Set(cards.map((card) => card.cardNumber)).size).toBe(cards.length);
  });

  it('writes card numbers of twelve characters and PINs of four digits', () => {
    expect(cards.filter((card) => !/^JC[0-9]{10}$/.test(card.cardNumber))).toEqual([]);
    expect(cards.filter((card) => !/^[0-9]{4}$/.test(card.pin))).toEqual([]);
  });

  it('gives one card at most to a person, in their name, and only to active residents', () => {
    const active = records.filter((record) => record.deletedOn === null);
    const nameOf = new Map(active.map((record) => [record.residentRecordCode, record.name]));
    expect(cards.filter((card) => nameOf.get(card.residentRecordCode) !== card.name)).toEqual([]);
    expect(new Set(cards.map((card) => card.residentRecordCode)).size).toBe(cards.length);
  });

  it('gives juki cards to about a quarter of the adults, and individual number cards to a few', () => {
    const adults = records.filter((record) => record.deletedOn === null && record.birthDate <= '1996-05-27');
    expect(Math.abs(jukiCards.length / adults.length - 0.25)).toBeLessThan(0.02);
    expect(numberCards.length).toBeGreaterThanOrEqual(2 * MUNICIPALITIES.length);
    expect(numberCards.length / adults.length).toBeLessThan(0.1);
  });

  it('issues juki cards, good for ten years, from 2006 to December 2015', () => {
    expect(jukiCards.filter(({ expiresOn }) => expiresOn < '2016-01-01' || expiresOn > '2025-12-31')).toEqual([]);
  });

  it('issues individual number cards, good until the tenth birthday, from January 2016', () => {
    const birthdays = new Map(records.map((record) => [record.residentRecordCode, record.birthDate.slice(5)]));
    const days = numberCards.map(({ expiresOn }) => expiresOn);
    expect(days.filter((day) => day < '2025-01-20' || day > '2026-05-27')).toEqual([]);
    expect(days.map((day) => day.slice(5))).toEqual(numberCards.map((card) => birthdays.get(card.residentRecordCode)));
  });
});
