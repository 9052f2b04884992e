import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Revocations } from '../domain/directory.js';
import type { OfficeId } from '../domain/office.js';
import type { Logger } from '../logger.js';
import {
  type Credentials,
  checkIdentity,
  checkOwnCertificate,
  FILE,
  loadCredentials,
  loadIdentity,
  loadTrust,
} from './credentials.js';
import type { RevocationLists } from './revocation-list.js';
import { NO_REVOCATIONS, withRevocations } from './revocations.js';
import { loadKeyList, SIGNING_KEYS } from './signing-keys.js';
import { type CredentialsStanding, standingOf } from './validity.js';

/** Revocation is to be seen everywhere within five seconds. */
const EVERY_MS = 2_000;

interface Watch {
  office: OfficeId;
  folder: string;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Calls something later; what it returns takes that back. */
  later: (act: () => void, ms: number) => () => void;
  /** This machine's clock, which TLS goes by. */
  now?: () => Date;
  /** How long after one look into the folder the next one is. */
  everyMs?: number;
}

/**
 * An office's credentials, which change when the files in its folder do. Whoever keeps them keeps this object and not
 * its parts. The folder is looked into again and again: what tells of changed files does not tell over every mount.
 */
export class LiveCredentials implements Credentials {
  private readonly watch: Required<Watch>;
  private readonly acts: ((credentials: Credentials) => void)[] = [];
  /** As they were read. */
  private held: Credentials;
  /** What the directory takes back beside the lists that are held. */
  private named: Revocations = NO_REVOCATIONS;
  private inUse: Credentials;
  private own: X509Certificate;
  private seen: string;
  /** Why what is in the folder is not what is in use. */
  private fault: string | undefined;
  private told = new Set<string>();
  private takeBack: (() => void) | undefined;

  /** @throws Error where the folder has no credentials, or none that the office can show itself with today */
  constructor(watch: Watch) {
    this.watch = { now: () => new Date(), everyMs: EVERY_MS, ...watch };
    this.seen = this.stamp();
    this.held = loadCredentials(watch.folder);
    this.inUse = this.held;
    checkOwnCertificate(this.inUse, watch.office, this.watch.now());
    this.own = new X509Certificate(this.inUse.certificate);
  }

  /** What is in use now, whole: another object as soon as anything of it changes. */
  get current(): Credentials {
    return this.inUse;
  }

  /** Of the certificate in use. */
  get serialNumber(): string {
    return this.own.serialNumber;
  }

  get certificate(): Buffer {
    return this.inUse.certificate;
  }

  get key(): Buffer {
    return this.inUse.key;
  }

  get officesAuthority(): Buffer {
    return this.inUse.officesAuthority;
  }

  get authorities(): Buffer[] {
    return this.inUse.authorities;
  }

  get trusted(): Credentials['trusted'] {
    return this.inUse.trusted;
  }

  get lists(): RevocationLists {
    return this.inUse.lists;
  }

  /** What the folder itself holds, without what the directory adds to it. */
  get ofFolder(): Credentials {
    return this.held;
  }

  /** Where this machine's time comes from, which certificates go by. */
  get machineClock(): () => Date {
    return this.watch.now;
  }

  /** What the directory takes back is refused from now on, however old the lists in the folder are. */
  heed(named: Revocations): void {
    this.named = named;
    this.use(this.held);
  }

  onChange(act: (credentials: Credentials) => void): void {
    this.acts.push(act);
  }

  /** Looks into the folder from now on. */
  begin(): void {
    this.look();
    this.takeBack = this.watch.later(() => this.begin(), this.watch.everyMs);
  }

  end(): void {
    this.takeBack?.();
  }

  standing(): CredentialsStanding {
    const { warnings, ...standing } = standingOf(this.inUse, this.own, this.watch.now());
    return { ...standing, warnings: this.fault ? [this.fault, ...warnings] : warnings };
  }

