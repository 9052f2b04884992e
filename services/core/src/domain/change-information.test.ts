import { describe, expect, it } from '@jest/globals';
import { CHANGE_REASONS } from './change-information.js';

/** Order 30-5 and Regulation 11, as DOMAIN 3 has them. */
const TABLE = {
  ENTRY: ['MOVE_IN', 'BIRTH', 'EX_OFFICIO_ENTRY'],
  DELETION: ['MOVE_OUT', 'DEATH', 'EX_OFFICIO_DELETION'],
  CORRECTION: ['CHANGE_OF_ADDRESS', 'MINOR_CORRECTION', 'EX_OFFICIO_CORRECTION'],
  CODE_CORRECTION: ['CODE_CHANGE_REQUEST', 'EX_OFFICIO_CODE'],
};

describe('The reasons of change information (異動事由)', () => {
  it.each(Object.entries(TABLE))('for a change of kind %s are %j, and no others', (kind, reasons) => {
    const given = Object.entries(CHANGE_REASONS).filter(([, its]) => its === kind);
    expect(given.map(([reason]) => reason)).toEqual(reasons);
  });

  it('are eleven, each for one of four kinds of change', () => {
    expect(Object.keys(CHANGE_REASONS).sort()).toEqual(Object.values(TABLE).flat().sort());
    expect(new Set(Object.values(CHANGE_REASONS))).toEqual(new Set(Object.keys(TABLE)));
  });

  it('leave one of each kind for whatever is done ex officio', () => {
    const exOfficio = Object.entries(CHANGE_REASONS).filter(([reason]) => reason.startsWith('EX_OFFICIO_'));
    expect(exOfficio.map(([, kind]) => kind)).toEqual(['ENTRY', 'DELETION', 'CORRECTION', 'CODE_CORRECTION']);
  });
});
