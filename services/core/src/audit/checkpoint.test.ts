import { describe, expect, it } from '@jest/globals';
import { checkpointText, readCheckpoint } from './checkpoint.js';

const ORIGIN = 'juki-net/municipality/131059';
const LOG_KEY = Buffer.alloc(33, 2);
const CHECKPOINT = { origin: ORIGIN, size: 8, root: Buffer.alloc(32, 0x5d), logKey: LOG_KEY };
const TEXT = checkpointText(CHECKPOINT);

describe('A checkpoint', () => {
  it('is four lines: which log, how many entries, the root, and the key of its tags', () => {
    expect(TEXT).toBe(`${ORIGIN}\n8\n${CHECKPOINT.root.toString('base64')}\nlog-key ${LOG_KEY.toString('base64')}\n`);
    expect(readCheckpoint(TEXT)).toEqual(CHECKPOINT);
  });

  it.each([
    ['empty', ''],
    ['without a root', `${ORIGIN}\n8\n`],
    ['without a key', `${ORIGIN}\n8\n${CHECKPOINT.root.toString('base64')}\n`],
    ['with a key of another length', TEXT.replace('log-key AgIC', 'log-key ')],
    ['of a size with a leading zero', TEXT.replace('\n8\n', '\n08\n')],
    ['of a size that is none', TEXT.replace('\n8\n', '\n-8\n')],
    ['with a root of another length', `${ORIGIN}\n8\n${Buffer.alloc(31).toString('base64')}\n`],
    ['with a root that is written otherwise', TEXT.replace('=', '')],
    ['with a line more', `${TEXT}more\n`],
    ['without its last newline', TEXT.slice(0, -1)],
  ])('is none where it is %s', (_what, text) => {
    expect(readCheckpoint(text)).toBeUndefined();
  });
});
