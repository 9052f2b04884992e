import type { Discrepancy } from '../domain/discrepancy.js';
import { type Fresh, newNonce } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { discrepancyMessage } from '../wire/discrepancy-message.js';
import type { DiscrepancyServiceDefinition } from '../wire/generated/juki/propagation/v1/DiscrepancyService.js';
import { procedures } from '../wire/procedure.js';
import { type Asker, ask } from './ask.js';

const PATIENCE_MS = 20_000;

const { ReportDiscrepancies } = procedures<DiscrepancyServiceDefinition>('juki.propagation.v1.DiscrepancyService');

/** @returns a function that reports to an office below, and throws its refusal or OFFICE_UNAVAILABLE. */
export function reportDiscrepancies(asker: Asker & Fresh) {
  return async (below: OfficeId, discrepancies: Discrepancy[]): Promise<void> => {
    await ask(asker, ReportDiscrepancies, {
      office: below,
      request: { discrepancies: discrepancies.map(discrepancyMessage) },
      account: { id: asker.newId(), nonce: newNonce(asker), operator: 'courier', purpose: 'DISCREPANCY_REPORT' },
      concerns: discrepancies.map(({ residentRecordCode }) => residentRecordCode),
      reasons: [],
      withinMs: PATIENCE_MS,
    });
  };
}
