import { describe, expect, it } from '@jest/globals';
import { acceptPhotoId, PHOTO_ID_KINDS, type PhotoIdKind, type PhotoIdProof } from './identity-proof.js';

const TODAY = '2016-05-27';
const BY_CODE = { residentRecordCode: '24727059608' };
const BY_BIRTH = { birthDate: '1980-04-01', sex: 'FEMALE' as const };

function shown(document: PhotoIdKind, parts: Partial<PhotoIdProof> = {}): PhotoIdProof {
  return {
    ...{ kind: 'PHOTO_ID', document, expiresOn: '2018-05-01', showsPresentAddress: true },
    ...{ name: '吉田花子', stated: BY_CODE, ...parts },
  };
}

const refusedAs = (reason: string) => expect.objectContaining({ reason, details: {} });

describe('A document with a photograph proves identity', () => {
  it.each(['DRIVERS_LICENCE', 'PASSPORT', 'OTHER_PUBLIC_OFFICE'] as const)(
    'when it is a %s: the applicant is whom it names, known by the code that they state',
    (document) => {
      expect(acceptPhotoId(shown(document), TODAY)).toEqual({ name: '吉田花子', knownBy: BY_CODE });
    },
  );

  it('when the applicant states birth date and sex instead of the code', () => {
    expect(acceptPhotoId(shown('PASSPORT', { stated: BY_BIRTH }), TODAY).knownBy).toEqual(BY_BIRTH);
  });

  it('on its last day of validity, and no longer the day after', () => {
    const passport = shown('PASSPORT', { expiresOn: TODAY });
    expect(acceptPhotoId(passport, TODAY).name).toBe('吉田花子');
    expect(() => acceptPhotoId(passport, '2016-05-28')).toThrow(refusedAs('ID_EXPIRED'));
  });

  it('without the present address, when it is a passport or of another public office', () => {
    for (const document of ['PASSPORT', 'OTHER_PUBLIC_OFFICE'] as const)
      expect(acceptPhotoId(shown(document, { showsPresentAddress: false }), TODAY).name).toBe('吉田花子');
  });
});

describe('A document does not prove identity', () => {
  it('when it is a health insurance card, which has no photograph', () => {
    expect(() => acceptPhotoId(shown('HEALTH_INSURANCE_CARD'), TODAY)).toThrow(refusedAs('ID_NOT_ACCEPTED'));
  });

  it('when it is a card of a school or an employer, which is no public office', () => {
    expect(() => acceptPhotoId(shown('STUDENT_OR_EMPLOYEE_CARD'), TODAY)).toThrow(refusedAs('ID_NOT_ACCEPTED'));
  });

  it("when it is a driver's licence with a former address", () => {
    const licence = shown('DRIVERS_LICENCE', { showsPresentAddress: false });
    expect(() => acceptPhotoId(licence, TODAY)).toThrow(refusedAs('ID_NOT_ACCEPTED'));
  });

  it.each(PHOTO_ID_KINDS)('when its last day was yesterday: %s', (document) => {
    const expired = shown(document, { expiresOn: '2016-05-26' });
    const accepted = ['DRIVERS_LICENCE', 'PASSPORT', 'OTHER_PUBLIC_OFFICE'].includes(document);
    expect(() => acceptPhotoId(expired, TODAY)).toThrow(refusedAs(accepted ? 'ID_EXPIRED' : 'ID_NOT_ACCEPTED'));
  });
});
