import { describe, expect, it } from '@jest/globals';
import { aCode } from '../../../../../test/support/records.js';
import { MoveIn } from './move-in.js';

const person = {
  ...{ name: '国立 三郎', nameReading: 'クニタチ サブロウ', birthDate: '1985-03-03', sex: 'MALE' },
  ...{ registeredDomicile: '東京都国立市東一丁目1番地', firstListedPerson: '国立 三郎' },
};
const form = {
  notifier: { photoId: { kind: 'PASSPORT', expiresOn: '2018-05-01', name: '国立 三郎' } },
  ...{ movedInOn: '2016-05-20', address: '東京都国立市東一丁目1番1号' },
};
const CODE = aCode(1);

const fields = (origin: string, moving: object) =>
  MoveIn.safeParse({ ...form, origin, people: [{ relationship: '世帯主', ...moving }] }).error?.issues.map(({ path }) =>
    path.join('.'),
  ) ?? [];

describe('A move-in notification states of each who comes', () => {
  it.each([
    ['MUNICIPALITY', 'the code, of whom a certificate tells the rest', { residentRecordCode: CODE }],
    ['ABROAD', 'the last code and the particulars', { residentRecordCode: CODE, person }],
    ['ABROAD', 'the particulars alone, whose code can not be found', { person }],
    ['FIRST_RECORD', 'the particulars alone', { person }],
  ])('from %s: %s', (origin, _what, moving) => expect(fields(origin, moving)).toEqual([]));

  it.each([
    ['MUNICIPALITY', 'particulars beside the certificate', { residentRecordCode: CODE, person }, ['person']],
    ['MUNICIPALITY', 'no code', {}, ['residentRecordCode']],
    ['MUNICIPALITY', 'particulars in the place of a code', { person }, ['person', 'residentRecordCode']],
    ['ABROAD', 'no particulars', { residentRecordCode: CODE }, ['person']],
    ['FIRST_RECORD', 'no particulars', {}, ['person']],
    ['FIRST_RECORD', 'a code before the first record', { residentRecordCode: CODE, person }, ['residentRecordCode']],
  ])('and not, from %s: %s', (origin, _what, moving, wrong) => {
    expect(fields(origin, moving)).toEqual(wrong.map((field) => `people.0.${field}`));
  });
});

describe('A move-in notification', () => {
  const firstRecord = { ...form, origin: 'FIRST_RECORD', people: [{ relationship: '世帯主', person }] };
  const isForm = (differing: object) => MoveIn.safeParse({ ...firstRecord, ...differing }).success;

  it('has no certificates, no relationships that change and no letter of attorney where it states none', () => {
    expect(MoveIn.parse(firstRecord)).toMatchObject({
      ...{ certificates: [], relationships: [], notifier: { letterOfAttorney: false } },
    });
  });

  it('is about one to twenty people', () => {
    const people = Array.from({ length: 21 }, () => ({ relationship: '子', person }));
    expect([isForm({ people: [] }), isForm({ people: people.slice(1) }), isForm({ people })]).toEqual([
      ...[false, true, false],
    ]);
  });

  it.each([
    ['an origin that is none', { origin: 'ELSEWHERE' }],
    ['a day that is none', { movedInOn: '2015-02-29' }],
    ['a blank address', { address: ' ' }],
    ['a relationship that is none', { people: [{ relationship: '長男', person }] }],
    ['nine certificates', { certificates: Array.from({ length: 9 }, () => 'JUKI1:') }],
    ['an empty certificate', { certificates: [''] }],
    ['nobody at the counter', { notifier: undefined }],
    ['a field of another form', { plannedOn: '2016-05-20' }],
  ])('is refused with %s', (_what, differing) => expect(isForm(differing)).toBe(false));
});
