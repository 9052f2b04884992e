import { describe, expect, it } from '@jest/globals';
import { type Reason, Refusal } from '../domain/refusal.js';
import { refusals } from '../domain/refusal-table.js';
import { PROBLEM_TYPE, Problem, problemOf } from './problem.js';

const REASONS = Object.keys(refusals) as Reason[];

describe('A refusal, told to people as a problem document (RFC 9457)', () => {
  it.each(REASONS)('says %s with its status and both its titles', (reason) => {
    const { http: status, ja, en } = refusals[reason];
    const problem = problemOf(new Refusal(reason), undefined);
    const type = `urn:juki-net:reason:${reason}`;
    expect(problem).toEqual({ type, title: en, status, reason, titles: { ja, en } });
    expect(Problem.safeParse(problem).success).toBe(true);
  });

  it('names the office, the field and the fault where there is one', () => {
    const details = { office: 'municipality/132152', field: 'whom.names', fault: 'is blank' };
    expect(problemOf(new Refusal('INVALID_REQUEST', details), 'en')).toMatchObject(details);
  });

  it('keeps its cause to itself, and leaves the waiting time to its header', () => {
    const refusal = new Refusal('RATE_LIMITED', { retryAfterSeconds: 6, cause: new Error('文京太郎 24727059608') });
    const text = JSON.stringify(problemOf(refusal, 'ja'));
    expect(text).not.toMatch(/文京太郎|24727059608|cause|stack|retry/);
  });

  it('is of the media type for problems', () => {
    expect(PROBLEM_TYPE).toBe('application/problem+json');
  });
});

describe('The language of the title', () => {
  const title = (language: string | undefined) => problemOf(new Refusal('OUT_OF_HOURS'), language).title;
  const { ja, en } = refusals.OUT_OF_HOURS;

  it.each([
    'ja',
    'ja-JP',
    'JA',
    'ja,en;q=0.9',
    'ja;q=0.9,en;q=0.8',
    'ja-JP,ja;q=0.9,en-US;q=0.8',
    'fr, ja;q=0.5',
    'en;q=0.1, ja',
  ])('is Japanese where people ask for it first: %s', (language) => expect(title(language)).toBe(ja));

  it.each([undefined, '', 'en', 'en-US,en;q=0.9', 'en,ja;q=0.5', 'de', 'jam', 'jav,en', '*', 'x-ja'])(
    'is English where they ask for another, or for none: %s',
    (language) => expect(title(language)).toBe(en),
  );
});
