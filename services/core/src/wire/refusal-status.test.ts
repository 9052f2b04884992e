import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Reason, Refusal } from '../domain/refusal.js';
import { GRPC, refusals } from '../domain/refusal-table.js';
import type { ErrorInfo, ErrorInfo__Output } from './generated/google/rpc/ErrorInfo.js';
import type { Status, Status__Output } from './generated/google/rpc/Status.js';
import { decodeRefusal, encodeRefusal } from './refusal-status.js';
import { descriptors, message } from './schema.js';

const STATUS = message<Status, Status__Output>('google.rpc.Status');
const ERROR_INFO = message<ErrorInfo, ErrorInfo__Output>('google.rpc.ErrorInfo');
const ERROR_INFO_URL = 'type.googleapis.com/google.rpc.ErrorInfo';
const REASONS = Object.keys(refusals) as Reason[];
const BUNKYO = 'municipality/131059';

describe('The table of refusals and the wire', () => {
  const enumNames = descriptors.getEnum('juki.error.v1.Reason')?.values.map((value) => value.name) ?? [];

  it('name the same reasons, in both directions', () => {
    const onTheWire = enumNames.filter((name) => name !== 'REASON_UNSPECIFIED');
    expect(onTheWire.map((name) => name.replace(/^REASON_/, '')).sort()).toEqual([...REASONS].sort());
    expect(enumNames[0]).toBe('REASON_UNSPECIFIED');
  });

  it('number the codes of gRPC as gRPC does', () => {
    for (const [name, number] of Object.entries(GRPC)) expect([name, status[number]]).toEqual([name, name]);
  });
});

describe('A refusal between two offices', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  const details = fc.record(
    {
      office: fc.constantFrom(BUNKYO, 'prefecture/130001', 'national'),
      field: texts,
      fault: texts,
      retryAfterSeconds: fc.nat(86_400),
    },
    { requiredKeys: [] },
  );

  it('arrives with its reason, its office, its field and how long to wait', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), details, (reason, sent) => {
        const arrived = decodeRefusal(encodeRefusal(new Refusal(reason, sent)).status);
        expect(arrived?.reason).toBe(reason);
        expect(arrived?.details).toEqual(sent);
      }),
    );
  });

  it('is a google.rpc.Status with one ErrorInfo, readable by any tool', () => {
    const { code, title, status: bytes } = encodeRefusal(new Refusal('NOT_FOUND', { office: BUNKYO }));
    const sent = STATUS.deserialize(bytes);
    expect([code, title, sent.code, sent.message]).toEqual([5, refusals.NOT_FOUND.en, 5, refusals.NOT_FOUND.en]);
    expect(sent.details.map((detail) => detail.type_url)).toEqual([ERROR_INFO_URL]);
    const info = ERROR_INFO.deserialize(sent.details[0]?.value as Buffer);
    const metadata = { office: BUNKYO, title_ja: refusals.NOT_FOUND.ja };
    expect(info).toEqual({ reason: 'NOT_FOUND', domain: 'juki-net', metadata });
  });

  it('leaves its cause behind: that is for the log of the office that failed', () => {
    const cause = new Error('文京太郎 24727059608');
    const bytes = encodeRefusal(new Refusal('INTERNAL', { cause })).status;
    expect(bytes.includes('文京')).toBe(false);
    expect(bytes.includes('24727059608')).toBe(false);
  });
});

describe('Bytes that are no refusal of this network', () => {
  const info = (parts: object) => ERROR_INFO.serialize({ reason: 'NOT_FOUND', domain: 'juki-net', ...parts });
  const ours = encodeRefusal(new Refusal('NOT_FOUND', { office: BUNKYO })).status;

  it.each([
    ['none at all', Buffer.alloc(0)],
    ['noise', Buffer.from('no protobuf at all')],
    ['half of a refusal', ours.subarray(0, ours.length / 2)],
    ['a status without details', STATUS.serialize({ code: 5, message: 'NOT_FOUND' })],
    ['details of another type', statusWith('type.googleapis.com/google.rpc.Help', info({}))],
    ['an ErrorInfo of another network', statusWith(ERROR_INFO_URL, info({ domain: 'example.com' }))],
    ['a reason that is not in the table', statusWith(ERROR_INFO_URL, info({ reason: 'PROTECTIVE_MEASURE' }))],
    ['a reason with its prefix', statusWith(ERROR_INFO_URL, info({ reason: 'REASON_NOT_FOUND' }))],
    ['the name of a property of every object', statusWith(ERROR_INFO_URL, info({ reason: 'constructor' }))],
    ['an ErrorInfo that is broken', statusWith(ERROR_INFO_URL, Buffer.of(0x0a, 0x05, 0x41))],
  ])('are passed over: %s', (_what, bytes) => expect(decodeRefusal(bytes)).toBeUndefined());

  it('are passed over whatever they are, and never thrown at whoever waits for an answer', () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((list) => Buffer.from(list));
    fc.assert(fc.property(bytes, (some) => decodeRefusal(some) === undefined));
  });

  it('do not make a waiting time out of what is no number', () => {
    const bytes = statusWith(ERROR_INFO_URL, info({ metadata: { retry_after_seconds: 'soon' } }));
    expect(decodeRefusal(bytes)?.details.retryAfterSeconds).not.toBeNaN();
  });
});

function statusWith(typeUrl: string, value: Buffer): Buffer {
  return STATUS.serialize({ code: 5, message: 'no such record', details: [{ type_url: typeUrl, value }] });
}
