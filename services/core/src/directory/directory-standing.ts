import type { Directory, ThreatLevel } from '../domain/directory.js';
import type { OfficeId } from '../domain/office.js';
import type { Network } from '../network.js';

/** The office above is asked every minute: after an hour, something is wrong. */
const UNCONFIRMED_MS = 3_600_000;

/** What an office holds of the directory, for its operators. */
export interface DirectoryStanding {
  /** 0 where none has come yet: the network file holds then. */
  number: number;
  /** ISO 8601; null where none has come. */
  issuedAt: string | null;
  /** How old it is; an old one goes on working. */
  ageSeconds: number | null;
  /** Since the office above said that it holds the same, or since this node started; 0 at the centre. */
  unconfirmedSeconds: number;
  threatLevel: ThreatLevel;
  cutOff: OfficeId[];
  thisOfficeCutOff: boolean;
}

interface Held {
  office: OfficeId;
  network: Network;
  directory: Directory | undefined;
  /** Undefined at the centre, which confirms its own. */
  confirmedAt: Date | undefined;
}

export function directoryStanding({ office, network, directory, confirmedAt }: Held, now: Date): DirectoryStanding {
  return {
    number: directory?.number ?? 0,
    issuedAt: directory?.issuedAt.toISOString() ?? null,
    ageSeconds: directory ? secondsBetween(directory.issuedAt, now) : null,
    unconfirmedSeconds: confirmedAt ? secondsBetween(confirmedAt, now) : 0,
    threatLevel: network.threatLevel,
    cutOff: network.allCutOff,
    thisOfficeCutOff: network.cutOff(office) !== undefined,
  };
}

/** What is to be done something about, in words. */
export function directoryWarnings(standing: DirectoryStanding): string[] {
  const { number, unconfirmedSeconds, threatLevel, thisOfficeCutOff } = standing;
  const isOld = unconfirmedSeconds * 1000 > UNCONFIRMED_MS;
  return [
    ...(thisOfficeCutOff ? ['this office is cut off: it asks no other office, and none answers it'] : []),
    ...(threatLevel === 3
      ? ['the network is at threat level 3: information first; cut the connection, and restart after the cause is gone']
      : []),
    ...(isOld
      ? [`the office above has not confirmed directory ${number} for an hour or more: it goes on counting as it is`]
      : []),
  ];
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}
