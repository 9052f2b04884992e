import { type DescMessage, fromJsonString, toBinary } from '@bufbuild/protobuf';
import { Command, InvalidArgumentError } from 'commander';
import { descriptors } from '#core/wire/schema.js';
import { asAgency } from './place.js';

/** agency sign: what other tools need to ask a question themselves. */
export function signCommand(): Command {
  return new Command('sign')
    .description('prove one question for another tool: prints the headers that go with it, as arguments of a shell')
    .requiredOption('--procedure <method>', '/juki.provision.v1.AgencyProvisionService/ProvideToAgency', methodOf)
    .requiredOption('-d, --data <json>', 'the very request that the tool will send')
    .action(({ procedure, data }: { procedure: Method; data: string }, command: Command) =>
      asAgency(command, undefined, async (agency) => {
        const headers = await agency.sign(procedure.path, bytesOf(procedure.input, data));
        const lines = Object.entries(headers).map(([key, value]) => `-H '${key}: ${textOf(value)}'`);
        console.log(lines.join(' '));
      }),
    );
}

interface Method {
  path: string;
  input: DescMessage;
}

function methodOf(path: string): Method {
  const [, service = '', name = ''] = /^\/?([^/]+)\/([^/]+)$/.exec(path) ?? [];
  const method = descriptors.getService(service)?.methods.find((one) => one.name === name);
  if (method?.methodKind !== 'unary') throw new InvalidArgumentError('no procedure with one question');
  return { path: `/${service}/${name}`, input: method.input };
}

/** As these tools encode it: the fields by their numbers, nothing of what has its default. */
function bytesOf(type: DescMessage, json: string): Uint8Array {
  try {
    return toBinary(type, fromJsonString(type, json, { registry: descriptors }));
  } catch (cause) {
    // What a parser says repeats what it could not read.
    throw new Error(`the data is no JSON of ${type.typeName}`, { cause });
  }
}

function textOf(value: string | Buffer): string {
  return typeof value === 'string' ? value : value.toString('base64');
}
