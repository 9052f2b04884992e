import { describe, expect, it } from '@jest/globals';
import { checkLookUp } from './look-up.js';

const CODE = '24727059608';
const PURPOSE = '転入届の確認';

describe("An operator's look at one person", () => {
  it('takes a code and a purpose, as they were stated', () => {
    expect(checkLookUp({ residentRecordCode: CODE, purpose: PURPOSE })).toEqual({ code: CODE, purpose: PURPOSE });
  });

  it.each(['', '24727059609', '70935378190', '2472705960', '%', '247270596__', '2472705960*'])(
    'is refused for %j: by a whole code only, never by a part of one',
    (residentRecordCode) =>
      expect(refusedField({ residentRecordCode, purpose: PURPOSE })).toEqual({
        reason: 'INVALID_REQUEST',
        details: { field: 'resident_record_code', fault: 'is not a resident record code' },
      }),
  );

  it.each(['', '   ', '　', 'a\nb', 'a\0', '\u007f', '\u200b', '\ufe00', '照\u202e会', 'a\u2028b', 'あ'.repeat(101)])(
    'is refused with the purpose %j: 1 to 100 characters that can be read in the log',
    (purpose) =>
      expect(refusedField({ residentRecordCode: CODE, purpose })).toEqual({
        reason: 'INVALID_REQUEST',
        details: { field: 'purpose', fault: 'is not 1 to 100 characters' },
      }),
  );

  it('counts characters of the purpose, not bytes or surrogates', () => {
    const purpose = '𠮷'.repeat(100);
    expect(checkLookUp({ residentRecordCode: CODE, purpose }).purpose).toBe(purpose);
  });
});

function refusedField(asked: Parameters<typeof checkLookUp>[0]): unknown {
  try {
    return checkLookUp(asked);
  } catch (error) {
    const { reason, details } = error as { reason: string; details: object };
    return { reason, details };
  }
}
