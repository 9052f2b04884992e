import type { Exchange } from '#core/domain/exchange.js';
import { checkLookUp } from '#core/domain/look-up.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import type { RegisterServiceDefinition } from '#core/wire/generated/juki/register/v1/RegisterService.js';
import type { ResidentRecord as ResidentRecordMessage } from '#core/wire/generated/juki/register/v1/ResidentRecord.js';
import { sexMessage } from '#core/wire/sex-message.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';

type LookUp = (
  code: ResidentRecordCode,
  purpose: string,
  exchange: Exchange,
) => Promise<{ record: ResidentRecord; householderName: string }>;

/** The register, for this municipality's own operators. */
export function registerService(lookUpResidentRecord: LookUp): RpcService {
  return rpcService<RegisterServiceDefinition>('juki.register.v1.RegisterService', {
    async GetResidentRecord(message, exchange) {
      const { code, purpose } = checkLookUp(message);
      const { record, householderName } = await lookUpResidentRecord(code, purpose, exchange);
      return { residentRecord: residentRecordMessage(record, householderName) };
    },
  });
}

function residentRecordMessage(record: ResidentRecord, householderName: string): ResidentRecordMessage {
  return {
    name: record.name,
    nameReading: record.nameReading,
    commonName: record.commonName ?? '',
    birthDate: calendarDateMessage(record.birthDate),
    sex: sexMessage(record.sex),
    relationship: record.relationship,
    householderName,
    becameResidentOn: calendarDateMessage(record.becameResidentOn),
    address: record.address,
    notifiedOn: calendarDateMessage(record.notifiedOn),
    previousAddress: record.previousAddress ?? '',
    residentRecordCode: record.residentRecordCode,
  };
}
