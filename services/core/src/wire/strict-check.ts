import { isUtf8 } from 'node:buffer';
import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { Refusal } from '../domain/refusal.js';
import { descriptors } from './schema.js';

const DEEPEST = 16;

/** Called with the path of each field that the bytes carry, as `records.name.common_name`. */
type OnField = (path: string) => void;

/**
 * Refuses bytes that carry a field which the message does not name, a text that is not UTF-8, or a broken structure.
 * Decoders let all three pass in silence; here a message carries what its procedure names and nothing else (DATA).
 *
 * @throws Refusal INVALID_REQUEST with the name of the field at fault.
 */
export function checkStrictly(typeName: string, bytes: Uint8Array, onField: OnField = () => {}): void {
  const type = descriptors.getMessage(typeName);
  if (!type) throw new RangeError(`${typeName} is not in the proto files`);
  try {
    checkMessage(type, bytes, '', 0, onField);
  } catch (error) {
    throw error instanceof Refusal ? error : invalid('', 'is not a well-formed message', error);
  }
}

function checkMessage(type: DescMessage, bytes: Uint8Array, path: string, depth: number, onField: OnField): void {
  if (depth > DEEPEST) throw invalid(path, 'is nested too deeply');
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const field = type.fields.find((candidate) => candidate.number === number);
    if (!field) throw invalid(path, `has a field ${number} that the procedure does not name`);
    const here = path ? `${path}.${field.name}` : field.name;
    onField(here);
    checkWireType(field, wireType, here);
    if (wireType === WireType.LengthDelimited) checkDelimited(field, reader.bytes(), here, depth, onField);
    else reader.skip(wireType, number);
  }
}

/** Repeated numbers may come packed. */
function checkWireType(field: DescField, wireType: WireType, path: string): void {
  const delimited = wireType === WireType.LengthDelimited;
  const fits = delimited ? isDelimited(field) || field.fieldKind === 'list' : !isDelimited(field);
  if (!fits) throw invalid(path, 'has the wrong wire type');
}

function isDelimited(field: DescField): boolean {
  return field.message !== undefined || field.scalar === ScalarType.STRING || field.scalar === ScalarType.BYTES;
}

function checkDelimited(field: DescField, bytes: Uint8Array, path: string, depth: number, onField: OnField): void {
  if (field.message) checkMessage(field.message, bytes, path, depth + 1, onField);
  else if (field.scalar === ScalarType.STRING && !isUtf8(bytes)) throw invalid(path, 'is not valid UTF-8');
}

function invalid(field: string, fault: string, cause?: unknown): Refusal {
  return new Refusal('INVALID_REQUEST', { field, fault, cause });
}
