import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { ReflectionService } from '@grpc/reflection';
import { descriptors } from '../wire/schema.js';

/** The network's own names, among those that the proto files define. */
const OURS = /^juki\./;

/** By what they name. They only answer, and take longer to make than all the rest of a node: offices of a kind share one. */
const made = new Map<string, ReflectionService>();

/** Lets tools such as grpcurl ask a node what it speaks. */
export function reflection(services: string[]): ReflectionService {
  const ours = services.filter((name) => OURS.test(name));
  const key = ours.join(' ');
  const found = made.get(key) ?? reflectionOf(ours);
  made.set(key, found);
  return found;
}

/**
 * The library reads files out of a package definition; given the files as buf built them, nothing of their imports is
 * lost.
 */
function reflectionOf(services: string[]): ReflectionService {
  const files = [...descriptors.files].map((file) => Buffer.from(toBinary(FileDescriptorProtoSchema, file.proto)));
  const definition = { files: { format: 'files', type: {}, fileDescriptorProtos: files } };
  return new ReflectionService(definition as never, { services });
}
