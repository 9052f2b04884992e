import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { RecordVersion as RecordVersionMessage } from '#core/wire/generated/juki/register/v1/RecordVersion.js';
import type { RegisterServiceDefinition } from '#core/wire/generated/juki/register/v1/RegisterService.js';
import type { ResidentRecord as ResidentRecordMessage } from '#core/wire/generated/juki/register/v1/ResidentRecord.js';
import { messageOf } from '#core/wire/plain.js';
import {
  Look,
  LookAsOf,
  type RecordView,
  recordVersionView,
  residentRecordView,
} from '../domain/register/record-view.js';
import { Search } from '../domain/register/search.js';
import type { Counter } from '../use-cases/counter.js';
import { codePoolStanding } from '../use-cases/keep-code-pool.js';
import { type KeptVersion, lookUpHistory } from '../use-cases/look-up-history.js';
import { lookUpHousehold } from '../use-cases/look-up-household.js';
import { lookUpResidentRecord } from '../use-cases/look-up-resident-record.js';
import { searchResidentRecords } from '../use-cases/search-resident-records.js';

const V1 = 'juki.register.v1';

/** The register, for this municipality's own operators. */
export function registerService(counter: Counter): RpcService {
  return rpcService<RegisterServiceDefinition>(`${V1}.RegisterService`, {
    async GetResidentRecord(message, exchange) {
      const look = readMessage(LookAsOf, `${V1}.GetResidentRecordRequest`, message);
      return { residentRecord: recordMessage(await lookUpResidentRecord(counter, look, exchange)) };
    },
    async SearchResidentRecords(message, exchange) {
      const search = readMessage(Search, `${V1}.SearchResidentRecordsRequest`, message);
      return { residentRecords: (await searchResidentRecords(counter, search, exchange)).map(recordMessage) };
    },
    async GetHousehold(message, exchange) {
      const look = readMessage(Look, `${V1}.GetHouseholdRequest`, message);
      return { residentRecords: (await lookUpHousehold(counter, look, exchange)).map(recordMessage) };
    },
    async GetRecordHistory(message, exchange) {
      const look = readMessage(Look, `${V1}.GetRecordHistoryRequest`, message);
      return { versions: (await lookUpHistory(counter, look, exchange)).map(versionMessage) };
    },
    async GetCodePool(_nothing, exchange) {
      return codePoolStanding(counter.ledger, exchange);
    },
  });
}

function recordMessage(view: RecordView): ResidentRecordMessage {
  return messageOf<ResidentRecordMessage>(`${V1}.ResidentRecord`, residentRecordView(view));
}

function versionMessage(version: KeptVersion): RecordVersionMessage {
  return messageOf<RecordVersionMessage>(`${V1}.RecordVersion`, recordVersionView(version));
}
