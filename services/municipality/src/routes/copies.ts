import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operation } from '#core/http/operation.js';
import { CopyApplication } from '../domain/issuance/copy-application.js';
import { copyText, homeCopyText } from '../domain/issuance/copy-text.js';
import { HomeCopyApplication } from '../domain/issuance/home-copy.js';
import type { IssueCopy } from '../use-cases/issue-copy.js';
import type { IssueWideAreaCopy } from '../use-cases/issue-wide-area-copy.js';

const Municipality = z.object({ code: z.string(), name: z.string() });

const CopyRecord = z.object({
  name: z.string(),
  commonName: z.string().nullable(),
  birthDate: z.string(),
  sex: z.enum(['MALE', 'FEMALE']),
  household: z.object({ householderName: z.string(), relationship: z.string() }).optional(),
  becameResidentOn: z.string(),
  address: z.string(),
  movedWithinTownOn: z.string().nullable(),
  notifiedOn: z.string(),
  previousAddress: z.string().nullable(),
  residentRecordCode: z.string().optional(),
});

const CopyDocument = z.object({
  records: z.array(CopyRecord),
  issuing: Municipality,
  home: Municipality,
  issuedOn: z.string(),
  feeYen: z.number().int(),
  statement: z.string(),
  text: z.string(),
});

const HomeCopyDocument = z.object({
  records: z.array(
    CopyRecord.extend({
      familyRegister: z
        .object({
          registeredDomicile: z.string().nullable(),
          firstListedPerson: z.string().nullable(),
          nationality: z.string().nullable(),
          residenceStatus: z.string().nullable(),
        })
        .optional(),
    }),
  ),
  ...CopyDocument.pick({ issuedOn: true, feeYen: true, statement: true, text: true }).shape,
});

/** /wide-area-copies, for people who are registered elsewhere, and /copies, for residents. */
export function copyRoutes(app: FastifyInstance, issueWideAreaCopy: IssueWideAreaCopy, issueCopy: IssueCopy): void {
  operation(app, '/wide-area-copies', {
    summary: '広域交付: issue a copy of the record of somebody registered elsewhere',
    ...{ body: CopyApplication, answer: CopyDocument, status: 201 },
    act: async (application, exchange) => {
      const copy = await issueWideAreaCopy(application, exchange);
      return { ...copy, text: copyText(copy) };
    },
  });
  operation(app, '/copies', {
    summary: '住民票の写し: issue a copy of the record of a resident',
    ...{ body: HomeCopyApplication, answer: HomeCopyDocument, status: 201 },
    act: async (application, exchange) => {
      const copy = await issueCopy(application, exchange);
      return { ...copy, text: homeCopyText(copy) };
    },
  });
}
