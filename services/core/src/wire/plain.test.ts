import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarDateOf } from '../domain/calendar-date.js';
import { messageOf, plainOf } from './plain.js';
import { message } from './schema.js';

const MOVE_OUT = 'juki.register.v1.AcceptMoveOutRequest';
const MOVE_IN = 'juki.register.v1.AcceptMoveInRequest';
const RECORD = 'juki.register.v1.ResidentRecord';
const DRAFT = 'juki.register.v1.Draft';
const PERSON = 'juki.register.v1.Person';

const moveOut = {
  notifier: { photoId: { kind: 'PASSPORT', expiresOn: '2018-05-01', name: '文京 太郎' }, letterOfAttorney: true },
  plannedOn: '2016-02-29',
  destinationMunicipality: '132152',
  destination: '東京都国立市東一丁目1番1号',
  movers: ['24727059608', '24846016224'],
  relationships: [{ residentRecordCode: '24846016224', relationship: '世帯主' }],
};

/** As it comes out at the other end of the line. */
function overTheLine(typeName: string, value: object): object {
  const { serialize, deserialize } = message<object, object>(typeName);
  return deserialize(serialize(messageOf<object>(typeName, value)));
}

describe('A plain value that becomes a message and is read again', () => {
  it('is what it was: nested parts, lists, days, values of enums and flags', () => {
    expect(plainOf(MOVE_OUT, overTheLine(MOVE_OUT, moveOut))).toEqual(moveOut);
  });

  it('keeps what stands in lists of parts, in its order', () => {
    const person = { name: '文京 太郎', nameReading: 'ブンキョウ タロウ', birthDate: '1980-04-01', sex: 'MALE' };
    const people = [
      { relationship: '世帯主', person },
      { relationship: '子', residentRecordCode: '24727059608', person: { ...person, sex: 'FEMALE' } },
    ];
    const moveIn = {
      ...{ origin: 'ABROAD', certificates: ['', 'A', 'B'], relationships: [], movedInOn: '2016-05-27' },
    };
    expect(plainOf(MOVE_IN, overTheLine(MOVE_IN, { ...moveIn, people }))).toEqual({ ...moveIn, people });
  });

  it('keeps lists of the values of enums', () => {
    const restrictions = ['PROTECTIVE_MEASURE', 'IDENTITY_IN_DOUBT'];
    expect(plainOf(RECORD, overTheLine(RECORD, { restrictions }))).toEqual({ restrictions });
  });

  it('keeps every day of the calendar', () => {
    const dates = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
      .map(([year, month, day]) => calendarDateOf(year, month, day))
      .filter((date) => date !== undefined);
    fc.assert(
      fc.property(dates, (birthDate) => {
        expect(plainOf(PERSON, overTheLine(PERSON, { birthDate }))).toEqual({ birthDate });
      }),
    );
  });

  it('comes without what was null or undefined', () => {
    const record = { name: '文京 太郎', commonName: null, deletedOn: null, previousAddress: undefined };
    expect(messageOf(RECORD, record)).toEqual({ name: '文京 太郎' });
    expect(plainOf(RECORD, overTheLine(RECORD, record))).toEqual({ name: '文京 太郎', restrictions: [] });
  });
});

describe('A message as proto-loader reads it, made plain', () => {
  it('is without what is not there: empty texts, enums that say nothing, parts that are missing', () => {
    expect(plainOf(MOVE_OUT, overTheLine(MOVE_OUT, {}))).toEqual({ movers: [], relationships: [] });
    expect(plainOf(PERSON, overTheLine(PERSON, {}))).toEqual({});
  });

  it('keeps a flag that is not set: it says no', () => {
    expect(plainOf(MOVE_OUT, overTheLine(MOVE_OUT, { notifier: {} }))).toMatchObject({
      notifier: { letterOfAttorney: false },
    });
  });

  it.each([
    { year: 2015, month: 2, day: 29 },
    { year: 2016, month: 13, day: 1 },
    { year: 0, month: 0, day: 0 },
    { year: -2016, month: 5, day: 27 },
  ])('has a text that is no day in the place of the day %j, which no calendar has', (birthDate) => {
    expect(plainOf(PERSON, { name: '文京 太郎', birthDate })).toEqual({ name: '文京 太郎', birthDate: 'no day' });
  });

  it('leaves the number of a value that an enum does not have as it is: no schema takes it for one', () => {
    expect(plainOf(PERSON, { sex: 7 })).toEqual({ sex: '7' });
  });

  it('holds nothing that is no field of its type', () => {
    expect(plainOf(PERSON, { name: '文京 太郎', shown: 'photoId' })).toEqual({ name: '文京 太郎' });
  });
});

describe('A plain value made a message', () => {
  it('has days as numbers and values of enums with their prefix', () => {
    expect(messageOf(MOVE_OUT, moveOut)).toMatchObject({
      plannedOn: { year: 2016, month: 2, day: 29 },
      notifier: { photoId: { kind: 'PHOTO_ID_KIND_PASSPORT', expiresOn: { year: 2018, month: 5, day: 1 } } },
    });
  });

  it('has a time as seconds and nanoseconds, before 1970 too', () => {
    expect(messageOf(DRAFT, { draftedAt: new Date('2016-05-27T01:02:03.045Z') })).toEqual({
      draftedAt: { seconds: '1464310923', nanos: 45_000_000 },
    });
    expect(messageOf(DRAFT, { draftedAt: new Date(-1) })).toEqual({
      draftedAt: { seconds: '-1', nanos: 999_000_000 },
    });
  });

  it('reads an instant as ISO 8601, and one that is beyond all calendars as none', () => {
    const draftedAt = new Date('2016-05-27T01:02:03.045Z');
    expect(plainOf(DRAFT, overTheLine(DRAFT, { draftedAt }))).toMatchObject({ draftedAt: draftedAt.toISOString() });
    const beyond = { draftedAt: { seconds: '99999999999999', nanos: 0 } };
    expect(plainOf(DRAFT, { ...overTheLine(DRAFT, {}), ...beyond })).toMatchObject({ draftedAt: 'no instant' });
  });

  it('has a time on the line that is the time it was', () => {
    const draftedAt = new Date('2016-05-27T01:02:03.045Z');
    expect(overTheLine(DRAFT, { draftedAt })).toMatchObject({
      draftedAt: { seconds: '1464310923', nanos: 45_000_000 },
    });
  });

  it.each([
    [MOVE_OUT, { ...moveOut, householdId: 'H1' }],
    [MOVE_OUT, { ...moveOut, notifier: { ...moveOut.notifier, pin: '1234' } }],
    [MOVE_OUT, { ...moveOut, relationships: [{ code: '1' }] }],
    [RECORD, { municipalItems: '{}' }],
  ])('is an error of ours where a key is no field of %s (MIN)', (typeName, value) => {
    expect(() => messageOf(typeName, value)).toThrow(RangeError);
  });

  it('says no value in the error about a key', () => {
    expect(() => messageOf(PERSON, { secretName: '文京 太郎' })).toThrow(
      expect.objectContaining({ message: `${PERSON} has no field secretName` }),
    );
  });
});

describe('A type that is not in the proto files', () => {
  it('is an error of ours, whichever way', () => {
    expect(() => plainOf('juki.register.v1.Unknown', {})).toThrow(RangeError);
    expect(() => messageOf('juki.register.v1.Unknown', {})).toThrow(RangeError);
  });
});
