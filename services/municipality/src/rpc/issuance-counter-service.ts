import { readBySchema } from '#core/domain/schema-fault.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import { calendarDateMessage, calendarDateOfMessage } from '#core/wire/calendar-date-message.js';
import type { BirthDateAndSex__Output } from '#core/wire/generated/juki/issuance/v1/BirthDateAndSex.js';
import type { FamilyRegisterItem } from '#core/wire/generated/juki/issuance/v1/FamilyRegisterItem.js';
import type { HomeCopyRecord as HomeCopyRecordMessage } from '#core/wire/generated/juki/issuance/v1/HomeCopyRecord.js';
import type { IssuanceCounterServiceDefinition } from '#core/wire/generated/juki/issuance/v1/IssuanceCounterService.js';
import type { IssueCopyRequest__Output } from '#core/wire/generated/juki/issuance/v1/IssueCopyRequest.js';
import type { IssueWideAreaCopyRequest__Output } from '#core/wire/generated/juki/issuance/v1/IssueWideAreaCopyRequest.js';
import type { PhotoIdProof__Output } from '#core/wire/generated/juki/issuance/v1/PhotoIdProof.js';
import { messageOf } from '#core/wire/plain.js';
import { sexOfMessage } from '#core/wire/sex-message.js';
import { CopyApplication } from '../domain/issuance/copy-application.js';
import { copyText, homeCopyText } from '../domain/issuance/copy-text.js';
import { HomeCopyApplication, type HomeCopyRecord } from '../domain/issuance/home-copy.js';
import type { IssueCopy } from '../use-cases/issue-copy.js';
import type { IssueWideAreaCopy } from '../use-cases/issue-wide-area-copy.js';
import { copyRecordMessage } from '../wire/copy-record-message.js';

/** The counter's entrance for operators' tools. */
export function issuanceCounterService(issueWideAreaCopy: IssueWideAreaCopy, issueCopy: IssueCopy): RpcService {
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
    async IssueCopy(message, exchange) {
      const copy = await issueCopy(homeApplicationOf(message), exchange);
      return {
        records: copy.records.map(homeCopyRecordMessage),
        issuedOn: calendarDateMessage(copy.issuedOn),
        feeYen: copy.feeYen,
        statement: copy.statement,
        text: homeCopyText(copy),
      };
    },
  });
}

function homeCopyRecordMessage({ familyRegister, ...record }: HomeCopyRecord): HomeCopyRecordMessage {
  return {
    record: copyRecordMessage(record),
    ...(familyRegister && {
      familyRegister: messageOf<FamilyRegisterItem>('juki.issuance.v1.FamilyRegisterItem', familyRegister),
    }),
  };
}

/** The messages in the shape that the counter's HTTP entrance has, read by the same schemas. */
function applicationOf({ homeMunicipality, ...message }: IssueWideAreaCopyRequest__Output): CopyApplication {
  return readBySchema(CopyApplication, { homeMunicipality, ...commonOf(message) });
}

function homeApplicationOf(message: IssueCopyRequest__Output): HomeCopyApplication {
  return readBySchema(HomeCopyApplication, commonOf(message));
}

/** What every application for a copy has. */
type Common = Pick<IssueCopyRequest__Output, 'card' | 'photoId' | 'whom' | 'memberNames' | 'items'>;

function commonOf({ card, photoId, whom, memberNames, items }: Common): object {
  const kind = withoutPrefix('WHOM_TO_PRINT_', whom);
  const named = kind === 'NAMED_MEMBERS' || memberNames.length > 0;
  return {
    identityProof: card ? { kind: 'CARD', ...card } : photoId && photoIdOf(photoId),
    ...((named || kind !== 'UNSPECIFIED') && { whom: { kind, ...(named && { names: memberNames }) } }),
    items,
  };
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
