import { municipalityId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Credentials } from '#core/trust/credentials.js';
import { DocumentSeal, type Seal, vouchedBy } from '#core/trust/documents.js';
import { certificateText, type MoveOutCertificate } from '../domain/certificates/move-out-certificate.js';
import type { IssuedCertificate } from '../domain/register/receipt.js';
import {
  base45,
  bytesOfBase45,
  MOST_IN_A_SYMBOL,
  packCertificate,
  unpackCertificate,
} from '../wire/move-out-certificate-payload.js';

const MARK = 'JUKI1:';
const SIGNATURE_BYTES = 64;

interface Printing {
  mayor: string;
  newNumber: () => string;
}

/** What was printed, and whom it is about. */
interface Printed extends IssuedCertificate {
  codes: string[];
}

/** Prints move-out certificates with their symbol, and reads the symbols of those of other municipalities. */
export class CertificatePress {
  private readonly credentials: Credentials;
  private readonly seal: DocumentSeal;

  constructor(credentials: Credentials) {
    this.credentials = credentials;
    this.seal = new DocumentSeal(credentials);
  }

  /** One certificate for everybody, or several where they do not fit into one symbol. */
  print(certified: Omit<MoveOutCertificate, 'number'>, printing: Printing): Printed[] {
    const certificate = { number: printing.newNumber(), ...certified };
    const payload = this.payloadOf(certificate);
    const { people } = certified;
    if (payload.length > MOST_IN_A_SYMBOL && people.length > 1) {
      const half = Math.ceil(people.length / 2);
      const halves = [people.slice(0, half), people.slice(half)];
      return halves.flatMap((part) => this.print({ ...certified, people: part }, printing));
    }
    const paper = certificateText(certificate, printing.mayor);
    const codes = people.map(({ residentRecordCode }) => residentRecordCode);
    return [{ number: certificate.number, payload, paper, codes }];
  }

  /**
   * Reads a symbol, and holds it against the municipality that it names.
   *
   * @throws Refusal CERTIFICATE_NOT_VALID, the same whatever is wrong with it
   */
  read(payload: string): MoveOutCertificate {
    const parts = partsOf(payload);
    const certificate = parts && unpackCertificate(parts.bytes);
    const office = parts && vouchedBy(parts.bytes, parts.seal, this.credentials);
    if (!certificate || office !== municipalityId(certificate.origin))
      throw new Refusal('CERTIFICATE_NOT_VALID', { field: 'certificates' });
    return certificate;
  }

  /** The symbol of a paper that this office printed before, sealed anew where its certificate was revoked meanwhile. */
  vouchedFor(payload: string): string {
    const parts = partsOf(payload);
    if (!parts) throw new RangeError('not a symbol that was printed here');
    return vouchedBy(parts.bytes, parts.seal, this.credentials) ? payload : this.symbolOf(parts.bytes);
  }

  private payloadOf(certificate: MoveOutCertificate): string {
    return this.symbolOf(packCertificate(certificate));
  }

  private symbolOf(bytes: Buffer): string {
    const { signature, certificate: whose } = this.seal.seal(bytes);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(whose.length);
    return `${MARK}${base45(Buffer.concat([signature, length, whose, bytes]))}`;
  }
}

function partsOf(payload: string): { bytes: Buffer; seal: Seal } | undefined {
  const all = payload.startsWith(MARK) ? bytesOfBase45(payload.slice(MARK.length)) : undefined;
  if (!all || all.length < SIGNATURE_BYTES + 2) return undefined;
  const from = SIGNATURE_BYTES + 2;
  const to = from + all.readUInt16BE(SIGNATURE_BYTES);
  const seal = { signature: all.subarray(0, SIGNATURE_BYTES), certificate: all.subarray(from, to) };
  return { seal, bytes: all.subarray(to) };
}
