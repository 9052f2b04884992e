import { describe, expect, it } from '@jest/globals';
import type { SignedStatement } from '../domain/proof.js';
import { metadataOf } from './call-metadata.js';
import { readStatement, statementMetadata } from './statement-metadata.js';

const SIGNED: SignedStatement = {
  at: Date.UTC(2016, 4, 27, 1, 0, 0, 123),
  signature: Buffer.alloc(64, 0xa5),
  certificate: Buffer.from([0x30, 0x82, 0, 0xff]),
};

type Values = Record<string, string | Buffer | undefined>;
const read = (kind: 'proof' | 'receipt', values: Values) => readStatement(kind, (key) => values[key]);

describe.each(['proof', 'receipt'] as const)('The metadata of a %s', (kind) => {
  const written: Values = statementMetadata(kind, SIGNED);
  const [at = '', signature = '', certificate = ''] = Object.keys(written);

  it('is read back as it was written', () => {
    expect(read(kind, written)).toEqual(SIGNED);
  });

  it('is read back from what gRPC carries it in', () => {
    const metadata = metadataOf(statementMetadata(kind, SIGNED));
    expect(readStatement(kind, (key) => metadata.get(key)[0])).toEqual(SIGNED);
  });

  it('is text for the time, and bytes for signature and certificate', () => {
    expect(Object.keys(written).map((key) => key.endsWith('-bin'))).toEqual([false, true, true]);
  });

  it.each([at, signature, certificate])('is nothing where %s is missing', (key) => {
    expect(read(kind, { ...written, [key]: undefined })).toBeUndefined();
  });

  it.each(['', ' 1464310800123', '1464310800123 ', '-1', '+1', '1.5', '1e12', '0x10', 'NaN', '1'.repeat(16), '１２'])(
    'is nothing where its time is %j',
    (text) => expect(read(kind, { ...written, [at]: text })).toBeUndefined(),
  );

  it('is nothing where its time comes as bytes, or signature or certificate as text', () => {
    expect(read(kind, { ...written, [at]: Buffer.from('1464310800123') })).toBeUndefined();
    expect(read(kind, { ...written, [signature]: 'a'.repeat(64) })).toBeUndefined();
    expect(read(kind, { ...written, [certificate]: 'MIIC' })).toBeUndefined();
  });

  it.each([0, 63, 65, 72])('is nothing where its signature has %d bytes', (length) => {
    expect(read(kind, { ...written, [signature]: Buffer.alloc(length) })).toBeUndefined();
  });

  it('has a time that can be written as a date, the latest as well', () => {
    const latest = read(kind, { ...written, [at]: '9'.repeat(15) });
    expect(new Date(latest?.at ?? Number.NaN).getTime()).toBe(999_999_999_999_999);
  });

  it('is not read as that of the other kind', () => {
    expect(read(kind === 'proof' ? 'receipt' : 'proof', written)).toBeUndefined();
  });
});
