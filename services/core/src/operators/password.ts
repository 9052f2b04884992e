import { hash, verify } from '@node-rs/argon2';

/** The library's number for argon2id: its enum can not be imported. */
const ARGON2ID = 2;
/** What OWASP asks of argon2id at least: 19 MiB, two passes, one lane. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

type RandomBytes = (size: number) => Buffer;

/** @returns the hash with its salt and parameters, as a PHC string */
export function hashPassword(password: string, randomBytes: RandomBytes): Promise<string> {
  return hash(normalized(password), { ...COST, salt: randomBytes(SALT_BYTES) });
}

export function passwordFits(password: string, passwordHash: string): Promise<boolean> {
  return verify(passwordHash, normalized(password));
}

/** A hash that is compared with where there is nobody. It costs as much as any, and is that of no password known. */
export function hashOfNobody(randomBytes: RandomBytes): string {
  const [salt, hashed] = [SALT_BYTES, HASH_BYTES].map((size) =>
    randomBytes(size).toString('base64').replace(/=+$/, ''),
  );
  return `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${salt}$${hashed}`;
}

/** Keyboards write the same character in more than one way. */
function normalized(password: string): string {
  return password.normalize('NFC');
}
