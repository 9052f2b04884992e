import type { Kysely } from 'kysely';
import { checkLookUp } from '../domain/look-up.js';
import { Refusal } from '../domain/refusal.js';
import { findIdentificationInformation } from '../storage/identity-ledger.js';
import type { CoreTables } from '../storage/tables.js';
import { calendarDateMessage } from '../wire/calendar-date-message.js';
import type { IdentityServiceDefinition } from '../wire/generated/juki/identity/v1/IdentityService.js';
import { sexMessage } from '../wire/sex-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** The identity ledger of a prefecture or the national centre, for its own operators. */
export function identityService(ledger: Kysely<CoreTables>): RpcService {
  return rpcService<IdentityServiceDefinition>('juki.identity.v1.IdentityService', {
    async GetIdentificationInformation(message, exchange) {
      const { code, purpose } = checkLookUp(message);
      exchange.purpose = purpose;
      exchange.concerns.add(code);
      const found = await findIdentificationInformation(ledger, code);
      if (!found) throw new Refusal('NOT_FOUND');
      const { name, birthDate, sex, address, residentRecordCode } = found;
      return {
        identificationInformation: {
          ...{ name, address, residentRecordCode },
          birthDate: calendarDateMessage(birthDate),
          sex: sexMessage(sex),
        },
      };
    },
  });
}
