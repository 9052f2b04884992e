import { Refusal } from '#core/domain/refusal.js';
import type { Household, StatedRelationship } from '../domain/register/household.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { currentCode } from '../storage/codes.js';
import { activeRecord, findActiveRecord, householdOf } from '../storage/resident-register.js';
import type { Trx } from './registrar.js';

/** What a notification names people by, once old codes have led to the present ones. */
export interface Named {
  people: string[];
  relationships: StatedRelationship[];
}

export async function presentCodes(trx: Trx, people: string[], relationships: StatedRelationship[]): Promise<Named> {
  const present = { people: [] as string[], relationships: [] as StatedRelationship[] };
  for (const code of people) present.people.push(await currentCode(trx, code));
  for (const { residentRecordCode, relationship } of relationships)
    present.relationships.push({ residentRecordCode: await currentCode(trx, residentRecordCode), relationship });
  return present;
}

/**
 * The one household of the people named, and their records.
 *
 * @throws Refusal NOT_FOUND, RECORD_DELETED, NOT_SAME_HOUSEHOLD
 */
export async function householdLeft(
  trx: Trx,
  people: string[],
): Promise<{ left: Household; concerned: ResidentRecord[] }> {
  const concerned = [];
  for (const code of people) concerned.push(await activeRecord(trx, code));
  const [first] = concerned;
  if (!first) throw new Error('the schema lets nothing through that names nobody');
  if (concerned.some(({ householdId }) => householdId !== first.householdId)) throw new Refusal('NOT_SAME_HOUSEHOLD');
  return { left: await householdOf(trx, first), concerned };
}

/** The household that people join; undefined where none is named, or whoever is named lives here no more. */
export async function householdJoined(trx: Trx, member: string | undefined): Promise<Household | undefined> {
  const record = member === undefined ? undefined : await findActiveRecord(trx, member);
  return record && householdOf(trx, record);
}
