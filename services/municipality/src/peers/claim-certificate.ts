import { z } from 'zod';
import { isCalendarDate } from '#core/domain/calendar-date.js';
import { CARD_KINDS, CARD_STATES } from '#core/domain/card-status.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { type Asker, ask } from '#core/peers/ask.js';
import { CardNumber, PublicKey } from '#core/wire/card-status-message.js';
import type { ClaimMoveOutCertificateRequest } from '#core/wire/generated/juki/transfer/v1/ClaimMoveOutCertificateRequest.js';
import type { MoveOutCertificateServiceDefinition } from '#core/wire/generated/juki/transfer/v1/MoveOutCertificateService.js';
import { messageOf, plainOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { Code, Day, MOST_PEOPLE, Relationship } from '../domain/fields.js';
import type { AskedClaim, CertificateInformation } from '../domain/moves/claim.js';
import { Person } from '../domain/register/person.js';

/** People wait at the counter. */
const PATIENCE_MS = 5_000;

const V1 = 'juki.transfer.v1';

/** What the origin may refuse a claim with for good: the same claim is refused the same again. */
export const FOR_GOOD: readonly Reason[] = [
  ...(['NOT_FOUND', 'MOVE_OUT_NOT_NOTIFIED', 'MOVE_UNDER_WAY', 'MOVE_SETTLED', 'CERTIFICATE_ISSUED'] as const),
  ...(['SPECIAL_MOVE_TOO_LATE', 'CARD_INVALID', 'ID_REUSED'] as const),
];

const { ClaimMoveOutCertificate } = procedures<MoveOutCertificateServiceDefinition>(`${V1}.MoveOutCertificateService`);

const Version = z.coerce.number().int().positive();
const ADay = z.string().refine(isCalendarDate);

const MovingCard = z.strictObject({
  cardNumber: CardNumber,
  kind: z.enum(CARD_KINDS),
  state: z.enum(CARD_STATES),
  issuedOn: ADay,
  expiresOn: ADay,
  publicKey: PublicKey,
  managementKey: z.string().regex(/^[0-9a-f]{64}$/),
  version: Version,
});

const Information = z.strictObject({
  destination: z.string(),
  plannedOn: Day,
  people: z
    .array(
      z.strictObject({
        person: Person,
        householderName: z.string().default(''),
        relationship: Relationship,
        previousAddress: z.string(),
        municipalItems: z.string().default(''),
        residentRecordCode: Code,
        version: Version,
        cards: z.array(MovingCard).max(10),
      }),
    )
    .min(1)
    .max(MOST_PEOPLE),
});

/** Asks an origin for the certificate information of people who notify their first move-in. */
export type ClaimCertificate = (
  origin: OfficeId,
  claim: AskedClaim,
  exchange: Exchange,
) => Promise<CertificateInformation>;

/** @returns a function that throws the origin's refusal, or OFFICE_UNAVAILABLE after five seconds. */
export function claimCertificate(asker: Asker): ClaimCertificate {
  return async (origin, claim, exchange) => {
    const response = await ask(asker, ClaimMoveOutCertificate, {
      office: origin,
      request: messageOf<ClaimMoveOutCertificateRequest>(`${V1}.ClaimMoveOutCertificateRequest`, {
        ...claim,
        cardCount: String(claim.cardCount),
      }),
      account: exchange,
      concerns: [claim.residentRecordCode],
      reasons: ['NOT_PARTICIPATING', ...FOR_GOOD],
      withinMs: PATIENCE_MS,
    });
    const read = Information.safeParse(plainOf(`${V1}.ClaimMoveOutCertificateResponse`, response));
    if (!read.success)
      throw new Refusal('INTERNAL', { office: origin, cause: new Error('the answer is no certificate') });
    return read.data as CertificateInformation;
  };
}