  /** Takes what is in the folder into use, if it is another than before and can be used. */
  look(): void {
    const stamp = this.stamp();
    if (stamp !== this.seen) {
      this.seen = stamp;
      this.take();
    }
    this.tell();
  }

  private take(): void {
    const faults: string[] = [];
    const next = this.next(faults);
    this.fault = faults.length > 0 ? `what is in use stays in use: ${faults.join('; ')}` : undefined;
    this.use(next);
  }

  private use(next: Credentials): void {
    const whole = { ...next, lists: withRevocations(next.lists, this.named) };
    this.held = next;
    if (areSame(whole, this.inUse)) return;
    this.inUse = whole;
    this.own = new X509Certificate(whole.certificate);
    const { offices, operators, agencies } = whole.lists;
    const lists = { offices: offices.number, operators: operators.number, agencies: agencies.number };
    this.watch.logger.info({ serial: this.own.serialNumber, lists }, 'credentials changed');
    for (const act of this.acts) act(whole);
  }

  /**
   * What of the folder can be used, and of the rest what is in use: a folder that is half-written is no reason to have
   * no list, nor a torn list a reason to have no certificate. Authorities change only together with the certificate.
   */
  private next(faults: string[]): Credentials {
    const { folder, office, now } = this.watch;
    const attempt = <T>(act: () => T) => {
      try {
        return act();
      } catch (error) {
        faults.push((error as Error).message);
        return undefined;
      }
    };
    const signingKeys = attempt(() => loadKeyList(folder)) ?? this.held.signingKeys;
    const trust = { ...(attempt(() => newer(loadTrust(folder), this.held, faults)) ?? this.held), signingKeys };
    const identity = attempt(() => {
      const read = loadIdentity(folder);
      checkIdentity({ ...trust, ...read }, office, now());
      return read;
    });
    if (identity) return { ...trust, ...identity };
    return haveSameAuthorities(trust, this.held) ? { ...this.held, lists: trust.lists, signingKeys } : this.held;
  }

  /** Each warning once, when it begins. */
  private tell(): void {
    const { warnings } = this.standing();
    for (const warning of warnings) if (!this.told.has(warning)) this.watch.logger.warn({ warning }, 'credentials');
    this.told = new Set(warnings);
  }

  private stamp(): string {
    const stampOf = (name: string) => {
      const found = statSync(join(this.watch.folder, name), { bigint: true, throwIfNoEntry: false });
      return found ? `${found.ino}:${found.mtimeNs}:${found.size}` : '';
    };
    return [...Object.values(FILE), SIGNING_KEYS].map(stampOf).join(' ');
  }
}

type Trust = ReturnType<typeof loadTrust>;

/** A list that is older than the one in use would take a revocation back: then the one in use stays. */
function newer(read: Trust, inUse: Credentials, faults: string[]): Trust {
  if (!haveSameAuthorities(read, inUse)) return read;
  const newerOf = (kind: keyof RevocationLists) => {
    if (read.lists[kind].number >= inUse.lists[kind].number) return read.lists[kind];
    faults.push(`the revocation list for ${kind} in the folder is older than the one in use`);
    return inUse.lists[kind];
  };
  const lists = { offices: newerOf('offices'), operators: newerOf('operators'), agencies: newerOf('agencies') };
  return { ...read, lists };
}

function haveSameAuthorities(one: Trust, other: Trust): boolean {
  return Buffer.concat(one.authorities).equals(Buffer.concat(other.authorities));
}

function areSame(one: Credentials, other: Credentials): boolean {
  const stateOf = ({ certificate, key, authorities, lists, signingKeys }: Credentials) => {
    const listed = [lists.offices, lists.operators, lists.agencies].map(({ number, issuedAt, revoked }) => [
      ...[number, issuedAt.getTime(), ...[...revoked.keys()].sort()],
    ]);
    return Buffer.concat([
      certificate,
      key,
      ...authorities,
      Buffer.from(JSON.stringify([listed, signingKeys ?? null])),
    ]);
  };
  return stateOf(one).equals(stateOf(other));
}
