/** A text with signatures under it (c2sp.org/signed-note), and the certificate of whoever signed it, DER. */
export interface CertifiedNote {
  note: string;
  certificate: Buffer;
}
