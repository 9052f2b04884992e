import { readFileSync } from 'node:fs';
import type { CutOff, Directory, SigningKeys, Standing, ThreatLevel } from './domain/directory.js';
import type { LocalGovernmentCode } from './domain/local-government-code.js';
import { codeOf, municipalityId, NATIONAL_CENTRE, type OfficeId, roleOf } from './domain/office.js';
import type { Recipient } from './domain/provision/recipient.js';
import {
  appendedTables,
  ordinancePurposes,
  purposeById,
  type StatutoryPurpose,
} from './domain/provision/statutory-purpose.js';
import { type AgencyEntry, NetworkFile, type OfficeEntry, type Ordinance } from './network-file.js';

/** The `host:port` of an office's gRPC server. */
export type AddressOf = (office: OfficeId) => string;

/**
 * The offices of a network, as the network file states them, once; and how they stand, as the directory that an office
 * holds says it.
 */
export class Network {
  readonly clockStartsAt: Date;
  readonly offices: readonly OfficeEntry[];
  readonly agencies: readonly AgencyEntry[];
  private readonly byId: Map<OfficeId, OfficeEntry>;
  private readonly cityByWard: Map<LocalGovernmentCode, OfficeId>;

  private readonly own: OfficeId | undefined;
  private cutSince: Date | undefined;
  private acts: (() => void)[] = [];
  private held: { directory: Directory; standings: Map<OfficeId, Standing> } | undefined;

  constructor(file: unknown) {
    const network = NetworkFile.parse(file);
    this.clockStartsAt = new Date(network.clockStartsAt);
    this.offices = network.offices;
    this.agencies = network.agencies;
    this.byId = new Map(network.offices.map((entry) => [entry.office, entry]));
    this.cityByWard = new Map(
      network.offices.flatMap(({ office, wards = [] }) => wards.map(({ code }) => [code, office] as const)),
    );
  }

  static load(path: string): Network {
    return new Network(JSON.parse(readFileSync(path, 'utf8')));
  }

  /** The same offices, for an office that holds a directory of its own. */
  forOneOffice(own: OfficeId): Network {
    return Object.assign(Object.create(Network.prototype) as Network, this, { own, held: undefined, acts: [] });
  }

  /** What the newest directory says holds from now on. */
  follow(directory: Directory): void {
    this.held = { directory, standings: new Map(directory.offices.map((standing) => [standing.office, standing])) };
    this.tell();
  }

  /** Called whenever somebody may be cut off who was not, or the other way round. */
  onChange(act: () => void): void {
    this.acts.push(act);
  }

  /** Undefined until a directory has come: the network file holds then. */
  get directory(): Directory | undefined {
    return this.held?.directory;
  }

  /** Undefined for whoever is not. */
  cutOff(office: OfficeId): CutOff | undefined {
    if (office === this.own && this.cutSince)
      return { since: this.cutSince.toISOString(), by: office, cause: 'AT_ITS_REQUEST' };
    return this.held?.standings.get(office)?.cutOff ?? undefined;
  }

  /** This office has cut its own line, whatever the directory says; undefined: it has restored it. */
  cutOwnLine(since: Date | undefined): void {
    this.cutSince = since;
    this.tell();
  }

  /** Everybody whom this office, as it sees it, has to do with no more. */
  get allCutOff(): OfficeId[] {
    return this.offices.map(({ office }) => office).filter((office) => this.cutOff(office));
  }

  /** Whether nothing passes between this office and another, whichever of them is cut off. */
  isLineCut(office: OfficeId): boolean {
    return [office, this.own ?? office].some((one) => this.cutOff(one));
  }

  /** Where the directory says that an office's gRPC server is; undefined where it does not say. */
  address(office: OfficeId): string | undefined {
    return this.held?.standings.get(office)?.address ?? undefined;
  }

  /** What the directory says that an office may sign with; undefined where it does not say. */
  signingKeys(office: OfficeId): SigningKeys | undefined {
    return this.held?.standings.get(office)?.signing ?? undefined;
  }

  /** None to information, until a directory says otherwise. */
  get threatLevel(): ThreatLevel {
    return this.held?.directory.threatLevel ?? 1;
  }

  private tell(): void {
    for (const act of this.acts) act();
  }

  has(office: OfficeId): boolean {
    return this.byId.has(office);
  }

  entry(office: OfficeId): OfficeEntry {
    const entry = this.byId.get(office);
    if (!entry) throw new RangeError(`${office} is not in the network file`);
    return entry;
  }

  /** Prefectures and the national centre always take part. */
  participates(office: OfficeId): boolean {
    const stated = this.byId.get(office)?.participating ?? this.has(office);
    return this.held?.standings.get(office)?.participating ?? stated;
  }

  /** The designated city that a code is a ward of. */
  cityOfWard(code: LocalGovernmentCode): OfficeId | undefined {
    return this.cityByWard.get(code);
  }

  /** The municipality that a local government code leads to: its own, or the city of a ward. It need not be stated here. */
  municipalityOf(code: LocalGovernmentCode): OfficeId {
    return this.cityOfWard(code) ?? municipalityId(code);
  }

  /** The municipalities of a prefecture; all of them for the national centre. */
  municipalitiesBelow(office: OfficeId): OfficeId[] {
    const isBelow = (entry: OfficeEntry) => entry.parent === office || office === NATIONAL_CENTRE;
    return this.offices
      .filter((entry) => roleOf(entry.office) === 'municipality' && isBelow(entry))
      .map((entry) => entry.office);
  }

  /** The ordinance of a municipality. */
  ordinance(office: OfficeId): Ordinance {
    const { ordinance } = this.entry(office);
    if (!ordinance) throw new RangeError(`${office} has no ordinance`);
    return ordinance;
  }

  /** A municipality or a prefecture as the appended tables know it. */
  recipient(office: OfficeId): Recipient {
    const { wards = [], cityClasses = [] } = this.entry(office);
    const [code, kind] = [codeOf(office), roleOf(office)];
    if (kind === 'national') throw new RangeError('nothing is provided to the national centre');
    if (kind === 'prefecture') return { kind, code };
    return { kind, code, classes: wards.length > 0 ? ['DESIGNATED_CITY', ...cityClasses] : cityClasses };
  }

  /** An entry of the appended tables, or what the ordinances of any prefecture add. */
  purpose(id: string): StatutoryPurpose | undefined {
    return purposeById(id) ?? this.offices.flatMap(addedBy).find((purpose) => purpose.id === id);
  }

  /** For people, of an office or an agency: `文京区 (municipality/131059)`, `日本年金機構 (agency/japan-pension-service)`. */
  titled(id: string): string {
    const title = this.byId.get(id)?.name ?? this.agencies.find(({ name }) => id === `agency/${name}`)?.title;
    return title === undefined ? id : `${title} (${id})`;
  }

  /** Appended tables 2 to 5, and what the ordinances of a prefecture add to them. */
  purposes(prefecture: OfficeId): StatutoryPurpose[] {
    return [...appendedTables.filter(({ table }) => table !== 1), ...addedBy(this.entry(prefecture))];
  }
}

function addedBy({ office, ordinancePurposes: stated = [] }: OfficeEntry): StatutoryPurpose[] {
  return stated.length === 0 ? [] : ordinancePurposes(codeOf(office), stated);
}
