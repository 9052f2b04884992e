import { z } from 'zod';

/** What an operator keys in. */
const Password = z.string('is missing').min(1, 'is missing').max(128, 'is longer than 128 characters');

const OperatorName = z.string('is missing').regex(/^[a-z][a-z0-9-]{0,62}$/, 'is no name of an operator');

/** Over gRPC, where the connection proves the card. */
export const SignInRequest = z.strictObject({ password: Password });

/** Over HTTP: the card has signed a challenge. */
export const CardSignIn = z.strictObject({
  certificate: z.string('is missing').max(4_096, 'is no certificate of a card'),
  challenge: z.string('is missing').regex(/^[\w-]{43}$/, 'is not 32 bytes in base64url'),
  signature: z.string('is missing').regex(/^[\w-]{86}$/, 'is not 64 bytes in base64url'),
  password: Password,
});

export const ChangePasswordRequest = SignInRequest.extend({
  newPassword: z.string('is missing').min(8, 'is shorter than 8 characters').max(128, 'is longer than 128 characters'),
});

export const ReplaceCardRequest = z.strictObject({
  operator: OperatorName,
  certificate: z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length > 0 && value.length <= 4_096,
    'is no certificate of a card',
  ),
});

export const UnlockOperatorRequest = z.strictObject({
  operator: OperatorName,
  cardChallenge: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'is not 32 hex digits')
    .optional(),
});
