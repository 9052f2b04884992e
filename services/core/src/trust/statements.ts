import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import type { OfficeId } from '../domain/office.js';
import type { SignedStatement } from '../domain/proof.js';
import type { Credentials } from './credentials.js';
import { callerOfCertificate, type TrustedAuthorities } from './peer-identity.js';

/** How signatures are made and checked: ECDSA over SHA-256, r and s. */
export interface Signing {
  sign(bytes: Buffer, key: KeyObject): Promise<Buffer>;
  verify(bytes: Buffer, key: KeyObject, signature: Buffer): Promise<boolean>;
}

const P1363 = { dsaEncoding: 'ieee-p1363' as const };
const signLater = promisify(sign);
const verifyLater = promisify(verify);

/** In threads beside the event loop, which stays free meanwhile. */
const OFF_LOOP: Signing = {
  sign: (bytes, key) => signLater('sha256', bytes, { key, ...P1363 }),
  verify: (bytes, key, signature) => verifyLater('sha256', bytes, { key, ...P1363 }, signature),
};

/** At once, where what comes after what has to be the same each time. */
export const ON_LOOP: Signing = {
  sign: async (bytes, key) => sign('sha256', bytes, { key, ...P1363 }),
  verify: async (bytes, key, signature) => verify('sha256', bytes, { key, ...P1363 }, signature),
};

/** So many certificates of other offices are kept read. */
const MOST_KNOWN = 4096;

/** What an office states under its signature, and what others state to it. */
export class Statements {
  private key: KeyObject;
  private certificate: Buffer;
  private trusted: TrustedAuthorities;
  /** Reading a certificate costs more than holding a signature against it. */
  private readonly known = new Map<string, { office: OfficeId; key: KeyObject }>();

  private readonly signing: Signing;

  constructor(
    { key, certificate, trusted }: Pick<Credentials, 'key' | 'certificate' | 'trusted'>,
    signing: Signing = OFF_LOOP,
  ) {
    this.signing = signing;
    this.key = createPrivateKey(key);
    this.certificate = new X509Certificate(certificate).raw;
    this.trusted = trusted;
  }

  /** From now on it signs with these; what was read under other authorities is read again. */
  renew({ key, certificate, trusted }: Pick<Credentials, 'key' | 'certificate' | 'trusted'>): void {
    this.key = createPrivateKey(key);
    this.certificate = new X509Certificate(certificate).raw;
    this.trusted = trusted;
    this.known.clear();
  }

  /** @param at as the statement itself says it */
  async sign(bytes: Buffer, at: Date): Promise<SignedStatement> {
    // They may be renewed while it signs: what was taken together goes out together.
    const { key, certificate } = this;
    const signature = await this.signing.sign(bytes, key);
    return { at: at.getTime(), signature, certificate };
  }

  /** Undefined where the signature is over other bytes, or its certificate is not that of an office of this network. */
  async officeThatSigned(bytes: Buffer, { signature, certificate }: SignedStatement): Promise<OfficeId | undefined> {
    const signer = this.signerOf(certificate);
    if (!signer) return undefined;
    return (await this.signing.verify(bytes, signer.key, signature)) ? signer.office : undefined;
  }

  private signerOf(certificate: Buffer): { office: OfficeId; key: KeyObject } | undefined {
    const id = certificate.toString('base64');
    const known = this.known.get(id);
    if (known) return known;
    const signer = read(certificate, this.trusted);
    if (!signer) return undefined;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(id, signer);
    return signer;
  }
}

function read(certificate: Buffer, trusted: TrustedAuthorities): { office: OfficeId; key: KeyObject } | undefined {
  try {
    const signing = new X509Certificate(certificate);
    const caller = callerOfCertificate(signing, trusted);
    return caller?.kind === 'office' ? { office: caller.office, key: signing.publicKey } : undefined;
  } catch {
    return undefined;
  }
}
