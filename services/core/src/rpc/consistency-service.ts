import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import type { Change } from '../domain/fold-changes.js';
import { LARGEST_DELIVERY } from '../domain/largest-message.js';
import type { LocalGovernmentCode } from '../domain/local-government-code.js';
import { codeOf, type OfficeId, roleOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import { isResidentRecordCode } from '../domain/resident-record-code.js';
import type { Network } from '../network.js';
import { digestsOf, holdingDigestsOf, MOST_RANGES } from '../propagation/compare-ranges.js';
import { MOST_CHANGES } from '../propagation/pieces.js';
import type { Restatement } from '../propagation/restate-holdings.js';
import { changesOf } from '../storage/changes.js';
import { holdingsUnder, quarantine } from '../storage/identity-ledger.js';
import { queuedAmong } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';
import { changeMessage, changeOfPlain, changesSchema } from '../wire/change-message.js';
import type { ConsistencyServiceDefinition } from '../wire/generated/juki/propagation/v1/ConsistencyService.js';
import { checkPurposeIs } from './asking-office.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** The purpose that this procedure has, and no other. */
const CONSISTENCY_CHECK = 'CONSISTENCY_CHECK';
const V1 = 'juki.propagation.v1';

const Code = z.string().refine(isResidentRecordCode, 'is not a resident record code');
const Prefix = z.string().regex(/^[0-9]{0,11}$/, 'is not the first digits of codes');
const Ranges = z.strictObject({
  prefixes: z.array(Prefix).min(1).max(MOST_RANGES).refine(areApart, 'are not ranges apart from each other'),
});
const KnownVersion = z.strictObject({
  residentRecordCode: Code,
  version: z.coerce.number().int().nonnegative().default(0),
});
const Known = z.strictObject({ known: z.array(KnownVersion).min(1).max(100) });
const Codes = z.strictObject({ residentRecordCodes: z.array(Code).min(1).max(1000) });
const Holdings = z.strictObject({ holdings: z.array(KnownVersion).min(1).max(1000) });
const Changes = changesSchema(MOST_CHANGES);

interface Level {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
}

type Restate = (changes: Change[], exchange: Exchange) => Promise<Restatement[]>;

/** What a level above answers a municipality that holds its own ledger against it. */
export function consistencyService(level: Level, restateHoldings: Restate): RpcService {
  const { ledger, clock } = level;
  return rpcService<ConsistencyServiceDefinition>(
    `${V1}.ConsistencyService`,
    {
      async CompareRanges(message, exchange) {
        const asking = municipalityAsking(level, exchange);
        const { prefixes } = readMessage(Ranges, `${V1}.CompareRangesRequest`, message);
        return { ranges: await digestsOf({ ledger, municipality: asking }, prefixes) };
      },
      async ListHoldings(message, exchange) {
        const asking = municipalityAsking(level, exchange);
        const { prefixes } = readMessage(Ranges, `${V1}.ListHoldingsRequest`, message);
        const holdings = await holdingDigestsOf({ ledger, municipality: asking }, prefixes);
        for (const { residentRecordCode } of holdings) exchange.concerns.add(residentRecordCode);
        return { holdings: holdings.map((holding) => ({ ...holding, version: String(holding.version) })) };
      },
      async ListWaiting(message, exchange) {
        const asking = municipalityAsking(level, exchange);
        const { residentRecordCodes } = readMessage(Codes, `${V1}.ListWaitingRequest`, message);
        for (const code of residentRecordCodes) exchange.concerns.add(code);
        const waiting = await queuedAmong(ledger, 'CHANGE', residentRecordCodes);
        const held = await holdingsUnder(ledger, waiting);
        // Whether anything waits of somebody else's resident is none of their business.
        return { residentRecordCodes: waiting.filter((code) => held.get(code)?.municipality === asking) };
      },
      async QuarantineHoldings(message, exchange) {
        const asking = municipalityAsking(level, exchange);
        const { holdings } = readMessage(Holdings, `${V1}.QuarantineHoldingsRequest`, message);
        for (const { residentRecordCode } of holdings) exchange.concerns.add(residentRecordCode);
        return { quarantined: await quarantine(ledger, asking, holdings, clock.now()) };
      },
      async RestateHoldings(message, exchange) {
        const asking = municipalityAsking(level, exchange);
        const changes = readMessage(Changes, `${V1}.RestateHoldingsRequest`, message).changes.map(changeOfPlain);
        if (changes.some(({ municipality }) => municipality !== asking))
          throw new Refusal('ACCESS_DENIED', { field: 'municipality' });
        return { restatements: await restateHoldings(changes, exchange) };
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
    },
    { largest: LARGEST_DELIVERY },
  );
}

/** @throws Refusal ACCESS_DENIED, INVALID_REQUEST, NOT_PARTICIPATING */
function municipalityAsking({ office, network }: Level, exchange: Exchange): LocalGovernmentCode {
  const { caller } = exchange;
  if (caller.kind !== 'office' || roleOf(caller.office) !== 'municipality') throw new Refusal('ACCESS_DENIED');
  const isAbove = network.entry(caller.office).parent === office || network.entry(office).parent === undefined;
  if (!isAbove) throw new Refusal('ACCESS_DENIED');
  checkPurposeIs(CONSISTENCY_CHECK, exchange);
  if (!network.participates(caller.office)) throw new Refusal('NOT_PARTICIPATING', { office: caller.office });
  return codeOf(caller.office);
}

/** Nobody makes a level read its ledger more than once in one question. */
function areApart(prefixes: string[]): boolean {
  const sorted = prefixes.toSorted();
  return sorted.every((prefix, i) => i === 0 || !prefix.startsWith(sorted[i - 1] ?? ''));
}
