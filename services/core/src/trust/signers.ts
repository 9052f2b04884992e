import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Caller } from '../domain/caller.js';
import type { CertifiedNote } from '../domain/certified-note.js';
import type { OfficeId } from '../domain/office.js';
import { callerOfCertificate, kindOf, type TrustedAuthorities } from './peer-identity.js';
import { type RevocationLists, serialOf } from './revocation-list.js';
import { isSignedBy, readNote } from './signed-note.js';
import { keyFingerprint } from './signing-keys.js';

/** So many certificates are kept read. */
const MOST_KNOWN = 4096;

/** Who signs, and what a signature of theirs is held against. */
export interface Signer {
  caller: Caller;
  key: KeyObject;
  fingerprint: string;
  from: Date;
  until: Date;
  isRevoked: boolean;
}

/** Those whom a network's authorities vouch for. Who reads here needs no key of their own. */
export class Signers {
  private readonly trusted: TrustedAuthorities;
  private readonly lists: RevocationLists | undefined;
  /** Reading a certificate costs more than holding a signature against it. */
  private readonly known = new Map<string, Signer>();
  private readonly knownBuffers = new WeakMap<Buffer, Signer>();

  /** @param lists without them, nobody was taken anything back */
  constructor(trusted: TrustedAuthorities, lists?: RevocationLists) {
    this.trusted = trusted;
    this.lists = lists;
  }

  /** @param certificate DER. @returns undefined where it is none of this network's */
  of(certificate: Buffer): Signer | undefined {
    const signer = this.knownBuffers.get(certificate) ?? this.withBytes(certificate);
    if (signer) this.knownBuffers.set(certificate, signer);
    return signer;
  }

  /** The text of a note, where the office has signed it under this name. */
  textSignedBy(office: OfficeId, name: string, { note, certificate }: CertifiedNote): string | undefined {
    const [signer, read] = [this.of(certificate), readNote(note)];
    if (!signer || signer.isRevoked || signer.caller.kind !== 'office' || signer.caller.office !== office)
      return undefined;
    return read && isSignedBy(read, name, signer.key) ? read.text : undefined;
  }

  private withBytes(certificate: Buffer): Signer | undefined {
    const id = certificate.toString('base64');
    const signer = this.known.get(id) ?? this.read(certificate);
    if (!signer) return undefined;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(id, signer);
    return signer;
  }

  private read(certificate: Buffer): Signer | undefined {
    try {
      const signing = new X509Certificate(certificate);
      const caller = callerOfCertificate(signing, this.trusted);
      if (!caller) return undefined;
      const { publicKey: key, validFromDate: from, validToDate: until } = signing;
      const isRevoked = this.lists?.[kindOf(caller)].revoked.has(serialOf(signing)) ?? false;
      return { caller, key, fingerprint: keyFingerprint(key), from, until, isRevoked };
    } catch {
      return undefined;
    }
  }
}
