import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRegistry, type FileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import {
  loadSync,
  type MessageTypeDefinition,
  type PackageDefinition,
  type ServiceDefinition,
} from '@grpc/proto-loader';

const PROTO = join(import.meta.dirname, '../../../../proto');
const IMAGE = join(import.meta.dirname, '../../dist/juki.binpb');

/** The proto files as descriptors, for strict decoding and for reflection. */
export const descriptors: FileRegistry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(IMAGE)));

const FILES = [...descriptors.files]
  .map((file) => file.proto.name)
  .filter((name) => !name.startsWith('google/protobuf/'));

/** The same files as codecs. As the generated types have it: `npm run build:proto` passes the same to the generator. */
const definitions: PackageDefinition = loadSync(FILES, {
  includeDirs: [PROTO],
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
});

/** A service by its full name, typed by its generated definition: `service<IdentityServiceDefinition>('juki…')`. */
export function service<Definition>(name: string): Definition {
  return definition(name, (found) => !('format' in found)) as unknown as Definition;
}

/** A message by its full name, for what travels outside of calls. */
export function message<Input extends object, Output>(name: string): MessageTypeDefinition<Input, Output & object> {
  const found = definition(name, (candidate) => 'serialize' in candidate);
  return found as unknown as MessageTypeDefinition<Input, Output & object>;
}

function definition(name: string, fits: (found: object) => boolean): ServiceDefinition | object {
  const found = definitions[name];
  if (!found || !fits(found)) throw new RangeError(`${name} is not in the proto files`);
  return found;
}
