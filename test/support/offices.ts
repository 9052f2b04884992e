import type { OfficeId } from '#core/domain/office.js';

/** The offices of the demo network that tests play on. */
export const BUNKYO: OfficeId = 'municipality/131059';
export const SHINJUKU: OfficeId = 'municipality/131041';
export const SUGINAMI: OfficeId = 'municipality/131156';
export const KUNITACHI: OfficeId = 'municipality/132152';
export const YOKOHAMA: OfficeId = 'municipality/141003';
export const YAMATSURI: OfficeId = 'municipality/074829';
export const KANAGAWA: OfficeId = 'prefecture/140007';
export const TOKYO: OfficeId = 'prefecture/130001';
export const NATIONAL: OfficeId = 'national';
