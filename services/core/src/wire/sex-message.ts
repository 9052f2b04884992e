import type { Sex } from '../domain/identification-information.js';
import type { Sex__Output } from './generated/juki/identity/v1/Sex.js';

/** The wire form of a sex. */
export function sexMessage(sex: Sex): 'SEX_MALE' | 'SEX_FEMALE' {
  return sex === 'MALE' ? 'SEX_MALE' : 'SEX_FEMALE';
}

/** Undefined where none is stated. */
export function sexOfMessage(message: Sex__Output): Sex | undefined {
  if (message === 'SEX_MALE') return 'MALE';
  return message === 'SEX_FEMALE' ? 'FEMALE' : undefined;
}
