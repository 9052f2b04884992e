import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf } from '#core/domain/office.js';
import type { Reason } from '#core/domain/refusal.js';
import type { Dispatch } from '#core/propagation/dispatch.js';
import type { Arrival } from '../domain/moves/arrival.js';
import { lastDayAfterMoveOut } from '../domain/moves/deadlines.js';
import type { Departing } from '../domain/moves/departure.js';
import type { MoveView } from '../domain/moves/move-view.js';
import { arrivalsUnderWay } from '../storage/arrivals.js';
import { findClaim } from '../storage/claims.js';
import { departingUnderWay, findDeparture } from '../storage/departures.js';
import { recordsWithIds } from '../storage/resident-register.js';
import type { Registrar } from './registrar.js';

/** Who knows why what is queued was not delivered. */
type Desk = Registrar & { dispatch: Pick<Dispatch, 'whyWaiting'> };

const MOST = 200;

/** What is under way at this end, the longest waiting first: with its next step, its age, and why it is stuck. */
export async function listMoves(desk: Desk, purpose: string, exchange: Exchange): Promise<MoveView[]> {
  exchange.purpose = purpose;
  const departing = await departingUnderWay(desk.ledger, MOST);
  const together = Map.groupBy(departing, ({ departureId, claimId }) => `${departureId} ${claimId}`);
  const leaving = [];
  for (const [first, ...others] of together.values()) if (first) leaving.push(await moveOutView(desk, first, others));
  const arriving = (await arrivalsUnderWay(desk.ledger, MOST)).map((arrival) => moveInView(desk, arrival));
  const moves = [...leaving, ...arriving].sort((a, b) => a.since.getTime() - b.since.getTime()).slice(0, MOST);
  for (const code of moves.flatMap(({ residentRecordCodes }) => residentRecordCodes)) exchange.concerns.add(code);
  return moves;
}

async function moveOutView({ ledger, clock }: Desk, first: Departing, others: Departing[]): Promise<MoveView> {
  const departure = await findDeparture(ledger, first.departureId);
  if (!departure) throw new Error('whoever departs is part of a departure');
  const records = await recordsWithIds(
    ledger,
    [first, ...others].map(({ recordId }) => recordId),
  );
  const move = {
    direction: 'OUT' as const,
    residentRecordCodes: records.map(({ residentRecordCode }) => residentRecordCode),
    since: first.changedAt,
  };
  if (first.claimId !== null) {
    const claimedBy = (await findClaim(ledger, first.claimId))?.claimedBy ?? '';
    return { ...move, claimId: first.claimId, otherMunicipality: claimedBy, nextStep: 'MOVE_IN_NOTICE' };
  }
  const lastDay = lastDayAfterMoveOut(departure.plannedOn);
  const isTooLate = lastDay < today(clock);
  return {
    ...{ ...move, otherMunicipality: departure.destinationMunicipality, nextStep: 'FIRST_MOVE_IN', lastDay },
    ...(isTooLate && { stuck: 'SPECIAL_MOVE_TOO_LATE' }),
  };
}

function moveInView({ dispatch }: Desk, arrival: Arrival): MoveView {
  const { arrivalId: claimId, origin, residentRecordCode, certificate, changedAt: since } = arrival;
  const codes = certificate?.people.map((one) => one.residentRecordCode) ?? [residentRecordCode];
  const { nextStep, stuck } = standingOf(arrival, dispatch);
  return {
    ...{ direction: 'IN', claimId, otherMunicipality: codeOf(origin), residentRecordCodes: codes, nextStep, since },
    ...(stuck && { stuck }),
  };
}

function standingOf(
  { state, origin, problem }: Arrival,
  dispatch: Desk['dispatch'],
): { nextStep: MoveView['nextStep']; stuck?: Reason | null | undefined } {
  if (state === 'CLAIMING') return { nextStep: 'CLAIM', stuck: problem };
  if (state === 'CLAIMED') return { nextStep: 'ENTRY' };
  if (state === 'ENTERED')
    return { nextStep: 'DELIVERY_OF_NOTICE', stuck: dispatch.whyWaiting('MOVE_IN_NOTICE', origin) };
  return { nextStep: 'DELIVERY_OF_RELEASE', stuck: dispatch.whyWaiting('RELEASE', origin) };
}
