import { checkPurpose } from '#core/domain/look-up.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { OfficerNotice as OfficerNoticeMessage } from '#core/wire/generated/juki/register/v1/OfficerNotice.js';
import type { OfficerNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/OfficerNoticeService.js';
import { messageOf } from '#core/wire/plain.js';
import type { OfficerNotice } from '../domain/protection/officer-notice.js';

const MOST = 100;

/** What this municipality's officers are told, for its own operators. */
export function officerNoticeService(newestNotices: (most: number) => Promise<OfficerNotice[]>): RpcService {
  return rpcService<OfficerNoticeServiceDefinition>('juki.register.v1.OfficerNoticeService', {
    async ListOfficerNotices({ purpose }, exchange) {
      exchange.purpose = checkPurpose(purpose);
      const notices = await newestNotices(MOST);
      for (const { residentRecordCode } of notices) exchange.concerns.add(residentRecordCode);
      return {
        notices: notices.map((notice) => messageOf<OfficerNoticeMessage>('juki.register.v1.OfficerNotice', notice)),
      };
    },
  });
}
