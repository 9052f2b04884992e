import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { ReflectionService } from '@grpc/reflection';
import { descriptors } from '../wire/schema.js';

/** The network's own names, among those that the proto files define. */
const OURS = /^juki\./;

/**
 * Lets tools such as grpcurl ask a node what it speaks. The library reads files out of a package definition; given
 * the files as buf built them, nothing of their imports is lost.
 */
export function reflection(services: string[]): ReflectionService {
  const files = [...descriptors.files].map((file) => Buffer.from(toBinary(FileDescriptorProtoSchema, file.proto)));
  const definition = { files: { format: 'files', type: {}, fileDescriptorProtos: files } };
  return new ReflectionService(definition as never, { services: services.filter((name) => OURS.test(name)) });
}
