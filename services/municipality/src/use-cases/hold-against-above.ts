import type { Kysely } from 'kysely';
import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import { codeOf, NATIONAL_CENTRE } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { Asker } from '#core/peers/ask.js';
import { askAbove } from '#core/peers/ask-above.js';
import { type ConsistencyCheck, checkConsistency } from '#core/propagation/check-consistency.js';
import type { Dispatch } from '#core/propagation/dispatch.js';
import { codesListedAs, enterDiscrepancies } from '#core/storage/discrepancies.js';
import { queuedAmong } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Registrar } from './registrar.js';
import { takeBackChanges } from './take-back-changes.js';

/** Who checks where nobody asked for it. */
const BY_ITSELF = 'consistency-check';

interface Municipality extends Registrar, Asker, Fresh {
  dispatch: Pick<Dispatch, 'wake' | 'settled'>;
}

/**
 * Holds this municipality's ledger against its prefecture's and the centre's (整合性確認). To repair is to restate there
 * what differs, and to take back here what was lost.
 *
 * @param operator who asked for it, if somebody did
 * @throws Refusal NOT_PARTICIPATING, OFFICE_UNAVAILABLE
 */
export async function holdAgainstAbove(
  municipality: Municipality,
  repair: boolean,
  operator = BY_ITSELF,
): Promise<ConsistencyCheck[]> {
  const { office, network, dispatch } = municipality;
  if (!network.participates(office)) throw new Refusal('NOT_PARTICIPATING', { office });
  const ledger = municipality.ledger as unknown as Kysely<CoreTables>;
  const exchangeOfCheck = (): Exchange => ({
    ...{ id: municipality.newId(), nonce: newNonce(municipality), operator, purpose: 'CONSISTENCY_CHECK' },
    ...{ caller: { kind: 'office', office }, concerns: new Set() },
  });
  const checking = {
    ...{ ledger, clock: municipality.clock, municipality: codeOf(office) },
    settled: () => dispatch.settled(),
    recover: (...[changes, foundBy]: Parameters<Checking['recover']>) =>
      takeBackChanges(municipality, changes, foundBy, exchangeOfCheck()),
    tell: (...[what, codes, foundBy]: Parameters<Checking['tell']>) => list(municipality, what, codes, foundBy),
  };
  const ownWaiting = (codes: ResidentRecordCode[]) => queuedAmong(ledger, 'CHANGE', codes);
  const prefecture = askAbove(municipality, network.entry(office).parent ?? NATIONAL_CENTRE, operator);
  const centre = askAbove(municipality, NATIONAL_CENTRE, operator);
  // In this order: what has left here by then waits at the prefecture, or has arrived.
  const waitingBelowCentre = async (codes: ResidentRecordCode[]) => [
    ...(await ownWaiting(codes)),
    ...(await prefecture.waiting(codes)),
  ];
  return [
    await checkConsistency({ ...checking, waiting: ownWaiting }, prefecture, { repair }),
    await checkConsistency({ ...checking, waiting: waitingBelowCentre }, centre, { repair }),
  ];
}

type Checking = Parameters<typeof checkConsistency>[0];

/** A mayor has to look into it, and is told once. */
async function list(
  { office, newId, clock, ledger }: Municipality,
  ...[what, codes, foundBy]: Parameters<Checking['tell']>
): Promise<void> {
  const coreLedger = ledger as unknown as Kysely<CoreTables>;
  const listed = await codesListedAs(coreLedger, what, codes);
  await enterDiscrepancies(
    coreLedger,
    codes
      .filter((code) => !listed.has(code))
      .map((residentRecordCode) => ({
        ...{ discrepancyId: newId(), municipality: codeOf(office), residentRecordCode, changeId: null },
        ...{ what, foundBy, foundAt: clock.now() },
      })),
  );
}
