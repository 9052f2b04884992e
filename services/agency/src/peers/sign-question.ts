import { askerId } from '#core/domain/caller.js';
import { newNonce } from '#core/domain/exchange.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { proofBytes } from '#core/domain/proof.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { accountMetadata } from '#core/wire/account-metadata.js';
import { statementMetadata } from '#core/wire/statement-metadata.js';
import type { AskingAgency } from './ask-centre.js';

/** By their keys; those of keys that end in -bin are bytes. */
export type QuestionMetadata = Record<string, string | Buffer>;

export type SignQuestion = (procedure: string, request: Uint8Array) => Promise<QuestionMetadata>;

/** @returns a function that signs a question which another tool will ask: the agency's journal does not see it. */
export function signQuestion(agency: AskingAgency): SignQuestion {
  return async (procedure, request) => {
    const { as, clock, newId, operator, statements } = agency;
    const account = { id: newId(), nonce: newNonce(agency), operator, purpose: PROVISION };
    const askedAt = clock.now();
    const bytes = proofBytes({
      ...{ exchange: account.id, nonce: account.nonce, procedure, asking: askerId(as), answering: NATIONAL_CENTRE },
      ...{ operator, purpose: PROVISION, askedAt, request },
    });
    return { ...accountMetadata(account), ...statementMetadata('proof', await statements.sign(bytes, askedAt)) };
  };
}
