import type { Account } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { type Asker, ask } from '#core/peers/ask.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import type { CopyDataRequest } from '../domain/issuance/copy-data-request.js';
import type { CopyRecord } from '../domain/issuance/copy-record.js';
import { copyDataRequestMessage } from '../wire/copy-data-message.js';
import { copyRecordOfMessage } from '../wire/copy-record-message.js';

/** An applicant waits at the counter: longer than this, and the answer is that home does not answer. */
const PATIENCE_MS = 5_000;

/** What home may say to it. Whether a PIN was right, or a counter is open, is not home's to say. */
const REASONS: readonly Reason[] = [
  'NOT_PARTICIPATING',
  'NOT_FOUND',
  'AMBIGUOUS',
  'RECORD_DELETED',
  'NOT_SAME_HOUSEHOLD',
  'CONTACT_HOME_MUNICIPALITY',
];

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

/** Asks the home municipality for the data of a copy, once. */
export type AskHome = (home: OfficeId, request: CopyDataRequest, account: Account) => Promise<CopyRecord[]>;

/** @returns a function that throws home's refusal, or OFFICE_UNAVAILABLE after five seconds. */
export function askHome(asker: Asker): AskHome {
  return async (home, request, account) => {
    const { knownBy } = request;
    const { records } = await ask(asker, ProvideCopyData, {
      office: home,
      request: copyDataRequestMessage(request),
      account,
      concerns: 'residentRecordCode' in knownBy ? [knownBy.residentRecordCode] : [],
      reasons: REASONS,
      withinMs: PATIENCE_MS,
    });
    try {
      return records.map(copyRecordOfMessage);
    } catch (cause) {
      throw new Refusal('INTERNAL', { office: home, cause });
    }
  };
}
