import type { CardView, VerifiedCard } from '#municipality/domain/cards/requests.js';
import {
  AcceptSpecialMoveOut,
  BeginSpecialMoveIn,
  ChangeCardPin,
  CompleteSpecialMoveIn,
  ContinueCard,
  DestroyCard,
  IssueCard,
  ListCards,
  OrderCardReturn,
  ReportCardFound,
  ReportCardLoss,
  ReturnCard,
  UnlockCard,
  VerifyCard,
} from '#scripts/operator/procedures.js';
import type { Plain, PlainReceipt, Question } from './questions.js';

export type PlainCard = Plain<CardView>;

interface Carded {
  card: PlainCard;
}

const cardAlone = true;
export const issueCard: Question<Carded> = { procedure: IssueCard, path: '/cards', cardAlone };
export const verifyCard: Question<VerifiedCard> = { procedure: VerifyCard, path: '/cards/verify' };
export const changePin: Question<object> = { procedure: ChangeCardPin, path: '/cards/pin' };
export const unlockCard: Question<object> = { procedure: UnlockCard, path: '/cards/unlock' };
export const loseCard: Question<Carded> = { procedure: ReportCardLoss, path: '/cards/loss', cardAlone };
export const findCard: Question<Carded> = { procedure: ReportCardFound, path: '/cards/found', cardAlone };
export const returnCard: Question<Carded> = { procedure: ReturnCard, path: '/cards/return', cardAlone };
export const orderReturn: Question<Carded> = { procedure: OrderCardReturn, path: '/cards/return-order', cardAlone };
export const destroyCard: Question<Carded> = { procedure: DestroyCard, path: '/cards/destruction', cardAlone };
export const continueCard: Question<Carded> = { procedure: ContinueCard, path: '/cards/continue', cardAlone };
export const listCards: Question<{ cards?: PlainCard[] }> = { procedure: ListCards, path: '/cards/list' };

export const specialMoveOut: Question<{ receipt: PlainReceipt }> = {
  ...{ procedure: AcceptSpecialMoveOut, path: '/special-moves/move-out', receiptAlone: true },
};
export const beginMoveIn: Question<{ arrivalId: string }> = {
  ...{ procedure: BeginSpecialMoveIn, path: '/special-moves/first-move-in' },
};
export const completeMoveIn: Question<{ receipt: PlainReceipt }> = {
  ...{ procedure: CompleteSpecialMoveIn, path: '/special-moves/move-in', receiptAlone: true },
};
