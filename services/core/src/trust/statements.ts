import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Caller } from '../domain/caller.js';
import type { CertifiedNote } from '../domain/certified-note.js';
import type { SigningKeys } from '../domain/directory.js';
import { inGroups } from '../domain/in-groups.js';
import type { OfficeId } from '../domain/office.js';
import { PROOF_WINDOW_MS, type SignedStatement } from '../domain/proof.js';
import { MOST_SHARING } from '../domain/signature-length.js';
import { together } from '../domain/together.js';
import { signCompact, verifyCompact } from './compact-signature.js';
import type { Credentials } from './credentials.js';
import type { RevocationLists } from './revocation-list.js';
import { signedOver, signShared } from './shared-signature.js';
import { signNote } from './signed-note.js';
import { type Signer, Signers } from './signers.js';
import { mayUse } from './signing-keys.js';

/** How signatures are made and checked: ECDSA over SHA-256, r and s. */
export interface Signing {
  sign(bytes: Buffer, key: KeyObject): Promise<Buffer>;
  verify(bytes: Buffer, key: KeyObject, signature: Buffer): Promise<boolean>;
}

/** On the event loop: to hand 20 or 50 µs of work to a thread costs a fifth of the copies that are issued meanwhile. */
const ON_LOOP: Signing = {
  sign: async (bytes, key) => signCompact(bytes, key),
  verify: async (bytes, key, signature) => verifyCompact(bytes, key, signature),
};

/** What a signature is made with, and whose are believed; without lists, nobody was taken anything back. */
type Means = Pick<Credentials, 'key' | 'certificate' | 'trusted'> & { lists?: RevocationLists };

/** What else a signature is held against. */
interface HeldAgainst {
  /** What the directory says that an office signs with; undefined or null where it says nothing. */
  signingKeys?: (office: OfficeId) => SigningKeys | null | undefined;
  /** This machine's clock, which certificates go by. */
  now?: () => Date;
}

/** What is to be signed, and by which key: another may come into use while a signature is made. */
interface Stated {
  bytes: Buffer;
  key: KeyObject;
}

/** So many shared signatures are remembered. */
const MOST_HELD = 1_000;

/** What an office states under its signature, and what others state to it. */
export class Statements {
  private key: KeyObject;
  private certificate: Buffer;
  private signers: Signers;

  private readonly signing: Signing;
  private readonly signTogether: (stated: Stated) => Promise<Buffer>;
  /** Shared signatures, and whether they are good. */
  private readonly held = new Map<string, Promise<boolean>>();
  private readonly against: Required<HeldAgainst>;

  constructor({ key, certificate, trusted, lists }: Means, signing: Signing = ON_LOOP, against: HeldAgainst = {}) {
    this.signing = signing;
    this.signTogether = together((all) => signAll(all, signing));
    this.against = { signingKeys: () => undefined, now: () => new Date(), ...against };
    this.key = createPrivateKey(key);
    this.certificate = new X509Certificate(certificate).raw;
    this.signers = new Signers(trusted, lists);
  }

  /** From now on it signs with these; what was read under other authorities or lists is read again. */
  renew({ key, certificate, trusted, lists }: Means): void {
    this.key = createPrivateKey(key);
    this.certificate = new X509Certificate(certificate).raw;
    this.signers = new Signers(trusted, lists);
  }

  /** @param at as the statement itself says it */
  async sign(bytes: Buffer, at: Date): Promise<SignedStatement> {
    // Both of one moment: another key may come into use while this one signs.
    const { key, certificate } = this;
    return { at: at.getTime(), signature: await this.signTogether({ bytes, key }), certificate };
  }

  /** @param name of the log that a note is about. @returns the text with this office's signature under it */
  signNote(text: string, name: string): CertifiedNote {
    const { key, certificate } = this;
    return { note: signNote(text, name, key), certificate };
  }

  /** The text of a note, where the office has signed it under this name; its certificate is held as in officeThatOnceSigned. */
  textSignedBy(office: OfficeId, name: string, signed: CertifiedNote): string | undefined {
    const signer = this.signers.of(signed.certificate);
    return signer && this.isTrusted(signer) ? this.signers.textSignedBy(office, name, signed) : undefined;
  }

