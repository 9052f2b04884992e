import type { Kysely } from 'kysely';
import { takeCardStatuses } from '#core/cards/take-card-statuses.js';
import { NATIONAL_CENTRE, type OfficeId, roleOf } from '#core/domain/office.js';
import { reportedCardStatuses } from '#core/peers/report-card-statuses.js';
import { cardStatusService } from '#core/rpc/card-status-service.js';
import type { RpcService } from '#core/rpc/rpc-service.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Credentials } from '#core/trust/credentials.js';
import { carryMoves, furnishCounter, type Premises } from '#municipality/furnish-counter.js';
import { tellOrigin } from '#municipality/peers/tell-origin.js';
import { moveOutCertificateService } from '#municipality/rpc/move-out-certificate-service.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import type { Counter } from '#municipality/use-cases/counter.js';
import { lapseCards } from '#municipality/use-cases/lapse-cards.js';
import { cardCheckService } from '#national/rpc/card-check-service.js';
import { checkCard } from '#national/use-cases/check-card.js';
import { moveOutConfirmationService } from '#prefecture/rpc/move-out-confirmation-service.js';
import { settledOf } from '#prefecture/storage/settled-move-outs.js';
import type { PrefectureTables } from '#prefecture/storage/tables.js';
import { confirmMoveOuts } from '#prefecture/use-cases/confirm-move-outs.js';
import { answersOf, discrepanciesAt, type Furnished, furnish, levelServices, type Means } from '../running-office.js';
import type { Echo } from './echo.js';

interface MovingMeans extends Means {
  credentials: Credentials;
  /** Where the cards lie that people carry. */
  pockets: string;
  echo: Echo;
}

/** An office as far as moves with a card concern it. */
export interface MovingOffice {
  ledger: Kysely<CoreTables>;
  answers: ReturnType<typeof answersOf>;
  /** Municipalities only. */
  counter: Counter | undefined;
  /** Municipalities only: notes which cards have passed their last day, as a node does once a day and when it starts. */
  lapse(): Promise<void>;
}

/** The wiring of an office as `startNode` and its role have it, without its servers. */
export function runMovingOffice(means: MovingMeans): MovingOffice {
  const desk = furnish(means);
  desk.dispatch.carry(reportedCardStatuses(desk));
  const role = roleOf(means.office);
  const office =
    role === 'municipality' ? municipality(means, desk) : { services: servicesAbove(desk), counter: undefined };
  desk.dispatch.wake();
  const { counter, services } = office;
  const lapse = async () => {
    if (counter) await lapseCards(counter);
  };
  void lapse().catch(() => {});
  return { ledger: means.ledger, answers: answersOf(desk, services), counter, lapse };
}

function municipality(
  { credentials, pockets, echo }: MovingMeans,
  desk: Furnished,
): { services: RpcService[]; counter: Counter } {
  const ledger = desk.ledger as unknown as Kysely<MunicipalityTables>;
  const premises: Premises = { ...desk, ledger, credentials };
  const furnished = furnishCounter(premises, pockets);
  const counter = { ...furnished, claimCertificate: echo.claims(furnished.claimCertificate) };
  carryMoves(premises, echo.tidings(tellOrigin(premises)));
  return { counter, services: [moveOutCertificateService(counter), discrepanciesAt(desk)] };
}

function servicesAbove(desk: Furnished): RpcService[] {
  const { network, office, dispatch } = desk;
  const { parent } = network.entry(office);
  const cards = cardStatusService(network, office, async (statuses, exchange) => {
    const refused = await takeCardStatuses({ ...desk, parent }, statuses, exchange);
    dispatch.wake();
    return refused;
  });
  return [...levelServices(desk), cards, office === NATIONAL_CENTRE ? cardChecks(desk) : confirmations(desk)];
}

function cardChecks(desk: Furnished): RpcService {
  return cardCheckService((reader: OfficeId, answer, exchange) => checkCard(desk, reader, answer, exchange));
}

function confirmations(desk: Furnished): RpcService {
  const ledger = desk.ledger as unknown as Kysely<PrefectureTables>;
  return moveOutConfirmationService(desk.network, desk.office, {
    confirm: (from, moveOuts, exchange) => confirmMoveOuts({ ...desk, ledger }, from, moveOuts, exchange),
    settledOf: (code) => settledOf(ledger, code),
  });
}
