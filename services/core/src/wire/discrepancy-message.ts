import { z } from 'zod';
import { type Discrepancy, isFinding } from '../domain/discrepancy.js';
import { isLocalGovernmentCode } from '../domain/local-government-code.js';
import { isOfficeId } from '../domain/office.js';
import { isResidentRecordCode } from '../domain/resident-record-code.js';
import { readBySchema } from '../domain/schema-fault.js';
import type {
  Discrepancy__Output,
  Discrepancy as DiscrepancyMessage,
} from './generated/juki/propagation/v1/Discrepancy.js';
import { messageOf, plainOf } from './plain.js';

const TYPE = 'juki.propagation.v1.Discrepancy';

const PlainDiscrepancy = z.strictObject({
  discrepancyId: z.uuid('is not a UUID'),
  municipality: z.string().refine(isLocalGovernmentCode, 'is not a local government code'),
  residentRecordCode: z.string().refine(isResidentRecordCode, 'is not a resident record code'),
  changeId: z.uuid('is not a UUID').optional(),
  what: z.string().refine(isFinding, 'is not a finding'),
  foundBy: z.string().refine(isOfficeId, 'is not an office'),
  foundAt: z.iso.datetime('is not an instant'),
});

export function discrepancyMessage(discrepancy: Discrepancy): DiscrepancyMessage {
  return messageOf<DiscrepancyMessage>(TYPE, discrepancy);
}

/** @throws Refusal INVALID_REQUEST with the field at fault */
export function discrepancyOfMessage(message: Discrepancy__Output): Discrepancy {
  const { foundAt, changeId = null, ...plain } = readBySchema(PlainDiscrepancy, plainOf(TYPE, message));
  return { ...plain, changeId, foundAt: new Date(foundAt) };
}
