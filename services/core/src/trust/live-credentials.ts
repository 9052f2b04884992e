import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
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
    this.inUse = loadCredentials(watch.folder);
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
    if (areSame(next, this.inUse)) return;
    this.inUse = next;
    this.own = new X509Certificate(next.certificate);
    const { offices, operators, agencies } = next.lists;
    const lists = { offices: offices.number, operators: operators.number, agencies: agencies.number };
    this.watch.logger.info({ serial: this.own.serialNumber, lists }, 'credentials changed');
    for (const act of this.acts) act(next);
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
    const trust = attempt(() => newer(loadTrust(folder), this.inUse, faults)) ?? this.inUse;
    const identity = attempt(() => {
      const read = loadIdentity(folder);
      checkIdentity({ ...trust, ...read }, office, now());
      return read;
    });
    if (identity) return { ...trust, ...identity };
    return haveSameAuthorities(trust, this.inUse) ? { ...this.inUse, lists: trust.lists } : this.inUse;
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
    return Object.values(FILE).map(stampOf).join(' ');
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
  const stateOf = ({ certificate, key, authorities, lists }: Credentials) => {
    const all = [lists.offices, lists.operators, lists.agencies];
    const numbers = all.map(({ number, issuedAt }) => `${number}:${issuedAt.getTime()}`).join();
    return Buffer.concat([certificate, key, ...authorities, Buffer.from(numbers)]);
  };
  return stateOf(one).equals(stateOf(other));
}
