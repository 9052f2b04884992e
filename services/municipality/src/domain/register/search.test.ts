import { describe, expect, it } from '@jest/globals';
import { aCode } from '../../../../../test/support/records.js';
import { Search } from './search.js';

const purpose = '転入届の受付';
const NOT_ENOUGH = 'states a code, a name, a reading or an address';

describe('Whoever searches the register states enough', () => {
  it.each([
    { residentRecordCode: aCode(1) },
    { name: '文京 太郎' },
    { nameReading: 'ぶんきょう' },
    { address: '東京都文京区春日一丁目16番21号' },
    { name: '文京 太郎', birthDate: '1980-04-01' },
    { address: '東京都文京区春日一丁目16番21号', birthDate: '1980-04-01' },
  ])('with %j', (criteria) => {
    expect(Search.parse({ purpose, ...criteria })).toEqual({ purpose, ...criteria });
  });
});

describe('A search is refused', () => {
  it('with a birth date alone, which would be a list of people', () => {
    expect(faults({ purpose, birthDate: '1980-04-01' })).toEqual([NOT_ENOUGH]);
  });

  it('with nothing at all, which would be everybody', () => {
    expect(faults({ purpose })).toEqual([NOT_ENOUGH]);
  });

  it.each([
    ['name', ''],
    ['name', ' '],
    ['name', '　'],
    ['nameReading', ''],
    ['address', ' '],
    ['residentRecordCode', ''],
    ['residentRecordCode', '12345678901'],
    ['birthDate', '2015-02-29'],
  ])('where its %s is %j: an empty criterion is none', (field, value) => {
    expect(Search.safeParse({ purpose, name: '文京 太郎', [field]: value }).success).toBe(false);
  });

  it.each([undefined, '', ' ', 'あ'.repeat(101), '転入届\n受付'])('without a purpose that is one: %j', (given) => {
    expect(Search.safeParse({ purpose: given, name: '文京 太郎' }).success).toBe(false);
  });

  it.each(['sex', 'householdId', 'relationship', 'limit', 'registeredDomicile'])(
    'by %s, which is no criterion',
    (field) => {
      expect(Search.safeParse({ purpose, name: '文京 太郎', [field]: 'x' }).success).toBe(false);
    },
  );
});

function faults(search: object): string[] {
  return Search.safeParse(search).error?.issues.map(({ message }) => message) ?? [];
}
