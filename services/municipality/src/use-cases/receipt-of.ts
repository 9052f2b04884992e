import { codeOf, type OfficeId } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { noticeSheet } from '../domain/codes/notice-sheet.js';
import { isLate } from '../domain/register/act.js';
import type { IssuedCertificate, Receipt } from '../domain/register/receipt.js';
import type { Performed } from './perform-act.js';

/** What the counter hands out after an act: a notice sheet for each of the codes that are new to their people. */
export function receiptOf(
  { act, writings }: Performed,
  { network, office }: { network: Network; office: OfficeId },
  { freshCodes = [], certificates = [] }: { freshCodes?: string[]; certificates?: IssuedCertificate[] } = {},
): Receipt {
  const records = writings.map(({ record }) => record);
  const fresh = records.filter(({ residentRecordCode }) => freshCodes.includes(residentRecordCode));
  const mayor = mayorOf({ network, office });
  return {
    actId: act.actId,
    residentRecordCodes: records.map(({ residentRecordCode }) => residentRecordCode),
    deadline: act.deadline,
    late: isLate(act),
    noticeSheets: fresh.map((record) => noticeSheet(record, mayor, act.acceptedOn)),
    certificates,
  };
}

/** 文京区長, 国立市長, 矢祭町長 */
export function mayorOf({ network, office }: { network: Network; office: OfficeId }): string {
  return `${network.entry(office).name}長`;
}

/** Of a certificate: the municipality's code, the day and a number of its own. */
export function certificateNumber(office: OfficeId, on: string, id: string): string {
  return `${codeOf(office)}-${on.replaceAll('-', '')}-${id.slice(0, 8)}`;
}
