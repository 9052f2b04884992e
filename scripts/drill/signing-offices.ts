import { X509Certificate } from 'node:crypto';
import { callerUri } from '#core/domain/caller.js';
import type { OfficeId } from '#core/domain/office.js';
import { Authority, validFor } from '#core/trust/issue-certificate.js';
import { Statements } from '#core/trust/statements.js';

/** What the offices of drills sign with: certificates that live as long as this process. */
export class SigningOffices {
  private readonly authority = Authority.create('Juki Net drill', validFor(1, new Date()));
  private readonly byOffice = new Map<OfficeId, Statements>();

  of(office: OfficeId): Statements {
    const known = this.byOffice.get(office);
    if (known) return known;
    const statements = this.issue(office);
    this.byOffice.set(office, statements);
    return statements;
  }

  private issue(office: OfficeId): Statements {
    const altNames = [{ type: 6 as const, value: callerUri({ kind: 'office', office }) }];
    const validity = validFor(1, new Date());
    const { key, certificatePem } = this.authority.issue({ commonName: office, altNames, ...validity, serves: true });
    const authority = new X509Certificate(this.authority.certificatePem);
    const trusted = { offices: authority, operators: authority, agencies: authority };
    const pem = Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }).toString());
    return new Statements({ key: pem, certificate: Buffer.from(certificatePem), trusted });
  }
}
