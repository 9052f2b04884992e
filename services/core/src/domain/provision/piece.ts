import { hash } from 'node:crypto';
import type { PersonAskedFor } from './inquiry.js';

/** What an agency's file is asked and answered in; only the last piece may have fewer. */
export const PEOPLE_IN_PIECE = 1_000;

export function piecesOf(people: number): number {
  return Math.ceil(people / PEOPLE_IN_PIECE);
}

/** SHA-256 over the people of a piece in their order, hex: by it an officer's approval holds for them and nobody else. */
export function pieceDigest(people: readonly PersonAskedFor[]): string {
  return hash('sha256', people.map(lineOf).join('\n'));
}

/** One form only. */
function lineOf(person: PersonAskedFor): string {
  if ('fourItems' in person) {
    const { name, birthDate, sex, address } = person.fourItems;
    return JSON.stringify([name, birthDate, sex, address]);
  }
  const { residentRecordCode, known } = person;
  if (!known) return residentRecordCode;
  const { name = null, birthDate = null, sex = null, address = null } = known;
  return JSON.stringify([residentRecordCode, name, birthDate, sex, address]);
}
