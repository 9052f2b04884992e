import { type KeyObject, X509Certificate } from 'node:crypto';
import { type Caller, callerUri } from '#core/domain/caller.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Credentials } from '#core/trust/credentials.js';
import { Authority, validFor } from '#core/trust/issue-certificate.js';
import type { RevocationList } from '#core/trust/revocation-list.js';
import { Statements } from '#core/trust/statements.js';

/** The one operator of an office in a drill. */
const OPERATOR = 'counter-1';

/** What an operator signs with, and what shows who they are. */
export interface OperatorCard {
  operator: string;
  key: KeyObject;
  /** DER. */
  certificate: Buffer;
}

/** What the offices of drills sign with: certificates that live as long as this process. */
export class SigningOffices {
  private readonly authority = Authority.create('Juki Net drill', validFor(1, new Date()));
  private readonly byOffice = new Map<OfficeId, { credentials: Credentials; statements: Statements }>();
  private readonly operators = new Map<OfficeId, OperatorCard>();

  of(office: OfficeId): Statements {
    return this.signing(office).statements;
  }

  credentialsOf(office: OfficeId): Credentials {
    return this.signing(office).credentials;
  }

  operatorOf(office: OfficeId): OperatorCard {
    const known = this.operators.get(office);
    if (known) return known;
    const { key, certificate } = this.issue({ kind: 'operator', office, name: OPERATOR }, false);
    const card = { operator: OPERATOR, key, certificate: new X509Certificate(certificate).raw };
    this.operators.set(office, card);
    return card;
  }

  private signing(office: OfficeId): { credentials: Credentials; statements: Statements } {
    const known = this.byOffice.get(office);
    if (known) return known;
    const { key, certificate } = this.issue({ kind: 'office', office }, true);
    const authority = new X509Certificate(this.authority.certificatePem);
    const pem = Buffer.from(this.authority.certificatePem);
    const credentials: Credentials = {
      ...{ key: Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }).toString()), certificate },
      ...{ officesAuthority: pem, authorities: [pem] },
      trusted: { offices: authority, operators: authority, agencies: authority },
      lists: { offices: NOTHING_REVOKED, operators: NOTHING_REVOKED, agencies: NOTHING_REVOKED },
    };
    const made = { credentials, statements: new Statements(credentials) };
    this.byOffice.set(office, made);
    return made;
  }

  private issue(caller: Caller, serves: boolean): { key: KeyObject; certificate: Buffer } {
    const altNames = [{ type: 6 as const, value: callerUri(caller) }];
    const commonName = caller.kind === 'office' ? caller.office : OPERATOR;
    const { key, certificatePem } = this.authority.issue({ commonName, altNames, ...validFor(1, new Date()), serves });
    return { key, certificate: Buffer.from(certificatePem) };
  }
}

const NOTHING_REVOKED: RevocationList = {
  ...{ number: 1, issuedAt: new Date(0), renewBy: new Date(8.64e15), revoked: new Map(), keyKept: new Set() },
};
