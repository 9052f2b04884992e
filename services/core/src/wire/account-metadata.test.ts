import { describe, expect, it } from '@jest/globals';
import type { Account } from '../domain/exchange.js';
import { accountMetadata, faultInAccount, readAccount } from './account-metadata.js';

const ACCOUNT: Account = {
  id: '8e3c1f64-5ce5-4f21-8f0f-2f3d3a1c9b0e',
  nonce: '00112233445566778899aabbccddeeff',
  operator: 'operator-1',
  purpose: 'WIDE_AREA_ISSUANCE',
};
const METADATA = accountMetadata(ACCOUNT);

function read(metadata: Record<string, string>): Partial<Account> {
  return readAccount((key) => metadata[key] ?? '');
}

describe('What an asking office says of its question, outside of the question', () => {
  it('has keys that gRPC sends as text, in lower case', () => {
    for (const key of Object.keys(METADATA)) expect(key).toMatch(/^juki-[a-z]+$/);
  });

  it('is read as it was written, and there is nothing at fault in it', () => {
    expect(read(METADATA)).toEqual(ACCOUNT);
    expect(faultInAccount(read(METADATA))).toBeUndefined();
  });

  it.each(Object.keys(METADATA))('is at fault without %s, and the fault is told by its key', (key) => {
    expect(faultInAccount(read({ ...METADATA, [key]: '' }))).toBe(key);
  });

  it.each([
    ['juki-exchange', '24727059608'],
    ['juki-exchange', '8e3c1f64-5ce5-4f21-8f0f-2f3d3a1c9b0e\n'],
    ['juki-exchange', '8E3C1F64-5CE5-4F21-8F0F-2F3D3A1C9B0E'],
    ['juki-nonce', '24727059608'],
    ['juki-nonce', '00112233445566778899aabbccddeef'],
    ['juki-nonce', 'zz112233445566778899aabbccddeeff'],
    ['juki-nonce', '00112233445566778899AABBCCDDEEFF'],
    ['juki-nonce', '00112233445566778899aabbccddeeff00'],
    ['juki-operator', '24727059608'],
    ['juki-operator', '文京太郎'],
    ['juki-operator', 'operator 1'],
    ['juki-operator', 'o'.repeat(64)],
    ['juki-purpose', '24727059608'],
    ['juki-purpose', 'wide_area_issuance'],
    ['juki-purpose', 'WIDE AREA'],
    ['juki-purpose', 'W'.repeat(65)],
  ])(
    'is not believed where %s is %j: no words of a person, no code, nothing that a line would read as two',
    (key, text) => {
      const account = read({ ...METADATA, [key]: text });
      expect(Object.values(account)).not.toContain(text);
      expect(faultInAccount(account)).toBe(key);
    },
  );
});
