import type { z } from 'zod';
import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { PersonAskedForSchema } from '#core/domain/provision/inquiry-schema.js';
import { schemaFault } from '#core/domain/schema-fault.js';

/** A line of a file of people that can not be asked about: which, and why; never anything of what stands in it. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
  readonly line: number;

  /** @param line from 1 on */
  constructor(line: number, fault: string) {
    super(`line ${line} ${fault}`);
    this.line = line;
  }
}

/** Whom a line of a file asks for: JSON in UTF-8, of the shape of `PersonAskedFor`. @throws BadLine */
export function personIn(bytes: Uint8Array, line: number): PersonAskedFor {
  const value = jsonIn(bytes, line);
  const { success, data, error } = PersonAskedForSchema.safeParse(value);
  if (success) return data;
  throw new BadLine(line, faultIn(error.issues[0], isByItems(value) ? 1 : 0));
}

/** @param way by which of the two keys the line seems to ask: of it, the nearest fault is told */
function faultIn(issue: z.core.$ZodIssue | undefined, way: number): string {
  const nearest = issue?.code === 'invalid_union' ? (issue.errors[way]?.[0] ?? issue) : issue;
  const isAsWhole = issue?.code === 'invalid_union' && nearest?.path.length === 0;
  if (!nearest || isAsWhole) return issue?.message ?? 'is of nobody';
  const { code, path, message } = nearest;
  const { field, fault } = schemaFault({ code, path: path.map(String), message });
  return `can not be asked about: ${[field, fault].filter(Boolean).join(' ')}`;
}

function jsonIn(bytes: Uint8Array, line: number): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // What a parser says repeats what it could not read.
    throw new BadLine(line, 'is no JSON in UTF-8');
  }
}

function isByItems(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'fourItems' in value;
}
