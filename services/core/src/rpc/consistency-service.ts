import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import type { LocalGovernmentCode } from '../domain/local-government-code.js';
import { codeOf, type OfficeId, roleOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { digestsOf, holdingDigestsOf } from '../propagation/compare-ranges.js';
import { restateHoldings } from '../propagation/restate-holdings.js';
import { changesOf } from '../storage/changes.js';
import type { CoreTables } from '../storage/tables.js';
import { changeMessage, changeOfPlain, changesSchema } from '../wire/change-message.js';
import type { ConsistencyServiceDefinition } from '../wire/generated/juki/propagation/v1/ConsistencyService.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** The purpose that this procedure has, and no other. */
const CONSISTENCY_CHECK = 'CONSISTENCY_CHECK';
const V1 = 'juki.propagation.v1';

const Prefix = z.string().regex(/^[0-9]{0,11}$/, 'is not the first digits of codes');
const Ranges = z.strictObject({ prefixes: z.array(Prefix).min(1).max(200) });
const Known = z.strictObject({
  known: z
    .array(
      z.strictObject({
        residentRecordCode: z.string().regex(/^[0-9]{11}$/),
        version: z.coerce.number().int().default(0),
      }),
    )
    .min(1)
    .max(100),
});
const Changes = changesSchema(100);

interface Level {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
}

/** What a level above answers a municipality that holds its own ledger against it. */
export function consistencyService(level: Level): RpcService {
  const { ledger } = level;
  return rpcService<ConsistencyServiceDefinition>(`${V1}.ConsistencyService`, {
    async CompareRanges(message, exchange) {
      const asking = municipalityAsking(level, exchange);
      const { prefixes } = readMessage(Ranges, `${V1}.CompareRangesRequest`, message);
      return { ranges: await digestsOf(ledger, asking, prefixes) };
    },
    async ListHoldings(message, exchange) {
      const asking = municipalityAsking(level, exchange);
      const { prefixes } = readMessage(Ranges, `${V1}.ListHoldingsRequest`, message);
      const holdings = await holdingDigestsOf(ledger, asking, prefixes);
      for (const { residentRecordCode } of holdings) exchange.concerns.add(residentRecordCode);
      return { holdings: holdings.map((holding) => ({ ...holding, version: String(holding.version) })) };
    },
    async RestateHoldings(message, exchange) {
      const asking = municipalityAsking(level, exchange);
      const changes = readMessage(Changes, `${V1}.RestateHoldingsRequest`, message).changes.map(changeOfPlain);
      if (changes.some(({ municipality }) => municipality !== asking))
        throw new Refusal('ACCESS_DENIED', { field: 'municipality' });
      for (const { identification } of changes) exchange.concerns.add(identification.residentRecordCode);
      return { restatements: await restateHoldings(level, changes) };
    },
    async ListChangesSince(message, exchange) {
      const asking = municipalityAsking(level, exchange);
      const { known } = readMessage(Known, `${V1}.ListChangesSinceRequest`, message);
      const newer = [];
      for (const { residentRecordCode, version } of known) {
        exchange.concerns.add(residentRecordCode);
        const changes = await changesOf(ledger, residentRecordCode);
        newer.push(...changes.filter((change) => change.municipality === asking && change.version > version));
      }
      return { changes: newer.map(changeMessage) };
    },
  });
}

/** @throws Refusal ACCESS_DENIED, INVALID_REQUEST, NOT_PARTICIPATING */
function municipalityAsking({ office, network }: Level, { caller, purpose }: Exchange): LocalGovernmentCode {
  if (caller.kind !== 'office' || roleOf(caller.office) !== 'municipality') throw new Refusal('ACCESS_DENIED');
  const isAbove = network.entry(caller.office).parent === office || network.entry(office).parent === undefined;
  if (!isAbove) throw new Refusal('ACCESS_DENIED');
  if (purpose !== CONSISTENCY_CHECK)
    throw new Refusal('INVALID_REQUEST', { field: 'juki-purpose', fault: 'is not that of this procedure' });
  if (!network.participates(caller.office)) throw new Refusal('NOT_PARTICIPATING', { office: caller.office });
  return codeOf(caller.office);
}
