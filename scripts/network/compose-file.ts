import { type OfficeId, type Role, roleOf, slugOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { OfficeEntry } from '#core/network-file.js';

const IMAGE = 'juki-net:local';

/**
 * A network as a Compose file: a container an office, each with its own certificates and its own ledger and no other's,
 * a one-shot service that fills those volumes before any office starts, and one that renews what ends while they run.
 */
export function composeFile(network: Network): string {
  const offices = network.offices.map((entry) => officeService(entry));
  const volumes = ['authorities', 'operators', 'agencies', 'cards', 'clock', ...network.offices.flatMap(volumesOf)];
  return [
    '# Written by `npm run compose` from scripts/network.json; a test holds it to that file.',
    'name: juki-net',
    '',
    'x-office: &office',
    `  image: ${IMAGE}`,
    '  depends_on:',
    '    prepare: { condition: service_completed_successfully }',
    '  init: true',
    '  read_only: true',
    '  cap_drop: [ALL]',
    '  security_opt: ["no-new-privileges:true"]',
    '  restart: unless-stopped',
    '  networks: [line]',
    '  mem_limit: 256m',
    '  healthcheck: &health',
    '    interval: 5s',
    '    timeout: 5s',
    '    retries: 5',
    '    start_period: 20s',
    '',
    'services:',
    prepareService(network),
    renewService(network),
    ...offices,
    jukiService(),
    agencyService(),
    'networks:',
    '  line: {}',
    '',
    'volumes:',
    ...volumes.map((volume) => `  ${volume}: {}`),
    '',
  ].join('\n');
}

function prepareService(network: Network): string {
  const mounts = network.offices.flatMap((entry) => mountsOf(entry, ''));
  return `  prepare:
    image: ${IMAGE}
    build: { context: ., dockerfile: services/Dockerfile }
    command: [node, scripts/dist/prepare.js]
    init: true
    read_only: true
    cap_drop: [ALL]
    network_mode: none
    volumes:
      - authorities:/state/certs/ca
      - operators:/state/certs/operators
      - agencies:/state/certs/agencies
      - cards:/state/cards
      - clock:/state/clock
${mounts.map((mount) => `      - ${mount}`).join('\n')}
`;
}

/** It has the authorities' keys, so it is on no network; and it sees no ledger. */
function renewService(network: Network): string {
  const mounts = network.offices.map(({ office }) => `certs-${slugOf(office)}:/state/certs/${slugOf(office)}`);
  const certs = ['scripts/network.json', '/state/certs', '--every', `"\${JUKI_RENEW_HOURS:-12}"`];
  return `  # docker compose exec renew node scripts/dist/make-certificates.js scripts/network.json /state/certs --help
  renew:
    image: ${IMAGE}
    command:
      [node, scripts/dist/make-certificates.js, ${certs.join(', ')}]
    depends_on:
      prepare: { condition: service_completed_successfully }
    init: true
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    restart: unless-stopped
    network_mode: none
    mem_limit: 256m
    volumes:
      - authorities:/state/certs/ca
      - operators:/state/certs/operators
      - agencies:/state/certs/agencies
${mounts.map((mount) => `      - ${mount}`).join('\n')}
`;
}

function officeService(entry: OfficeEntry): string {
  const { office, host, grpcPort, httpPort } = entry;
  const role = roleOf(office);
  const cards = role === 'municipality' ? ['cards:/state/cards'] : [];
  const mounts = [...mountsOf(entry, ':ro'), 'clock:/state/clock:ro', ...cards];
  return `  ${host}:
    <<: *office
${role === 'national' ? MORE_MEMORY : ''}    command: [node, ${nodeFlags(role).join(', ')}, services/${role}/dist/main.js]
    environment:
      JUKI_OFFICE: ${office}
    ports: ["127.0.0.1:${grpcPort}:${grpcPort}", "127.0.0.1:${httpPort}:${httpPort}"]
    volumes:
${mounts.map((mount) => `      - ${mount}`).join('\n')}
    healthcheck:
      <<: *health
      test: [CMD, node, scripts/dist/check-health.js, ${office}, "${httpPort}"]
`;
}

/** The heap that its flags allow, and what is beside it. */
const MORE_MEMORY = '    mem_limit: 1536m\n';

/**
 * For a small process: a young generation that is collected often instead of one that grows. The centre answers for
 * everybody, and there is one of it.
 */
export function nodeFlags(role: Role): string[] {
  return role === 'national'
    ? ['--max-semi-space-size=32', '--max-old-space-size=1024']
    : ['--max-semi-space-size=2', '--max-old-space-size=96'];
}

/** The cards are not read-only: each counts the tries of its PIN. */
function jukiService(): string {
  return `  # docker compose run --rm juki health
  juki:
    image: ${IMAGE}
    entrypoint: [node, scripts/dist/juki.js]
    profiles: [tools]
    init: true
    read_only: true
    cap_drop: [ALL]
    networks: [line]
    volumes:
      - operators:/state/certs/operators
`;
}

/** It has an agency's certificate and no operator's card. */
function agencyService(): string {
  return `  # docker compose run --rm agency purposes
  agency:
    image: ${IMAGE}
    entrypoint: [node, scripts/dist/agency.js]
    profiles: [tools]
    init: true
    read_only: true
    cap_drop: [ALL]
    networks: [line]
    volumes:
      - agencies:/state/certs/agencies:ro
`;
}

/** An office sees its own certificates, which it may not change, and its own ledger. */
function mountsOf({ office }: OfficeEntry, certsMode: string): string[] {
  const slug = slugOf(office);
  return [`certs-${slug}:/state/certs/${slug}${certsMode}`, `ledger-${slug}:/state/data/${slug}`];
}

function volumesOf({ office }: { office: OfficeId }): string[] {
  return [`certs-${slugOf(office)}`, `ledger-${slugOf(office)}`];
}
