import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority, validFor } from '#core/trust/issue-certificate.js';
import type { Authorities } from '#scripts/certificates/ensure-certificates.js';
import type { Identity } from './raw-line.js';

const DAY = 86_400_000;

type AltNames = Parameters<Authority['issue']>[0]['altNames'];

interface Wish {
  /** Whom the certificate is issued by: one of the network's authorities, or a stranger. */
  by?: keyof Authorities | Authority;
  /** The alternative names; a text is a URI. */
  names: (string | AltNames[number])[];
  validity?: { notBefore: Date; notAfter: Date };
}

/** Certificates by a network's own authorities, those that must fail among them. */
export class TestPki {
  private readonly certs: string;
  readonly officesAuthority: string;

  constructor(certs: string) {
    this.certs = certs;
    this.officesAuthority = this.authority('offices').certificatePem;
  }

  issue({ by = 'offices', names, validity = validFor(1, new Date()) }: Wish): Required<Identity> {
    const authority = typeof by === 'string' ? this.authority(by) : by;
    const altNames = names.map((name) => (typeof name === 'string' ? { type: 6 as const, value: name } : name));
    const { key, certificatePem } = authority.issue({ commonName: 'test', altNames, ...validity, serves: true });
    return { ca: this.officesAuthority, cert: certificatePem, key: keyPem(key) };
  }

  private authority(kind: keyof Authorities): Authority {
    const read = (file: string) => readFileSync(join(this.certs, 'ca', kind, file), 'utf8');
    const pem = read('certificate.pem');
    const commonName = /^CN=(.*)$/m.exec(new X509Certificate(pem).subject)?.[1] ?? '';
    return new Authority(commonName, createPrivateKey(read('key.pem')), pem);
  }
}

/** An authority that is named as the network's own is, and is another. */
export function strangeAuthority(): Authority {
  return Authority.create('Juki Net offices', validFor(1, new Date()));
}

export const EXPIRED = { notBefore: new Date(Date.now() - 3 * DAY), notAfter: new Date(Date.now() - DAY) };
export const NOT_YET_VALID = { notBefore: new Date(Date.now() + DAY), notAfter: new Date(Date.now() + 3 * DAY) };

function keyPem(key: ReturnType<Authority['issue']>['key']): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
