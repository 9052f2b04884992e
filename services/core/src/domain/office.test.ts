import { describe, expect, it } from '@jest/globals';
import { codeOf, isOfficeId, municipalityId, NATIONAL_CENTRE, roleOf, slugOf } from './office.js';

describe('An office is named by its role and its local government code', () => {
  it.each([
    ['municipality/131059', 'municipality', '131059', 'municipality-131059'],
    ['municipality/074829', 'municipality', '074829', 'municipality-074829'],
    ['prefecture/130001', 'prefecture', '130001', 'prefecture-130001'],
    ['prefecture/010006', 'prefecture', '010006', 'prefecture-010006'],
    ['national', 'national', '', 'national'],
  ])('%s is a %s with the code "%s", and %s where a path is wanted', (office, role, code, slug) => {
    expect(isOfficeId(office)).toBe(true);
    expect([roleOf(office), codeOf(office), slugOf(office)]).toEqual([role, code, slug]);
  });

  it('the national centre has no code: there is one', () => {
    expect(NATIONAL_CENTRE).toBe('national');
    expect(isOfficeId('national/000001')).toBe(false);
  });

  it('a municipality is found by its code alone', () => {
    expect(municipalityId('131059')).toBe('municipality/131059');
  });

  it.each(['municipality/130001', 'prefecture/131059'])('%s mixes a prefecture up with a municipality', (text) => {
    expect(isOfficeId(text)).toBe(false);
  });

  it.each([
    '',
    '/',
    'municipality',
    'municipality/',
    'municipality/131050',
    'municipality/131059/',
    'municipality/131059/operator/counter-1',
    'Municipality/131059',
    'municipality-131059',
    'prefecture/',
    'national/',
    'National',
    'ward/131059',
    'agency/japan-pension-service',
    ' national',
    'national\n',
  ])('%j is no office', (text) => expect(isOfficeId(text)).toBe(false));
});
