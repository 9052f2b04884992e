import { z } from 'zod';
import { askingOffice } from '#core/rpc/asking-office.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { FamilyRegisterNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/FamilyRegisterNoticeService.js';
import { Birth } from '../domain/acts/birth.js';
import { Death } from '../domain/acts/death.js';
import { FAMILY_REGISTER_NOTICE } from '../domain/acts/family-register-notice.js';
import type { Counter } from '../use-cases/counter.js';
import { receiveFamilyRegisterNotice } from '../use-cases/receive-family-register-notice.js';

const V1 = 'juki.register.v1';

const Notice = z
  .strictObject({ noticeId: z.uuid('is not a UUID'), birth: Birth.optional(), death: Death.optional() })
  .refine(({ birth, death }) => (birth === undefined) !== (death === undefined), 'is of a birth or of a death');

/** The home municipality's side of births and deaths that are reported elsewhere, for other municipalities. */
export function familyRegisterNoticeService(home: Counter): RpcService {
  return rpcService<FamilyRegisterNoticeServiceDefinition>(`${V1}.FamilyRegisterNoticeService`, {
    async NotifyHome(message, exchange) {
      const sender = askingOffice(FAMILY_REGISTER_NOTICE, exchange);
      const notice = readMessage(Notice, `${V1}.NotifyHomeRequest`, message);
      await receiveFamilyRegisterNotice(home, sender, notice, exchange);
      return {};
    },
  });
}
