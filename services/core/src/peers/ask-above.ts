import { type Fresh, newNonce } from '../domain/exchange.js';
import type { Change } from '../domain/fold-changes.js';
import { inGroups } from '../domain/in-groups.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { changeMessage, changeOfMessage } from '../wire/change-message.js';
import type { ConsistencyServiceDefinition } from '../wire/generated/juki/propagation/v1/ConsistencyService.js';
import { type Asked, procedures } from '../wire/procedure.js';
import { type Asker, ask } from './ask.js';

const PATIENCE_MS = 30_000;

/** So many people's changes come in one answer. */
const PEOPLE_AT_ONCE = 50;
const HOLDINGS_AT_ONCE = 1000;

const { CompareRanges, ListHoldings, ListWaiting, QuarantineHoldings, RestateHoldings, ListChangesSince } =
  procedures<ConsistencyServiceDefinition>('juki.propagation.v1.ConsistencyService');

/** A level above, as a municipality asks it when it holds its own ledger against it. */
export function askAbove(asker: Asker & Fresh, above: OfficeId, operator: string) {
  const put = <Input, Output>(procedure: Asked<Input, Output>, request: Input, concerns: ResidentRecordCode[] = []) =>
    ask(asker, procedure, {
      office: above,
      request,
      account: { id: asker.newId(), nonce: newNonce(asker), operator, purpose: 'CONSISTENCY_CHECK' },
      ...{ concerns, reasons: ['NOT_PARTICIPATING'], withinMs: PATIENCE_MS },
    });
  return {
    office: above,
    compareRanges: async (prefixes: string[]) => (await put(CompareRanges, { prefixes })).ranges,
    listHoldings: async (prefixes: string[]) =>
      (await put(ListHoldings, { prefixes })).holdings.map((holding) => ({
        ...holding,
        version: Number(holding.version),
      })),
    waiting: async (codes: ResidentRecordCode[]) => {
      const waiting = [];
      for (const residentRecordCodes of inGroups(codes, HOLDINGS_AT_ONCE))
        waiting.push(...(await put(ListWaiting, { residentRecordCodes }, residentRecordCodes)).residentRecordCodes);
      return waiting;
    },
    quarantine: async (holdings: KnownVersion[]) => {
      for (const group of inGroups(holdings, HOLDINGS_AT_ONCE))
        await put(QuarantineHoldings, { holdings: group.map(knownVersionMessage) }, group.map(codeOf));
    },
    restate: async (changes: Change[]) =>
      (await put(RestateHoldings, { changes: changes.map(changeMessage) }, changes.map(codeIn))).restatements,
    changesSince: async (known: KnownVersion[]) => {
      const changes = [];
      for (const group of inGroups(known, PEOPLE_AT_ONCE)) {
        const answer = await put(ListChangesSince, { known: group.map(knownVersionMessage) }, group.map(codeOf));
        changes.push(...answer.changes.map(changeOfMessage));
      }
      return changes;
    },
  };
}

/** A version of what is known under a code; 0 where nothing is. */
interface KnownVersion {
  residentRecordCode: ResidentRecordCode;
  version: number;
}

function knownVersionMessage({ residentRecordCode, version }: KnownVersion) {
  return { residentRecordCode, version: String(version) };
}

function codeOf({ residentRecordCode }: KnownVersion): ResidentRecordCode {
  return residentRecordCode;
}

function codeIn({ identification }: Change): ResidentRecordCode {
  return identification.residentRecordCode;
}
