import { hash } from 'node:crypto';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { functionOf, provenValue, proveValue, type SecretFunction } from './verifiable-function.js';

/** So many people's keys are in memory twice over: those of lately, and those of before. */
const MOST_KNOWN = 20_000;

/**
 * What a log's entries name people with. Each person has a key in each log, which only the log's own key yields; an
 * entry that is about them shows a tag, made with their key from how many entries named them before. So nobody can tell
 * from a log whom its entries are about, or that two are about one person. Whoever is given one person's key finds all
 * entries about them, sees that none between two is missing, and, since no number is given twice, none after the last.
 */
export class LogKey {
  private readonly secret: Buffer;
  private readonly keys: SecretFunction;
  private known = new Map<ResidentRecordCode, Buffer>();
  private knownBefore = new Map<ResidentRecordCode, Buffer>();

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

  /** Worked out where it is not known: a multiplication on the curve. 32 bytes. */
  personKey(code: ResidentRecordCode): Buffer {
    const known = this.known.get(code) ?? this.knownBefore.get(code);
    if (known) return known;
    const key = this.keys.valueAt(code);
    this.remember(code, key);
    return key;
  }

  private remember(code: ResidentRecordCode, personKey: Buffer): void {
    if (this.known.size >= MOST_KNOWN) {
      this.knownBefore = this.known;
      this.known = new Map();
    }
    this.known.set(code, personKey);
  }
}

/** @returns a person's key in the log with this public key; undefined where the proof is of another person or log */
export function personKeyIn(logKey: Buffer, code: ResidentRecordCode, proof: Buffer): Buffer | undefined {
  return provenValue(logKey, code, proof);
}

/** HMAC-SHA256 (RFC 2104) with a person's key of 32 bytes, hex. Two hashes at once take a fifth of what an Hmac object does. */
export function tagOf(personKey: Buffer, number: number): string {
  pad(personKey, 0x36);
  const inner = hash('sha256', desk.subarray(0, BLOCK + desk.write(String(number), BLOCK)), 'binary');
  pad(personKey, 0x5c);
  return hash('sha256', desk.subarray(0, BLOCK + desk.write(inner, BLOCK, 'latin1')));
}

/** Where a block and what follows it are laid out. */
const BLOCK = 64;
const desk = Buffer.alloc(2 * BLOCK);

function pad(key: Buffer, byte: number): void {
  desk.fill(byte, 0, BLOCK);
  for (let i = 0; i < key.length; i += 1) desk[i] = (key[i] ?? 0) ^ byte;
}
