import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromBinary } from '@bufbuild/protobuf';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { type FileDescriptorProto, FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessPolicy } from '#core/domain/access-policy.js';
import type { OfficeId } from '#core/domain/office.js';
import { CheckHealth } from '#scripts/operator/procedures.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { https, RawLine } from '../support/raw-line.js';
import { openedCard, operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   an operator’s tools (buf curl, grpcurl) ──▶ any office: what do you speak, and are you well?
 */
const REFLECTION = ['v1', 'v1alpha'].map(
  (version) => `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
);
const LIBRARY = [
  'grpc.health.v1.Health',
  'grpc.reflection.v1.ServerReflection',
  'grpc.reflection.v1alpha.ServerReflection',
];
/** What changes climb to. */
const ABOVE = [
  'juki.audit.v1.AccessGatheringService',
  'juki.card.v1.CardStatusService',
  ...['ChangeHistory', 'Consistency', 'Discrepancy', 'Propagation', 'Sync'].map(
    (name) => `juki.propagation.v1.${name}Service`,
  ),
];
const OPERATOR_SIGN_IN = 'juki.operator.v1.SignInService';
const EVERYWHERE = [
  'juki.audit.v1.AlarmService',
  'juki.audit.v1.DisclosureService',
  'juki.audit.v1.AuditService',
  'juki.audit.v1.ReportService',
  'juki.directory.v1.DirectoryService',
];
const STANDING = 'juki.directory.v1.StandingService';

const SERVED: [OfficeId, string[]][] = [
  [
    SHINJUKU,
    [
      'juki.issuance.v1.IssuanceCounterService',
      'juki.issuance.v1.WideAreaIssuanceService',
      'juki.audit.v1.AccessReportService',
      'juki.audit.v1.AccessService',
      ...EVERYWHERE,
      'juki.card.v1.CardService',
      'juki.directory.v1.OwnLineService',
      OPERATOR_SIGN_IN,
      'juki.propagation.v1.ConsistencyCheckService',
      'juki.propagation.v1.DiscrepancyService',
      'juki.propagation.v1.SyncService',
      'juki.provision.v1.ProvisionCounterService',
      'juki.register.v1.ExOfficioService',
      'juki.register.v1.FamilyRegisterNoticeService',
      'juki.register.v1.FamilyRegisterService',
      'juki.register.v1.NotificationService',
      'juki.register.v1.OfficerNoticeService',
      'juki.register.v1.ProtectiveMeasureService',
      'juki.register.v1.RegisterService',
      'juki.transfer.v1.MoveOutCertificateService',
      'juki.transfer.v1.SpecialMoveService',
    ],
  ],
  [
    TOKYO,
    [
      ...EVERYWHERE,
      STANDING,
      'juki.audit.v1.AccessService',
      'juki.identity.v1.IdentityService',
      OPERATOR_SIGN_IN,
      ...ABOVE,
      'juki.provision.v1.GovernorProvisionService',
      'juki.provision.v1.ProvisionCounterService',
      'juki.transfer.v1.MoveOutConfirmationService',
    ],
  ],
  [
    NATIONAL,
    [
      ...EVERYWHERE,
      STANDING,
      'juki.directory.v1.ParticipationService',
      'juki.directory.v1.EmergencyService',
      'juki.allotment.v1.AllotmentService',
      'juki.card.v1.CardCheckService',
      'juki.identity.v1.IdentityService',
      OPERATOR_SIGN_IN,
      ...ABOVE,
      ...['AgencyProvision', 'AgencyRegistry', 'BatchApproval', 'BatchProvision'].map(
        (name) => `juki.provision.v1.${name}Service`,
      ),
    ],
  ],
];

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, TOKYO, NATIONAL] });
});
afterAll(() => network.remove());

/** One call at an office, by its own operator. */
async function ask(office: OfficeId, path: string, message: Uint8Array) {
  const line = new RawLine(network.node(office).grpcPort, operatorOf(network, office));
  const reply = await line.call(path, message, { untilFirstMessage: true });
  line.close();
  return reply;
}

/** A text in a field of a message, as reflection and health questions are. */
function text(field: number, value: string): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2, Buffer.byteLength(value)]), Buffer.from(value)]);
}

/** The values of a delimited field of a message. */
function fieldsOf(message: Uint8Array, wanted: number): Uint8Array[] {
  const reader = new BinaryReader(message);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === wanted) found.push(reader.bytes());
    else reader.skip(type, field);
  }
  return found;
}

async function listedServices(office: OfficeId, path: string): Promise<string[]> {
  const { messages } = await ask(office, path, text(7, '*'));
  const [list = Buffer.alloc(0)] = fieldsOf(messages[0] ?? Buffer.alloc(0), 6);
  return fieldsOf(list, 1).flatMap((service) => fieldsOf(service, 1).map((name) => Buffer.from(name).toString()));
}

async function filesWith(office: OfficeId, path: string, symbol: string): Promise<FileDescriptorProto[]> {
  const { messages } = await ask(office, path, text(4, symbol));
  const [list = Buffer.alloc(0)] = fieldsOf(messages[0] ?? Buffer.alloc(0), 4);
  return fieldsOf(list, 1).map((file) => fromBinary(FileDescriptorProtoSchema, file));
}

function healthOf(bytes: Buffer | undefined): string {
  return CheckHealth.decodeResponse(bytes ?? Buffer.alloc(0)).status;
}

describe.each(SERVED)('The health of %s', (office, services) => {
  it('is SERVING as a whole, and for each of its services', async () => {
    const names = ['', ...services];
    const replies = await Promise.all(names.map((name) => ask(office, CheckHealth.path, text(1, name))));
    expect(replies.map(({ messages }) => healthOf(messages[0]))).toEqual(names.map(() => 'SERVING'));
  });

  it('is not known of a service that it does not offer', async () => {
    const reply = await ask(office, CheckHealth.path, text(1, 'juki.register.v2.RegisterService'));
    expect({ code: reply.code, messages: reply.messages }).toEqual({ code: 5, messages: [] });
  });

  it('can be watched, and is told at once', async () => {
    const { messages } = await ask(office, '/grpc.health.v1.Health/Watch', text(1, services[0] ?? ''));
    expect(healthOf(messages[0])).toBe('SERVING');
  });

  it('is told over HTTPS too, with the name of the office', async () => {
    const reply = await https(network.node(office).httpPort, operatorOf(network, office), { path: '/health' });
    expect(JSON.parse(reply.text)).toMatchObject({ status: 'SERVING', office, warnings: [] });
  });

  it('leaves no entry in the log, since it tells nothing of any person', async () => {
    const { entries } = await network.watch(async () => {
      await ask(office, CheckHealth.path, Buffer.alloc(0));
      await https(network.node(office).httpPort, operatorOf(network, office), { path: '/health' });
    });
    expect(entries(office)).toEqual([]);
  });
});

describe.each(SERVED)('Reflection at %s', (office, services) => {
  it.each(REFLECTION)('lists the services that are offered there, and no other of ours, at %s', async (path) => {
    const listed = await listedServices(office, path);
    expect(listed.filter((name) => name.startsWith('juki.')).sort()).toEqual(services.toSorted());
    expect(listed.filter((name) => !name.startsWith('juki.') && !LIBRARY.includes(name))).toEqual([]);
  });

  it.each(REFLECTION)('hands out each service with every file that it imports, at %s', async (path) => {
    for (const service of services) {
      const files = await filesWith(office, path, service);
      const names = new Set(files.map(({ name }) => name));
      const missing = files.flatMap(({ dependency }) => dependency.filter((file) => !names.has(file)));
      expect(files[0]?.service.map(({ name }) => `${files[0]?.package}.${name}`)).toContain(service);
      expect(missing).toEqual([]);
    }
  });
});

describe('The API in words', () => {
  it('describes every route for people of the access policy at a municipality, of a prefecture beside health, reports and sign-in what it asks others for, and of the centre nothing', async () => {
    const pathsAt = async (office: OfficeId) => {
      const { httpPort } = network.node(office);
      const { text: body } = await https(httpPort, operatorOf(network, office), { path: '/openapi.json' });
      return Object.keys((JSON.parse(body) as { paths: object }).paths).sort();
    };
    const paths = accessPolicy.flatMap(({ method }) => /^(?:GET|POST) (.+)$/.exec(method)?.[1] ?? []);
    const routes = paths.map((path) => path.replace(/:(\w+)/g, '{$1}'));
    const undescribed = ['/openapi.json', '/metrics', '/self-service'];
    expect(await pathsAt(SHINJUKU)).toEqual(routes.filter((path) => !undescribed.includes(path)).sort());
    const everywhere = ['/health', '/reports/{kind}', '/sign-in', '/sign-in/challenge', '/sign-out'];
    expect(await pathsAt(TOKYO)).toEqual([...everywhere, '/provision-purposes', '/provisions'].sort());
    expect(await pathsAt(NATIONAL)).toEqual(everywhere);
  });
});

describe('buf curl, as README shows it, with the operator’s certificate', () => {
  const curl = (office: OfficeId, path: string, ...more: string[]) => curlAs(office, office, path, ...more);
  const curlAs = async (operatorsOffice: OfficeId, office: OfficeId, path: string, ...more: string[]) => {
    const folder = openedCard(network, operatorsOffice);
    const file = (name: string) => join(folder, name);
    const shown = Object.entries(operatorOf(network, operatorsOffice).shows(path)).flatMap(([key, value]) => [
      ...['-H', `${key}: ${value}`],
    ]);
    const tls = ['--cacert', file('offices-ca.pem'), '--cert', file('certificate.pem'), '--key', file('key.pem')];
    const url = `https://localhost:${network.node(office).grpcPort}${path}`;
    const buf = join(process.cwd(), 'node_modules/.bin/buf');
    return promisify(execFile)(buf, ['curl', '--protocol', 'grpc', ...tls, ...shown, ...more, url], {
      timeout: 15_000,
    });
  };

  it('lists the methods of Shinjuku', async () => {
    const { stdout } = await curl(SHINJUKU, '', '--list-methods');
    expect(stdout.split('\n')).toContain('juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy');
  });

  it('issues a copy of a record of Bunkyo in Shinjuku, without a proto file at hand', async () => {
    const { record, card } = new Town(network.people, BUNKYO).cardHolder;
    const { cardNumber, pin } = card;
    const application = { homeMunicipality: '131059', card: { cardNumber, pin }, items: [4] };
    const method = '/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy';
    const { stdout } = await curl(SHINJUKU, method, '-d', JSON.stringify(application));
    const copy = JSON.parse(stdout);
    expect(copy.records).toMatchObject([
      { name: { name: record.name }, household: { relationship: record.relationship } },
    ]);
    expect(copy).toMatchObject({ issuingMunicipality: '131041', homeMunicipality: '131059', feeYen: 300 });
  });

  it('shows the reason of a refusal', async () => {
    const { card } = new Town(network.people, BUNKYO).holderOfExpiredCard;
    const application = { homeMunicipality: '131059', card: { cardNumber: card.cardNumber, pin: card.pin } };
    const method = '/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy';
    const refused: { stderr: string } = await curl(SHINJUKU, method, '-d', JSON.stringify(application)).catch(
      (error) => error,
    );
    const { code, message, details } = JSON.parse(refused.stderr);
    expect({ code, message }).toEqual({ code: 'permission_denied', message: 'The card cannot be used' });
    expect(Buffer.from(details[0].value, 'base64').toString()).toContain('CARD_INVALID');
  });

  it('is turned away with the certificate of another office’s operator', async () => {
    const method = '/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy';
    const call = () => curlAs(TOKYO, SHINJUKU, method, '--schema', 'proto', '-d', '{}').catch((error) => error);
    const { reply, entries } = await network.watch(call);
    expect(JSON.parse(reply.stderr)).toMatchObject({ code: 'permission_denied' });
    expect(entries(SHINJUKU)).toMatchObject([{ outcome: 'ACCESS_DENIED', procedure: method }]);
  });
});
