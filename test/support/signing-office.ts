import { X509Certificate } from 'node:crypto';
import { Authority, validFor } from '#core/trust/issue-certificate.js';
import { type Signing, Statements } from '#core/trust/statements.js';

const VALIDITY = validFor(1, new Date());

/** The three authorities of a network of a test's own, and what its offices sign with. */
export class SigningNetwork {
  private readonly authorities = {
    offices: Authority.create('Offices', VALIDITY),
    operators: Authority.create('Operators', VALIDITY),
    agencies: Authority.create('Agencies', VALIDITY),
  };

  /** @param uri `juki://municipality/131059`, or any other that a certificate is to name */
  credentials(uri: string, by: keyof typeof this.authorities = 'offices') {
    const altNames = [{ type: 6 as const, value: uri }];
    const { key, certificatePem } = this.authorities[by].issue({
      ...{ commonName: 'test', altNames, ...VALIDITY, serves: true },
    });
    const { offices, operators, agencies } = this.authorities;
    return {
      key: Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }).toString()),
      certificate: Buffer.from(certificatePem),
      trusted: {
        offices: new X509Certificate(offices.certificatePem),
        operators: new X509Certificate(operators.certificatePem),
        agencies: new X509Certificate(agencies.certificatePem),
      },
    };
  }

  signs(office: string, signing?: Signing): Statements {
    return new Statements(this.credentials(`juki://${office}`), signing);
  }
}
