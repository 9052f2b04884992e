import type { SeededMunicipality } from '#scripts/seed/residents.js';

/**
 * What of anybody of the seed stands in the technical log: names as written and without their space, readings,
 * codes, birth dates, addresses, card numbers. Bytes that were logged as bytes are read as text.
 */
export function personalDataIn(logLines: string[], people: SeededMunicipality[]): string[] {
  const text = logLines.map((line) => `${line}\n${bytesIn(JSON.parse(line)).join('\n')}`).join('\n');
  const persons = people.flatMap(({ records, cards }) => [
    ...records.flatMap(({ name, commonName, nameReading, residentRecordCode, birthDate, address, previousAddress }) =>
      [name, commonName, nameReading, residentRecordCode, birthDate, address, previousAddress].filter(
        (value) => value !== null,
      ),
    ),
    ...cards.map(({ cardNumber }) => cardNumber),
  ]);
  const spellings = new Set(persons.flatMap((value) => [value, value.replace(' ', '')]));
  return [...spellings].filter((value) => text.includes(value));
}

export function bytesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, data } = value as { type?: unknown; data?: unknown };
  if (type === 'Buffer' && Array.isArray(data)) return [Buffer.from(data).toString()];
  return Object.values(value).flatMap(bytesIn);
}
