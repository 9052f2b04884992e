import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { FamilyRegisterServiceDefinition } from '#core/wire/generated/juki/register/v1/FamilyRegisterService.js';
import { BirthReport, DeathReport } from '../domain/acts/family-register-report.js';
import { acceptBirthReport, acceptDeathReport, type Reported } from '../use-cases/accept-family-register-report.js';
import type { Counter } from '../use-cases/counter.js';
import { sendWaitingNotices } from '../use-cases/send-family-register-notices.js';
import { receiptMessage } from './receipt-message.js';

const V1 = 'juki.register.v1';

/** What the family register's office of this municipality hands over. */
export function familyRegisterService(counter: Counter): RpcService {
  return rpcService<FamilyRegisterServiceDefinition>(`${V1}.FamilyRegisterService`, {
    async AcceptBirthReport(message, exchange) {
      const report = readMessage(BirthReport, `${V1}.AcceptBirthReportRequest`, message);
      return reportedMessage(await acceptBirthReport(counter, report, exchange));
    },
    async AcceptDeathReport(message, exchange) {
      const report = readMessage(DeathReport, `${V1}.AcceptDeathReportRequest`, message);
      return reportedMessage(await acceptDeathReport(counter, report, exchange));
    },
    async SendWaitingNotices(_all, exchange) {
      return { notices: await sendWaitingNotices(counter, exchange) };
    },
  });
}

function reportedMessage(reported: Reported) {
  return 'notice' in reported ? reported : receiptMessage(reported.receipt);
}
