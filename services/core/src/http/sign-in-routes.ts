import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { OPERATOR_ROLES } from '../domain/operator-role.js';
import type { CardProofs } from '../operators/card-proof.js';
import { IDLE_MINUTES, type Sessions } from '../operators/session.js';
import type { SignIn } from '../operators/sign-in.js';
import { CardSignIn } from '../operators/sign-in-request.js';
import { exchangeOf } from './account-for-request.js';
import { Problem } from './problem.js';
import { noSessionCookie, sessionCookie, shownByRequest } from './session-of-request.js';

interface Office {
  sessions: Sessions;
  signIn: SignIn;
  proofs: CardProofs;
}

const Nothing = z.strictObject({});
const Challenge = z.object({ challenge: z.string() });
const SignedInAs = z.object({
  operator: z.string(),
  role: z.enum(OPERATOR_ROLES),
  idleMinutes: z.number(),
  signedInAt: z.string(),
  endsAt: z.string(),
});

const refused = { '4xx': Problem, '5xx': Problem };

/** /sign-in and /sign-out: the card signs a challenge, and a cookie carries the session. */
export function signInRoutes(app: FastifyInstance, { sessions, signIn, proofs }: Office): void {
  const toSign = { summary: 'What the card is to sign', body: Nothing, response: { 200: Challenge, ...refused } };
  app.post('/sign-in/challenge', { schema: toSign }, async (request) => {
    const exchange = exchangeOf(request);
    exchange.purpose = 'SIGN_IN';
    return { challenge: proofs.challengeFor(exchange.operator) };
  });

  const signing = {
    summary: 'サインイン: card and password',
    body: CardSignIn,
    response: { 201: SignedInAs, ...refused },
  };
  app.post('/sign-in', { schema: signing }, async (request, reply) => {
    const exchange = exchangeOf(request);
    exchange.purpose = 'SIGN_IN';
    const { password, ...proof } = request.body as z.infer<typeof CardSignIn>;
    const name = exchange.operator;
    const proved = proofs.cardOf(name, proof);
    // Of two cards of one operator, the session would be bound to one and asked for with the other.
    const card = proved === shownByRequest(request).card ? proved : '';
    const { token, role, beganAt, endsAt } = await signIn.signIn({ name, card }, password);
    const times = { signedInAt: beganAt.toISOString(), endsAt: endsAt.toISOString() };
    const signedIn = { operator: name, role, idleMinutes: IDLE_MINUTES, ...times };
    return reply.code(201).header('set-cookie', sessionCookie(token)).send(signedIn);
  });

  const signingOut = { summary: 'サインアウト', body: Nothing, response: { 200: Nothing, ...refused } };
  app.post('/sign-out', { schema: signingOut }, async (request, reply) => {
    exchangeOf(request).purpose = 'SIGN_OUT';
    const { session, card } = shownByRequest(request);
    sessions.end(session, card);
    return reply.header('set-cookie', noSessionCookie()).send({});
  });
}
