import { verify, X509Certificate } from 'node:crypto';
import type { Clock } from '../domain/clock.js';
import type { OfficeId } from '../domain/office.js';
import { callerOfCertificate, type TrustedAuthorities } from '../trust/peer-identity.js';
import { cardFingerprint } from './card-fingerprint.js';

const CHALLENGE_BYTES = 32;
const GOOD_FOR_MS = 2 * 60_000;

/** What a card has signed. */
interface CardProof {
  /** PEM. */
  certificate: string;
  challenge: string;
  /** ECDSA P-256 over SHA-256: r and s, base64url. */
  signature: string;
}

interface Office {
  office: OfficeId;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  trusted: TrustedAuthorities;
}

/** Lets operators prove over HTTP that their card is there and that they know its PIN. */
export class CardProofs {
  private readonly office: Office;
  /** One for each operator, so that what is kept is bounded by who there is. */
  private readonly challenges = new Map<string, { challenge: string; until: number }>();

  constructor(office: Office) {
    this.office = office;
  }

  /** @returns what the operator's card is to sign, within two minutes and once */
  challengeFor(name: string): string {
    const challenge = this.office.randomBytes(CHALLENGE_BYTES).toString('base64url');
    this.challenges.set(name, { challenge, until: this.office.clock.now().getTime() + GOOD_FOR_MS });
    return challenge;
  }

  /** @returns the fingerprint of the operator's card; empty where this does not prove it to be there. */
  cardOf(name: string, { certificate: pem, challenge, signature }: CardProof): string {
    const asked = this.challenges.get(name);
    this.challenges.delete(name);
    if (asked?.challenge !== challenge || this.office.clock.now().getTime() >= asked.until) return '';
    try {
      const certificate = new X509Certificate(pem);
      return this.isOf(name, certificate) && this.isSigned(certificate, challenge, signature)
        ? cardFingerprint(certificate.raw)
        : '';
    } catch {
      return '';
    }
  }

  private isOf(name: string, certificate: X509Certificate): boolean {
    const holder = callerOfCertificate(certificate, this.office.trusted);
    return holder?.kind === 'operator' && holder.office === this.office.office && holder.name === name;
  }

  private isSigned({ publicKey }: X509Certificate, challenge: string, signature: string): boolean {
    const bytes = Buffer.from(signInText(this.office.office, challenge));
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
    return verify('sha256', bytes, key, Buffer.from(signature, 'base64url'));
  }
}

/** What a card signs: good at one office alone, and unlike everything else that is signed. */
export function signInText(office: OfficeId, challenge: string): string {
  return `juki sign-in\n${office}\n${challenge}`;
}
