import type { z } from 'zod';
import type { OfficeId } from '#core/domain/office.js';
import type { CalendarDate__Output } from '#core/wire/generated/juki/identity/v1/CalendarDate.js';
import type { CopyRecord__Output } from '#core/wire/generated/juki/issuance/v1/CopyRecord.js';
import type { IssueWideAreaCopyRequest } from '#core/wire/generated/juki/issuance/v1/IssueWideAreaCopyRequest.js';
import type { CopyApplication } from '#municipality/domain/issuance/copy-application.js';
import type { CopyRecord } from '#municipality/domain/issuance/copy-record.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { IssueWideAreaCopy } from '#scripts/operator/procedures.js';
import type { CardHolder } from './people.js';
import { postJson, RawLine } from './raw-line.js';
import { operatorOf } from './seat.js';
import type { TestNetwork } from './test-network.js';

/** What an applicant asks for, in the shape of the HTTP entrance. */
export type Application = z.input<typeof CopyApplication>;
type PhotoId = Extract<Application['identityProof'], { kind: 'PHOTO_ID' }>;

/** A copy as data, the same whichever entrance it was handed out at. */
interface IssuedCopy {
  records: CopyRecord[];
  issuing: string;
  home: string;
  issuedOn: string;
  feeYen: number;
  statement: string;
  text: string;
}

/** What the counter answered: a copy, or a refusal with the bytes that it left as. */
export interface CounterReply {
  copy?: IssuedCopy;
  reason?: string | undefined;
  office?: string | undefined;
  retryAfterSeconds?: number | undefined;
  /** The gRPC code or the HTTP status. */
  status: number;
  bytes: Buffer;
}

/** One of the two ways to the counter of a municipality. */
export interface Entrance {
  way: string;
  procedure: string;
  apply(network: TestNetwork, issuing: OfficeId, application: Application): Promise<CounterReply>;
}

export const overGrpc: Entrance = {
  way: 'gRPC',
  procedure: IssueWideAreaCopy.path,
  async apply(network, issuing, application) {
    const line = new RawLine(network.node(issuing).grpcPort, operatorOf(network, issuing));
    const reply = await line.call(IssueWideAreaCopy.path, IssueWideAreaCopy.encodeRequest(messageOf(application)));
    line.close();
    const [bytes] = reply.messages;
    const { reason, code: status } = reply;
    if (!bytes) return { reason, status, ...reply.details, bytes: reply.status };
    const { issuingMunicipality: at, homeMunicipality: home, ...copy } = IssueWideAreaCopy.decodeResponse(bytes);
    const issuedOn = dayOf(copy.issuedOn) ?? '';
    return { copy: { ...copy, issuing: at, home, issuedOn, records: copy.records.map(recordOf) }, status, bytes };
  },
};

export const overHttps: Entrance = {
  way: 'HTTPS',
  procedure: 'POST /wide-area-copies',
  async apply(network, issuing, application) {
    const { httpPort } = network.node(issuing);
    const reply = await postJson(httpPort, operatorOf(network, issuing), '/wide-area-copies', application);
    const { status, headers } = reply;
    const { reason, office, ...copy } = JSON.parse(reply.text);
    const bytes = Buffer.from(reply.text);
    const retryAfterSeconds = headers['retry-after'] === undefined ? undefined : Number(headers['retry-after']);
    if (status !== 201) return { reason, office, retryAfterSeconds, status, bytes };
    return { copy: { ...copy, issuing: copy.issuing.code, home: copy.home.code }, status, bytes };
  },
};

export function byCard({ card }: CardHolder, more: Partial<Application> = {}): Application {
  const { cardNumber, pin } = card;
  return { homeMunicipality: '131059', identityProof: { kind: 'CARD', cardNumber, pin }, ...more };
}

/** By a passport and the code; `shown` and `more` say what differs. */
export function byPhotoId(
  { name, residentRecordCode }: Pick<ResidentRecord, 'name' | 'residentRecordCode'>,
  shown: Partial<PhotoId> = {},
  more: Partial<Application> = {},
): Application {
  const passport = { document: 'PASSPORT' as const, expiresOn: '2020-01-01', showsPresentAddress: false };
  const identityProof = { kind: 'PHOTO_ID' as const, ...passport, name, stated: { residentRecordCode }, ...shown };
  return { homeMunicipality: '131059', identityProof, ...more };
}

/** The application as the gRPC entrance takes it. */
export function messageOf({
  homeMunicipality,
  identityProof,
  whom,
  items = [],
}: Application): IssueWideAreaCopyRequest {
  return {
    homeMunicipality,
    ...(identityProof.kind === 'CARD' ? { card: identityProof } : { photoId: photoIdMessage(identityProof) }),
    ...(whom && { whom: `WHOM_TO_PRINT_${whom.kind}` }),
    memberNames: whom?.kind === 'NAMED_MEMBERS' ? whom.names : [],
    items,
  };
}

function photoIdMessage({ document, expiresOn, showsPresentAddress, name, stated }: PhotoId) {
  return {
    ...{ kind: `PHOTO_ID_KIND_${document}` as const, expiresOn: dayMessage(expiresOn), showsPresentAddress, name },
    ...('birthDate' in stated
      ? { birthDateAndSex: { birthDate: dayMessage(stated.birthDate), sex: `SEX_${stated.sex}` as const } }
      : stated),
  };
}

function dayMessage(date: string) {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { year, month, day };
}

function dayOf(message: CalendarDate__Output | null | undefined): string | null {
  if (!message) return null;
  const { year, month, day } = message;
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

function recordOf(message: CopyRecord__Output): CopyRecord {
  const { name, address, notification, household, residentRecordCode } = message;
  return {
    name: name?.name ?? '',
    commonName: name?.commonName || null,
    birthDate: dayOf(message.birthDate) ?? '',
    sex: message.sex === 'SEX_MALE' ? 'MALE' : 'FEMALE',
    ...(household && { household }),
    becameResidentOn: dayOf(message.becameResidentOn) ?? '',
    address: address?.address ?? '',
    movedWithinTownOn: dayOf(address?.movedWithinTownOn),
    notifiedOn: dayOf(notification?.notifiedOn) ?? '',
    previousAddress: notification?.previousAddress || null,
    ...(residentRecordCode && { residentRecordCode }),
  };
}
