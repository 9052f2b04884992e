import { expect } from '@jest/globals';
import { isReason } from '#core/domain/refusal.js';
import { GRPC, refusals } from '#core/domain/refusal-table.js';
import type { HttpsReply, RawReply } from './raw-line.js';

/** What every bad question holds of a person, besides what is bad about it. */
export const SECRET_NAME = '秘密 太郎';
export const SECRET_CODE = '24727059608';

/** What betrays the inside of a program: a stack, a file, the name of an error. */
const INSIDES = /\n\s+at |\.[cm]?[jt]s\b|node_modules|\b[A-Z]\w*Error\b|SQLITE|stack/;

/** A refusal of the table, with its code and nothing else; nothing of the question, nothing of the inside. */
export function expectRefusal(reply: RawReply, reason: string, secrets: string[] = []): void {
  expect(reply).toMatchObject({ reason, messages: [] });
  if (isReason(reason)) expect(reply.code).toBe(GRPC[refusals[reason].grpc]);
  expectDiscreet([reply.title, reply.status.toString()], secrets);
}

/** A problem document of the table, with its status; nothing of the question, nothing of the inside. */
export function expectProblem(reply: HttpsReply, reason: string, secrets: string[] = []): void {
  expect({ reason: reply.reason, text: reply.text }).toMatchObject({ reason });
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
  if (isReason(reason)) expect(reply.status).toBe(refusals[reason].http);
  expectDiscreet([reply.text], secrets);
}

/** Nothing of the question in what was told, be it an answer or the lines of the technical log. */
export function expectDiscreet(told: string[], secrets: string[] = []): void {
  const text = told.join('\n');
  const leaked = [SECRET_NAME, SECRET_CODE, ...secrets].filter((secret) => text.includes(secret));
  expect({ leaked, text: leaked.length > 0 ? text : '' }).toEqual({ leaked: [], text: '' });
  expect(text.replaceAll(/"at":\[("(\\.|[^"\\])*",?)*\]/g, '')).not.toMatch(INSIDES);
}

/** Every text in a question that is long enough to be told from chance, names of closed lists aside. */
export function textsIn(question: unknown): string[] {
  if (typeof question === 'string') return question.length > 3 && !/^[A-Z][A-Z_]+$/.test(question) ? [question] : [];
  if (typeof question !== 'object' || question === null) return [];
  return Object.values(question).flatMap(textsIn);
}
