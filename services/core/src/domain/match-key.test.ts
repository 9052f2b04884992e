import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MatchItems, matchKey } from './match-key.js';

const HANAKO: MatchItems = {
  ...{ name: '髙橋 花子', birthDate: '1980-04-01', sex: 'FEMALE', address: '東京都文京区大塚二丁目3番4号' },
};

describe('The key that somebody is found by', () => {
  it('is SHA-256 in hexadecimal, the same today and tomorrow', () => {
    expect(matchKey(HANAKO)).toMatch(/^[0-9a-f]{64}$/);
    expect(matchKey(HANAKO)).toBe(matchKey({ ...HANAKO }));
  });

  it('is one for all spellings of a name and an address', () => {
    for (const name of ['高橋花子', '髙橋　花子', '高橋 花\u{E0100}子'])
      for (const address of ['文京区大塚2-3-4', '東京都 文京区 大塚 ２丁目 ３番 ４号'])
        expect(matchKey({ ...HANAKO, name, address })).toBe(matchKey(HANAKO));
  });

  it.each([
    ['name', { name: '髙橋 春子' }],
    ['birth date', { birthDate: '1980-04-02' }],
    ['sex', { sex: 'MALE' }],
    ['address', { address: '東京都文京区大塚二丁目4番3号' }],
  ] as [string, Partial<MatchItems>][])('is another where the %s is another', (_item, parts) => {
    expect(matchKey({ ...HANAKO, ...parts })).not.toBe(matchKey(HANAKO));
  });

  it('keeps the items apart: what moves from one to the next makes another key', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab",[]\\'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, text, text, (name, moved, address) => {
        const one = matchKey({ ...HANAKO, name: name + moved, address });
        return one !== matchKey({ ...HANAKO, name, address: moved + address });
      }),
    );
  });
});
