import { describe, expect, it } from '@jest/globals';
import { ACCOUNT_KEYS, isAccountText } from './account-metadata.js';

describe('What an asking office says of its question, outside of the question', () => {
  it('has keys that gRPC sends as text, in lower case', () => {
    for (const key of Object.values(ACCOUNT_KEYS)) expect(key).toMatch(/^juki-[a-z]+$/);
  });

  it.each(['operator-1', 'WIDE_AREA_ISSUANCE', '8e3c1f64-5ce5-4f21-8f0f-2f3d3a1c9b0e', 'a', 'a'.repeat(64)])(
    'may be a term or a name of the network, as %s',
    (text) => expect(isAccountText(text)).toBe(true),
  );

  it.each([
    '',
    ' ',
    'operator 1',
    'operator-1\n',
    '文京太郎',
    'a,b',
    'a=b',
    'a;b',
    'a/b',
    'a'.repeat(65),
    undefined,
    7,
  ])('may not be %j: no words of a person, nothing that a log line would read as two', (text) =>
    expect(isAccountText(text)).toBe(false),
  );
});
