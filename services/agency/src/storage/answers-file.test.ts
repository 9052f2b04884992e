import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { AnswersFile, isWhole } from './answers-file.js';

let folder: string;
let where: { path: string; batchId: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-answers-'));
  where = { path: join(folder, 'answers.jsonl'), batchId: 'one' };
});
afterEach(() => rmSync(folder, { recursive: true }));

const part = () => `${where.path}.one.part`;
const answers = (...names: string[]): ProvisionAnswer[] =>
  names.map((name) => ({ outcome: 'PROVIDED', deleted: false, provided: { name } }));
const linesIn = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);
const textsOf = (all: ProvisionAnswer[]) => all.map((answer) => JSON.stringify(answer));

describe('A file of answers', () => {
  it('has an answer a line, and its name once it is whole', async () => {
    const file = await AnswersFile.open(where, 0);
    await file.append(answers('髙橋', '𠮷田'));
    await file.append(answers('柳沢'));
    expect(linesIn(part())).toEqual(textsOf(answers('髙橋', '𠮷田', '柳沢')));
    expect(await isWhole(where)).toBe(false);
    await file.complete();
    await file.close();
    expect(await isWhole(where)).toBe(true);
    expect(readdirSync(folder)).toEqual(['answers.jsonl']);
    expect(linesIn(where.path)).toEqual(textsOf(answers('髙橋', '𠮷田', '柳沢')));
  });

  it('goes on behind what is kept, whatever stands there: answers, half a one, or more than are still to come', async () => {
    const before = await AnswersFile.open(where, 0);
    await before.append(answers('髙橋', '𠮷田', '柳沢', '浜田', '桑原'));
    await before.close();
    appendFileSync(part(), '{"outcome":"PRO');
    const file = await AnswersFile.open(where, 2);
    await file.append(answers('斎藤'));
    await file.complete();
    await file.close();
    expect(linesIn(where.path)).toEqual(textsOf(answers('髙橋', '𠮷田', '斎藤')));
  });

  it('is the same where two processes write it at once', async () => {
    const [one, other] = [await AnswersFile.open(where, 0), await AnswersFile.open(where, 0)];
    await one.append(answers('髙橋'));
    await other.append(answers('髙橋'));
    const third = await AnswersFile.open(where, 1);
    await one.append(answers('𠮷田'));
    await third.append(answers('𠮷田'));
    await one.complete();
    for (const file of [one, other, third]) await file.close();
    expect(linesIn(where.path)).toEqual(textsOf(answers('髙橋', '𠮷田')));
  });

  it('is refused where it has fewer answers than have been acknowledged, and stays as it is', async () => {
    await expect(AnswersFile.open(where, 1)).rejects.toThrow(
      'has 0 answers, and 1 of this batch have been acknowledged',
    );
    writeFileSync(part(), 'one\ntwo\nthr');
    await expect(AnswersFile.open(where, 3)).rejects.toThrow('has 2 answers');
    expect(readFileSync(part(), 'utf8')).toBe('one\ntwo\nthr');
    expect(existsSync(where.path)).toBe(false);
  });
});
