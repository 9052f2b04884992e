import type { OfficeId, Role } from '#core/domain/office.js';

export type Level = Role;

/** From the bottom to the top, as changes climb. */
export const LEVELS: Level[] = ['municipality', 'prefecture', 'national'];

/** Those of the demo network that take part: one of each level. */
export const OFFICES = {
  municipality: 'municipality/131059',
  prefecture: 'prefecture/130001',
  national: 'national',
} as const satisfies Record<Level, OfficeId>;
