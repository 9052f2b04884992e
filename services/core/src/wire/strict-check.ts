import { isUtf8 } from 'node:buffer';
import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { Refusal } from '../domain/refusal.js';
import { descriptors } from './schema.js';

const DEEPEST = 16;

/** Called with the path of each field that the bytes carry, as `records.name.common_name`. */
type OnField = (path: string) => void;

/** Where in the message the walk is. */
interface Place {
  path: string;
  depth: number;
  onField: OnField;
}

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
    checkMessage(type, bytes, { path: '', depth: 0, onField });
  } catch (error) {
    throw error instanceof Refusal ? error : invalid('', 'is not a well-formed message', error);
  }
}

function checkMessage(type: DescMessage, bytes: Uint8Array, place: Place): void {
  if (place.depth > DEEPEST) throw invalid(place.path, 'is nested too deeply');
  const reader = new BinaryReader(bytes);
  const once = new Set<string>();
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const field = type.fields.find((candidate) => candidate.number === number);
    if (!field) throw invalid(place.path, `has a field ${number} that the procedure does not name`);
    const path = place.path ? `${place.path}.${field.name}` : field.name;
    place.onField(path);
    checkOnce(field, once, path);
    checkField(field, wireType, reader, { ...place, path });
  }
}

/** Where a field, or a choice among fields, stands twice, decoders silently take one of them. */
function checkOnce(field: DescField, once: Set<string>, path: string): void {
  if (field.fieldKind === 'list') return;
  const name = field.oneof?.name ?? field.name;
  if (once.has(name)) throw invalid(path, 'is stated twice');
  once.add(name);
}

function checkField(field: DescField, wireType: WireType, reader: BinaryReader, place: Place): void {
  const expected = wireTypeOf(field);
  const isPacked = field.fieldKind === 'list' && wireType === WireType.LengthDelimited;
  if (wireType !== expected && !isPacked) throw invalid(place.path, 'has the wrong wire type');
  if (expected === WireType.LengthDelimited) checkDelimited(field, reader.bytes(), place);
  else if (isPacked) checkPacked(reader.bytes(), expected);
  else readNumber(reader, expected);
}

function checkDelimited(field: DescField, bytes: Uint8Array, place: Place): void {
  if (field.message) checkMessage(field.message, bytes, { ...place, depth: place.depth + 1 });
  else if (field.scalar === ScalarType.STRING && !isUtf8(bytes)) throw invalid(place.path, 'is not valid UTF-8');
}

/** Repeated numbers may come in one piece; each has to end within it. */
function checkPacked(bytes: Uint8Array, wireType: WireType): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) readNumber(reader, wireType);
}

/** Reads past a number. The reader throws where it has no end, or a longer form than any number needs. */
function readNumber(reader: BinaryReader, wireType: WireType): void {
  if (wireType === WireType.Varint) reader.uint64();
  else if (wireType === WireType.Bit32) reader.fixed32();
  else reader.fixed64();
}

function wireTypeOf({ message, scalar }: DescField): WireType {
  if (message) return WireType.LengthDelimited;
  return scalar === undefined ? WireType.Varint : (OF_SCALAR.get(scalar) ?? WireType.Varint);
}

const OF_SCALAR = new Map([
  [ScalarType.STRING, WireType.LengthDelimited],
  [ScalarType.BYTES, WireType.LengthDelimited],
  [ScalarType.FIXED32, WireType.Bit32],
  [ScalarType.SFIXED32, WireType.Bit32],
  [ScalarType.FLOAT, WireType.Bit32],
  [ScalarType.FIXED64, WireType.Bit64],
  [ScalarType.SFIXED64, WireType.Bit64],
  [ScalarType.DOUBLE, WireType.Bit64],
]);

function invalid(field: string, fault: string, cause?: unknown): Refusal {
  return new Refusal('INVALID_REQUEST', { field, fault, cause });
}
