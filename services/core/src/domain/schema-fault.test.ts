import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { Refusal } from './refusal.js';
import { readBySchema, schemaFault } from './schema-fault.js';

const SECRET = 'himitsu-24727059608';

const Kind = z.enum(['FIRST', 'SECOND']);
const Part = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('A'), code: z.string().regex(/^[0-9]{11}$/, 'is not a code') }),
  z.strictObject({ kind: z.literal('B'), count: z.number().int().min(1).max(3) }),
]);
const Schema = z.strictObject({
  name: z.string().max(5),
  kind: Kind.optional(),
  parts: z.array(Part).max(2).default([]),
  either: z.union([z.strictObject({ one: z.string() }), z.strictObject({ other: z.boolean() })]).optional(),
});

describe('A value that fits its schema', () => {
  it('is read as the schema has it, with what the schema adds', () => {
    expect(readBySchema(Schema, { name: '文京' })).toEqual({ name: '文京', parts: [] });
  });

  it('may be anything where the schema says so', () => {
    expect(readBySchema(z.unknown(), SECRET)).toBe(SECRET);
  });
});

describe('A value that contradicts its schema is refused', () => {
  it('as INVALID_REQUEST with the field and its fault, and not as an error of this office', () => {
    const { reason, details } = refusalOf({ name: '文京', parts: [{ kind: 'A', code: SECRET }] });
    expect(reason).toBe('INVALID_REQUEST');
    expect(details).toEqual({ field: 'parts.0.code', fault: 'is not a code' });
  });

  it('with the name by which the sender knows the field', () => {
    const nameOf = (field: string) => field.replace('parts.0.code', 'request.part[0].code');
    const { details } = refusalOf({ name: '文京', parts: [{ kind: 'A', code: '1' }] }, nameOf);
    expect(details.field).toBe('request.part[0].code');
  });

  it('at its root where it is not even of the right form', () => {
    expect(refusalOf(SECRET).details.field).toBe('');
  });

  it('without telling a key that the schema does not name: senders write what they like there', () => {
    const { details } = refusalOf({ name: '文京', [SECRET]: 1 });
    expect(details).toEqual({ field: '', fault: 'has a key that the schema does not name' });
    expect(
      schemaFault({ code: 'unrecognized_keys', path: ['parts', '0'], message: `Unrecognized key: "${SECRET}"` }),
    ).toEqual({ field: 'parts.0', fault: 'has a key that the schema does not name' });
  });

  it.each([
    ['a text that is too long', { name: SECRET }],
    ['a text in the place of a number', { name: 'a', parts: [{ kind: 'B', count: SECRET }] }],
    ['a value that is none of an enum', { name: 'a', kind: SECRET }],
    ['a part of no known kind', { name: 'a', parts: [{ kind: SECRET }] }],
    ['a text in the place of an array', { name: 'a', parts: SECRET }],
    ['neither one nor the other', { name: 'a', either: { one: 1, [SECRET]: SECRET } }],
    ['a key that a part does not have', { name: 'a', parts: [{ kind: 'B', count: 1, [SECRET]: SECRET }] }],
    ['a text in the place of everything', SECRET],
  ])('without telling what was written there: %s', (_what, value) => {
    const refusal = refusalOf(value);
    expect(refusal.reason).toBe('INVALID_REQUEST');
    expect(JSON.stringify([refusal.message, refusal.details, refusal.cause])).not.toContain(SECRET);
  });

  it('without telling any number that was written there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000 }), (count) => {
        const { details } = refusalOf({ name: 'a', parts: [{ kind: 'B', count }] });
        expect(details.field).toBe('parts.0.count');
        expect(details.fault).not.toContain(String(count));
      }),
    );
  });
});

function refusalOf(value: unknown, nameOf?: (field: string) => string): Refusal {
  try {
    readBySchema(Schema, value, nameOf);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new RangeError('the value fits its schema');
}
