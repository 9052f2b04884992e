import type { Kysely } from 'kysely';
import type { Exchange } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { replaceCard } from '../operators/replace-card.js';
import { IDLE_MINUTES, type Sessions } from '../operators/session.js';
import type { SignIn } from '../operators/sign-in.js';
import {
  ChangePasswordRequest,
  ReplaceCardRequest,
  SignInRequest,
  UnlockOperatorRequest,
} from '../operators/sign-in-request.js';
import { unlockOperator } from '../operators/unlock-operator.js';
import type { CoreTables } from '../storage/tables.js';
import type { Credentials } from '../trust/credentials.js';
import type { DocumentSeal } from '../trust/documents.js';
import type { SignInServiceDefinition } from '../wire/generated/juki/operator/v1/SignInService.js';
import { messageOf } from '../wire/plain.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

interface Office {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  sessions: Sessions;
  signIn: SignIn;
  seal: DocumentSeal;
  credentials: Pick<Credentials, 'trusted' | 'lists'>;
}

const REPLACE = '/juki.operator.v1.SignInService/ReplaceCard';
const UNLOCK = '/juki.operator.v1.SignInService/UnlockOperator';

/** How an office's operators sign in and out over gRPC, where TLS has proved that their card is there. */
export function signInService(office: Office): RpcService {
  const { sessions, signIn } = office;
  return rpcService<SignInServiceDefinition>('juki.operator.v1.SignInService', {
    async SignIn(message, exchange) {
      exchange.purpose = 'SIGN_IN';
      const { password } = readMessage(SignInRequest, 'juki.operator.v1.SignInRequest', message);
      const { card } = shownIn(exchange);
      const { token, role, beganAt, endsAt } = await signIn.signIn({ name: exchange.operator, card }, password);
      const session = { session: token, role, idleMinutes: IDLE_MINUTES, endsAt, signedInAt: beganAt };
      return messageOf('juki.operator.v1.SignInResponse', session);
    },
    async SignOut(_nothing, exchange) {
      exchange.purpose = 'SIGN_OUT';
      const { session, card } = shownIn(exchange);
      sessions.end(session, card);
      return {};
    },
    async ChangePassword(message, exchange) {
      exchange.purpose = 'CHANGE_PASSWORD';
      const changed = readMessage(ChangePasswordRequest, 'juki.operator.v1.ChangePasswordRequest', message);
      const { password, newPassword: next } = changed;
      const { card } = shownIn(exchange);
      await signIn.changePassword({ name: exchange.operator, card }, { password, next });
      return {};
    },
    async ReplaceCard(message, exchange) {
      exchange.purpose = 'REPLACE_CARD';
      const replacement = readMessage(ReplaceCardRequest, 'juki.operator.v1.ReplaceCardRequest', message);
      const { session, card } = shownIn(exchange);
      const by = sessions.check(session, card, REPLACE);
      exchange.purpose = `REPLACE_CARD ${replacement.operator}`;
      await replaceCard(office, by, replacement);
      return {};
    },
    async UnlockOperator(message, exchange) {
      exchange.purpose = 'UNLOCK_OPERATOR';
      const unlocking = readMessage(UnlockOperatorRequest, 'juki.operator.v1.UnlockOperatorRequest', message);
      const { session, card } = shownIn(exchange);
      const by = sessions.check(session, card, UNLOCK);
      exchange.purpose = `UNLOCK_OPERATOR ${unlocking.operator}`;
      const cardUnlocking = await unlockOperator(office, by, unlocking);
      return cardUnlocking === undefined ? {} : { cardUnlocking };
    },
  });
}

function shownIn({ shown }: Exchange) {
  return shown ?? { card: '', session: '' };
}
