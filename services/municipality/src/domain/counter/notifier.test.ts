import { describe, expect, it } from '@jest/globals';
import { aMember, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { PHOTO_ID_KINDS } from './identity-proof.js';
import { identifiedByPhotoId, Notifier, standingOf } from './notifier.js';

const TODAY = '2016-05-27';
const photoId = { kind: 'PASSPORT' as const, expiresOn: '2018-05-01', name: '文京 太郎' };
const card = { cardNumber: 'AB0123456789', pin: '0000' };

const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻', { name: '文京 花子' });
const maria = aMember(3, '妻', { name: 'GARCIA MARIA', commonName: '髙橋 まりあ' });

describe('Whoever comes to the counter with a notification (Article 27)', () => {
  const isNotifier = (value: object) => Notifier.safeParse(value).success;

  it('shows a photo ID or a card, and no letter of attorney where none is stated', () => {
    expect(Notifier.parse({ photoId })).toEqual({ photoId, letterOfAttorney: false });
    expect(isNotifier({ card, letterOfAttorney: true })).toBe(true);
  });

  it('does not show both, nor neither', () => {
    expect(isNotifier({ photoId, card })).toBe(false);
    expect(isNotifier({})).toBe(false);
    expect(isNotifier({ letterOfAttorney: true })).toBe(false);
  });

  it.each([
    ['a card number of another form', { card: { ...card, cardNumber: '12345' } }],
    ['a PIN of three digits', { card: { ...card, pin: '123' } }],
    ['a photo ID without a day of expiry', { photoId: { ...photoId, expiresOn: undefined } }],
    ['a photo ID of no known kind', { photoId: { ...photoId, kind: 'LIBRARY_CARD' } }],
    ['a photo ID without a name', { photoId: { ...photoId, name: ' ' } }],
    ['a code as well', { photoId, residentRecordCode: '24727059608' }],
  ])('does not show %s', (_what, value) => expect(isNotifier(value)).toBe(false));
});

describe('A photo ID at the counter', () => {
  it.each(['DRIVERS_LICENCE', 'PASSPORT', 'OTHER_PUBLIC_OFFICE'] as const)(
    'of a public office identifies whom it names, wherever it says that they live: %s',
    (kind) => {
      expect(identifiedByPhotoId({ ...photoId, kind }, false, TODAY)).toEqual({
        ...{ name: '文京 太郎', document: kind, letterOfAttorney: false },
      });
    },
  );

  it('keeps the letter of attorney that came with it', () => {
    expect(identifiedByPhotoId(photoId, true, TODAY).letterOfAttorney).toBe(true);
  });

  it('keeps the birth date that it shows, where it shows one', () => {
    expect(identifiedByPhotoId({ ...photoId, birthDate: '1980-04-01' }, false, TODAY).birthDate).toBe('1980-04-01');
    expect(identifiedByPhotoId(photoId, false, TODAY)).not.toHaveProperty('birthDate');
  });

  it('is good on its last day, and refused as ID_EXPIRED the day after', () => {
    expect(identifiedByPhotoId({ ...photoId, expiresOn: TODAY }, false, TODAY).document).toBe('PASSPORT');
    const refusal = refusedAs('ID_EXPIRED');
    expect(() => identifiedByPhotoId({ ...photoId, expiresOn: '2016-05-26' }, false, TODAY)).toThrow(refusal);
  });

  it.each(['HEALTH_INSURANCE_CARD', 'STUDENT_OR_EMPLOYEE_CARD'] as const)(
    'is refused as ID_NOT_ACCEPTED where it is a %s, expired or not',
    (kind) => {
      const refusal = refusedAs('ID_NOT_ACCEPTED');
      for (const expiresOn of [TODAY, '2016-05-26'])
        expect(() => identifiedByPhotoId({ ...photoId, kind, expiresOn }, true, TODAY)).toThrow(refusal);
    },
  );

  it('is accepted for three of the five kinds', () => {
    const accepted = PHOTO_ID_KINDS.filter((kind) => {
      try {
        return identifiedByPhotoId({ ...photoId, kind }, false, TODAY).document === kind;
      } catch {
        return false;
      }
    });
    expect(accepted).toEqual(['DRIVERS_LICENCE', 'PASSPORT', 'OTHER_PUBLIC_OFFICE']);
  });
});

describe('The right by which somebody notifies', () => {
  const of = (name: string, letterOfAttorney = false) => ({ name, document: 'PASSPORT' as const, letterOfAttorney });

  it('is their own, where they are concerned', () => {
    expect(standingOf(of('文京 太郎'), [taro], [taro, hanako])).toEqual({
      ...{ name: '文京 太郎', document: 'PASSPORT', standing: 'PERSON_CONCERNED' },
    });
  });

  it('is that of a member of the household, where another of it is concerned', () => {
    expect(standingOf(of('文京 花子'), [taro], [taro, hanako]).standing).toBe('HOUSEHOLD_MEMBER');
  });

  it('is that of an agent with a letter of attorney, where they are neither', () => {
    expect(standingOf(of('代理 一郎', true), [taro], [taro, hanako]).standing).toBe('AGENT');
  });

  it('is the nearest of those that they have: a letter of attorney makes nobody an agent in their own matter', () => {
    expect(standingOf(of('文京 太郎', true), [taro], [taro]).standing).toBe('PERSON_CONCERNED');
    expect(standingOf(of('文京 花子', true), [taro], [hanako]).standing).toBe('HOUSEHOLD_MEMBER');
  });

  it('is found by another way of writing the name, and by a common name; the document’s name is kept', () => {
    expect(standingOf(of('文京太郎'), [taro], [])).toMatchObject({ name: '文京太郎', standing: 'PERSON_CONCERNED' });
    expect(standingOf(of('高橋まりあ'), [maria], []).standing).toBe('PERSON_CONCERNED');
  });

  it('is refused as NOTIFIER_NOT_ENTITLED where there is none', () => {
    const refusal = refusedAs('NOTIFIER_NOT_ENTITLED');
    expect(() => standingOf(of('代理 一郎'), [taro], [taro, hanako])).toThrow(refusal);
    expect(() => standingOf(of('文京 花子'), [taro], [])).toThrow(refusal);
    expect(() => standingOf(of('文京 太郎'), [], [])).toThrow(refusal);
  });

  it('is found by the birth date as well, where the document shows one: a namesake is somebody else', () => {
    const namesake = { ...taro, birthDate: '2010-01-01' };
    const shown = { ...of('文京 太郎'), birthDate: '2010-01-01' };
    expect(standingOf(shown, [taro, namesake], []).standing).toBe('PERSON_CONCERNED');
    expect(standingOf(shown, [taro], [taro, namesake]).standing).toBe('HOUSEHOLD_MEMBER');
    expect(() => standingOf(shown, [taro], [taro, hanako])).toThrow(refusedAs('NOTIFIER_NOT_ENTITLED'));
  });

  it('is found by the code of a card alone, whatever name is on it, and never by the name beside it', () => {
    const holder = { ...of('旧姓 太郎'), document: 'CARD' as const, residentRecordCode: aCode(1) };
    expect(standingOf(holder, [taro], [taro])).toEqual({
      ...{ name: '旧姓 太郎', document: 'CARD', standing: 'PERSON_CONCERNED' },
    });
    const namesake = { ...holder, name: '文京 太郎', residentRecordCode: aCode(9) };
    expect(() => standingOf(namesake, [taro], [taro, hanako])).toThrow(refusedAs('NOTIFIER_NOT_ENTITLED'));
  });

  it('is kept as name, document and standing: no code and no birth date goes with it', () => {
    const shown = { ...of('文京 太郎'), birthDate: '1980-04-01', residentRecordCode: aCode(1) };
    expect(Object.keys(standingOf(shown, [taro], [])).sort()).toEqual(['document', 'name', 'standing']);
  });
});
