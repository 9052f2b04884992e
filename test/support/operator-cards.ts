import { type KeyObject, X509Certificate } from 'node:crypto';
import { type Caller, callerUri } from '#core/domain/caller.js';
import type { OpenCard } from '#core/operators/operator-card.js';
import { Authority, validFor } from '#core/trust/issue-certificate.js';

const VALIDITY = validFor(1, new Date());

/** Three authorities, and what they issue. */
export class Cards {
  private readonly authorities = {
    offices: Authority.create('Offices', VALIDITY),
    operators: Authority.create('Operators', VALIDITY),
    agencies: Authority.create('Agencies', VALIDITY),
  };
  readonly trusted = {
    offices: new X509Certificate(this.authorities.offices.certificatePem),
    operators: new X509Certificate(this.authorities.operators.certificatePem),
    agencies: new X509Certificate(this.authorities.agencies.certificatePem),
  };

  /** A certificate that names a caller, and its key. */
  of(caller: Caller, by: 'offices' | 'operators' = caller.kind === 'office' ? 'offices' : 'operators'): OpenCard {
    const altNames = [{ type: 6 as const, value: callerUri(caller) }];
    const { key, certificatePem } = this.authorities[by].issue({
      ...{ ...VALIDITY, commonName: 'test', altNames, serves: false },
    });
    return { key, certificate: certificatePem };
  }

  /** Another certificate of an operator's for the key that they have. @returns PEM */
  renewed(caller: Caller, key: KeyObject): string {
    const altNames = [{ type: 6 as const, value: callerUri(caller) }];
    return this.authorities.operators.certify(key, { ...VALIDITY, commonName: 'test', altNames, serves: false });
  }
}
