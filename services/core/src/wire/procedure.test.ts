import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../domain/refusal.js';
import type { IssuanceCounterServiceDefinition } from './generated/juki/issuance/v1/IssuanceCounterService.js';
import type { WideAreaIssuanceServiceDefinition } from './generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from './procedure.js';

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const { IssueWideAreaCopy } = procedures<IssuanceCounterServiceDefinition>('juki.issuance.v1.IssuanceCounterService');
/** Its field 6 is a list of numbers; that of ProvideCopyData is a bool, and its field 1 a text. */
const ITEMS = 6;

describe('A procedure', () => {
  it('has the path by which gRPC calls it', () => {
    expect(ProvideCopyData.path).toBe('/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData');
  });

  it('reads a question as the asking office wrote it, and an answer as the answering office wrote it', () => {
    const asked = ProvideCopyData.encodeRequest({ applicantName: '𠮷田 花子', withHousehold: true });
    expect(ProvideCopyData.decodeRequest(asked)).toMatchObject({ applicantName: '𠮷田 花子', withHousehold: true });
    const answer = { records: [{ name: { name: '𠮷田 花子', commonName: '' } }] };
    expect(ProvideCopyData.decodeResponse(ProvideCopyData.encodeResponse(answer))).toMatchObject(answer);
  });

  it('reads repeated numbers packed, and the same numbers one by one', () => {
    const packed = new BinaryWriter().tag(ITEMS, WireType.LengthDelimited).bytes(Uint8Array.of(4, 13));
    const single = new BinaryWriter().tag(ITEMS, WireType.Varint).int32(4).tag(ITEMS, WireType.Varint).int32(13);
    for (const written of [packed, single])
      expect(IssueWideAreaCopy.decodeRequest(Buffer.from(written.finish())).items).toEqual([4, 13]);
  });

  it('is strict with answers as it is with questions: home too can send too much (DATA)', () => {
    const tooMuch = Buffer.from(new BinaryWriter().tag(2, WireType.LengthDelimited).string('本籍').finish());
    expect(() => ProvideCopyData.decodeResponse(tooMuch)).toThrow(
      expect.objectContaining({ reason: 'INVALID_REQUEST' }),
    );
  });

  it('is not known where the proto files have no such service', () => {
    expect(() => procedures('juki.issuance.v1.Unknown')).toThrow(RangeError);
  });
});

describe('Bytes whose structure is broken are refused, and never fail in the decoder', () => {
  it.each([
    ['a length beyond the end', ProvideCopyData, [0x0a, 0x05, 0x41]],
    ['a tag without a value', ProvideCopyData, [0x30]],
    ['a number without an end', ProvideCopyData, [0x30, 0x80]],
    ['a number of thirteen bytes', ProvideCopyData, [0x30, ...Array(12).fill(0xff), 0x01]],
    ['a field number 0', ProvideCopyData, [0x02, 0x00]],
    ['a wire type 7', ProvideCopyData, [0x37, 0x00]],
    ['an end of a group that never began', ProvideCopyData, [0x34]],
    ['packed numbers whose last has no end', IssueWideAreaCopy, [0x32, 0x01, 0x80]],
    ['packed numbers whose last reaches into the next field', IssueWideAreaCopy, [0x32, 0x01, 0x80, 0x0a, 0x01, 0x41]],
  ])('when they are %s', (_what, procedure, bytes) => {
    const refusal = expect.objectContaining({ reason: 'INVALID_REQUEST' });
    expect(() => procedure.decodeRequest(Buffer.from(bytes))).toThrow(refusal);
  });

  it('whatever they are', () => {
    const tags = fc.constantFrom(0x0a, 0x12, 0x1a, 0x20, 0x2a, 0x30, 0x32, 0x38);
    const some = fc.array(fc.oneof(tags, fc.nat(3), fc.nat(255)), { maxLength: 12 }).map((list) => Buffer.from(list));
    for (const { decodeRequest, decodeResponse } of [ProvideCopyData, IssueWideAreaCopy])
      for (const decode of [decodeRequest, decodeResponse])
        fc.assert(fc.property(some, (bytes) => failureIn(() => decode(bytes)) === undefined));
  });
});

/** Whatever is thrown that is no refusal. */
function failureIn(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? undefined : error;
  }
}