  /**
   * The office that makes a statement now. Undefined where the signature is over other bytes, or its certificate is not
   * that of an office of this network, is not good today, was revoked, or is over a key that the office has no more.
   *
   * A statement's own time is the network's, which can be set; how long a certificate goes on is for this machine's
   * clock, as with TLS. What is stated is a few minutes old at most, so the two mean the same moment.
   */
  officeThatSigned(bytes: Buffer, signed: SignedStatement): Promise<OfficeId | undefined> {
    return this.whoSigned(bytes, signed).then(officeOf);
  }

  /** As officeThatSigned, whoever of this network it was. */
  whoSigned(bytes: Buffer, signed: SignedStatement): Promise<Caller | undefined> {
    const now = this.against.now().getTime();
    return this.callerBehind(bytes, signed, (signer) => {
      const isGood = signer.from.getTime() <= now + PROOF_WINDOW_MS && now - PROOF_WINDOW_MS <= signer.until.getTime();
      return isGood && this.isTrusted(signer);
    });
  }

  /** Whom of this network a certificate names, which says nothing of what was signed with it. */
  named(certificate: Buffer): Caller | undefined {
    return this.signers.of(certificate)?.caller;
  }

  /** As officeThatSigned, of what was stated at any time and is handed on: a certificate that has expired was good then. */
  officeThatOnceSigned(bytes: Buffer, signed: SignedStatement): Promise<OfficeId | undefined> {
    return this.callerBehind(bytes, signed, (signer) => this.isTrusted(signer)).then(officeOf);
  }

  /** Of what was believed here before and kept: nobody is let back in because of a key that was revoked since. */
  officeThatSignedWhatIsKept(bytes: Buffer, signed: SignedStatement): Promise<OfficeId | undefined> {
    return this.callerBehind(bytes, signed, () => true).then(officeOf);
  }

  private isTrusted({ isRevoked, caller, fingerprint, from }: Signer): boolean {
    if (isRevoked) return false;
    return caller.kind !== 'office' || mayUse(this.against.signingKeys(caller.office), fingerprint, from);
  }

  private async callerBehind(
    bytes: Buffer,
    { signature, certificate }: SignedStatement,
    isFit: (signer: Signer) => boolean,
  ): Promise<Caller | undefined> {
    const signer = this.signers.of(certificate);
    if (!signer || !isFit(signer)) return undefined;
    return (await this.holds(bytes, signer, signature)) ? signer.caller : undefined;
  }

  /** A signature that is shared is held against its tree's root once, for all who share it. */
  private async holds(statement: Buffer, { key, fingerprint }: Signer, whole: Buffer): Promise<boolean> {
    const over = signedOver(statement, whole);
    if (!over) return false;
    const { bytes, signature } = over;
    if (signature.length === whole.length) return this.signing.verify(bytes, key, signature);
    const shared = `${fingerprint} ${signature.toString('base64')} ${bytes.toString()}`;
    const known = this.held.get(shared);
    if (known) return known;
    if (this.held.size >= MOST_HELD) this.held.clear();
    const holds = this.signing.verify(bytes, key, signature);
    // Kept at once: those who share a signature mostly come together.
    this.held.set(shared, holds);
    return holds;
  }
}

function officeOf(caller: Caller | undefined): OfficeId | undefined {
  return caller?.kind === 'office' ? caller.office : undefined;
}

/** What is stated in one turn of the event loop shares a signature. */
async function signAll(all: readonly Stated[], signing: Signing): Promise<Buffer[]> {
  const signatures = new Map<Stated, Buffer>();
  for (const [key, stated] of Map.groupBy(all, (one) => one.key))
    for (const some of inGroups(stated, MOST_SHARING)) {
      const signed = await signShared(
        some.map(({ bytes }) => bytes),
        (bytes) => signing.sign(bytes, key),
      );
      for (const [i, one] of some.entries()) signatures.set(one, signed[i] as Buffer);
    }
  return all.map((one) => signatures.get(one) as Buffer);
}
