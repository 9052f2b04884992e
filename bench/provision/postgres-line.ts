import { Authority, type KeyAndCertificate, validFor } from '#core/trust/issue-certificate.js';

const FOLDER = '/etc/juki';
/** The image makes this user; a certificate has to name whom it lets in. */
const USER = 'postgres';

/** Nobody gets in over the line without a certificate; in the container itself, the image sets up over a socket. */
const ACCESS = `local all all trust
hostssl all all 127.0.0.1/32 cert
`;

/** What the database is told, besides its defaults: with them, a commit is on the disk before it is answered. */
export const SETTINGS = [
  ...['ssl=on', 'ssl_min_protocol_version=TLSv1.3', `hba_file=${FOLDER}/pg_hba.conf`],
  ...[`ssl_ca_file=${FOLDER}/ca.pem`, `ssl_cert_file=${FOLDER}/server.pem`, `ssl_key_file=${FOLDER}/server.key`],
];

/** How a client in the container reaches it. */
export const CLIENT_ENVIRONMENT = {
  ...{ PGHOST: '127.0.0.1', PGUSER: USER, PGDATABASE: USER, PGSSLMODE: 'verify-full' },
  ...{ PGSSLROOTCERT: `${FOLDER}/ca.pem`, PGSSLCERT: `${FOLDER}/client.pem`, PGSSLKEY: `${FOLDER}/client.key` },
};

/** Both ends' certificates, of an authority that nobody else knows, as files of the container. */
export function lineFiles(now: Date): { content: string; target: string; mode: number }[] {
  const validity = validFor(1, now);
  const authority = Authority.create('a measurement', validity);
  const address = { type: 7, ip: '127.0.0.1' } as const;
  const server = authority.issue({ ...validity, commonName: 'server', altNames: [address], serves: true });
  const client = authority.issue({ ...validity, commonName: USER, altNames: [], serves: false });
  return [
    file('pg_hba.conf', ACCESS),
    file('ca.pem', authority.certificatePem),
    file('server.pem', server.certificatePem),
    file('client.pem', client.certificatePem),
    file('server.key', keyPem(server), 0o600),
    file('client.key', keyPem(client), 0o600),
  ];
}

/** The files belong to root, and so does the client; the server has its key made its own before it starts. */
export const OWN_SERVER_KEY = `chown ${USER} ${FOLDER}/server.key`;

function file(name: string, content: string, mode = 0o644) {
  return { target: `${FOLDER}/${name}`, content, mode };
}

function keyPem({ key }: KeyAndCertificate): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
