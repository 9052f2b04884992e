import type { z } from 'zod';
import { Refusal } from '#core/domain/refusal.js';
import { schemaFault } from '#core/domain/schema-fault.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import { calendarDateMessage, calendarDateOfMessage } from '#core/wire/calendar-date-message.js';
import type { BirthDateAndSex__Output } from '#core/wire/generated/juki/issuance/v1/BirthDateAndSex.js';
import type { IssuanceCounterServiceDefinition } from '#core/wire/generated/juki/issuance/v1/IssuanceCounterService.js';
import type { IssueWideAreaCopyRequest__Output } from '#core/wire/generated/juki/issuance/v1/IssueWideAreaCopyRequest.js';
import type { PhotoIdProof__Output } from '#core/wire/generated/juki/issuance/v1/PhotoIdProof.js';
import { sexOfMessage } from '#core/wire/sex-message.js';
import { CopyApplication } from '../domain/issuance/copy-application.js';
import { copyText } from '../domain/issuance/copy-text.js';
import type { IssueWideAreaCopy } from '../use-cases/issue-wide-area-copy.js';
import { copyRecordMessage } from '../wire/copy-record-message.js';

/** The counter's entrance for operators' tools. */
export function issuanceCounterService(issueWideAreaCopy: IssueWideAreaCopy): RpcService {
  return rpcService<IssuanceCounterServiceDefinition>('juki.issuance.v1.IssuanceCounterService', {
    async IssueWideAreaCopy(message, exchange) {
      const copy = await issueWideAreaCopy(applicationOf(message), exchange);
      return {
        records: copy.records.map(copyRecordMessage),
        issuingMunicipality: copy.issuing.code,
        homeMunicipality: copy.home.code,
        issuedOn: calendarDateMessage(copy.issuedOn),
        feeYen: copy.feeYen,
        statement: copy.statement,
        text: copyText(copy),
      };
    },
  });
}

/** The message in the shape that the counter's HTTP entrance has, read by the same schema. */
function applicationOf(message: IssueWideAreaCopyRequest__Output): CopyApplication {
  const { homeMunicipality, card, photoId, memberNames, items } = message;
  const kind = withoutPrefix('WHOM_TO_PRINT_', message.whom);
  const named = kind === 'NAMED_MEMBERS' || memberNames.length > 0;
  const { data, error } = CopyApplication.safeParse({
    homeMunicipality,
    identityProof: card ? { kind: 'CARD', ...card } : photoId && photoIdOf(photoId),
    ...((named || kind !== 'UNSPECIFIED') && { whom: { kind, ...(named && { names: memberNames }) } }),
    items,
  });
  if (data) return data;
  const { code, path, message: words } = error.issues[0] as z.core.$ZodIssue;
  throw new Refusal('INVALID_REQUEST', schemaFault({ code, path: path.map(String), message: words }));
}

/** A value of a proto enum as the schema names it. One that this version does not know comes as a number. */
function withoutPrefix(prefix: string, value: string | number): string {
  return String(value).replace(prefix, '');
}

function photoIdOf({ kind, expiresOn, showsPresentAddress, name, ...stated }: PhotoIdProof__Output): object {
  const { residentRecordCode, birthDateAndSex } = stated;
  return {
    kind: 'PHOTO_ID',
    document: withoutPrefix('PHOTO_ID_KIND_', kind),
    expiresOn: calendarDateOfMessage(expiresOn),
    showsPresentAddress,
    name,
    stated: birthDateAndSex ? birthDateAndSexOf(birthDateAndSex) : { residentRecordCode },
  };
}

function birthDateAndSexOf({ birthDate, sex }: BirthDateAndSex__Output): object {
  return { birthDate: calendarDateOfMessage(birthDate), sex: sexOfMessage(sex) };
}
