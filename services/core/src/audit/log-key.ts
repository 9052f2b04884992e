import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { functionOf, provenValue, proveValue, type SecretFunction } from './verifiable-function.js';

/** So many people's keys are kept worked out. */
const MOST_KNOWN = 10_000;

/**
 * What a log's entries name people with. Each person has a key in each log, which only the log's own key yields; an
 * entry that is about them shows a tag, made with their key from how many entries named them before. So nobody can tell
 * from a log whom its entries are about, or that two are about one person. Whoever is given one person's key finds all
 * entries about them, sees that none between two is missing, and, since no number is given twice, none after the last.
 */
export class LogKey {
  private readonly secret: Buffer;
  private readonly keys: SecretFunction;
  private readonly known = new Map<ResidentRecordCode, KeyObject>();

  constructor(secret: Buffer) {
    this.secret = secret;
    this.keys = functionOf(secret);
  }

  /** Compressed, 33 bytes. */
  get publicKey(): Buffer {
    return this.keys.publicKey;
  }

  /** @param number - from 1, without a gap */
  tag(code: ResidentRecordCode, number: number): string {
    return tagOf(this.personKey(code), number);
  }

  /** @returns what shows which key is a person's in this log: `personKeyIn` reads it */
  prove(code: ResidentRecordCode, randomBytes: (size: number) => Buffer): Buffer {
    return proveValue(this.secret, code, randomBytes(32));
  }

  private personKey(code: ResidentRecordCode): KeyObject {
    const known = this.known.get(code);
    if (known) return known;
    const key = createSecretKey(this.keys.valueAt(code));
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(code, key);
    return key;
  }
}

/** @returns a person's key in the log with this public key; undefined where the proof is of another person or log */
export function personKeyIn(logKey: Buffer, code: ResidentRecordCode, proof: Buffer): Buffer | undefined {
  return provenValue(logKey, code, proof);
}

/** HMAC-SHA256 with a person's key, hex. */
export function tagOf(personKey: Buffer | KeyObject, number: number): string {
  return createHmac('sha256', personKey).update(String(number)).digest('hex');
}
