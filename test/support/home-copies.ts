import type { OfficeId } from '#core/domain/office.js';
import { plainOf } from '#core/wire/plain.js';
import { IssueCopy } from '#scripts/operator/procedures.js';
import { type Application, byPhotoId, messageOf } from './counter.js';
import { Desk } from './desk.js';
import { postJson } from './raw-line.js';
import type { Way } from './register-desk.js';
import { operatorOf } from './seat.js';
import type { TestNetwork } from './test-network.js';

/** What a resident asks for at the counter of their own municipality. */
export type HomeApplication = Omit<Application, 'homeMunicipality'>;

/** A copy as both entrances hand it out; its records are in the text. */
export interface PlainCopy {
  issuedOn: string;
  feeYen: number;
  statement: string;
  text: string;
}

export function atHome(...args: Parameters<typeof byPhotoId>): HomeApplication {
  const { homeMunicipality: _itself, ...application } = byPhotoId(...args);
  return application;
}

/** Applies for a copy at the counter of the applicant's own municipality. */
export async function copyAtHome(
  network: TestNetwork,
  office: OfficeId,
  application: HomeApplication,
  way: Way = 'gRPC',
): Promise<{ copy?: PlainCopy; reason?: string }> {
  if (way === 'HTTPS') {
    const { httpPort } = network.node(office);
    const { status, text } = await postJson(httpPort, operatorOf(network, office), '/copies', application);
    return status === 201 ? { copy: JSON.parse(text) } : { reason: JSON.parse(text).reason };
  }
  const { homeMunicipality: _itself, ...request } = messageOf({ homeMunicipality: '', ...application });
  const { answer, refusal } = await new Desk(network, office).try(IssueCopy, request);
  if (!answer) return refusal ? { reason: refusal.reason } : {};
  return { copy: plainOf(IssueCopy.answer, answer) as unknown as PlainCopy };
}
