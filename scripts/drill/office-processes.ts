import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type OfficeId, roleOf } from '#core/domain/office.js';
import { addresses } from '#core/places.js';
import { CheckHealth, GetSyncStatus } from '../operator/procedures.js';
import { Staff } from '../operator/staff.js';
import type { PreparedCountry } from './prepared-country.js';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;
/** Offices start often here, and live for a short time: what helps those that live long costs a fifth of a start. */
const SHORT_LIVED = ['--single-threaded', '--min-semi-space-size=16'];

/** The offices of a country as processes of their own, with their real certificates, ports and ledgers. */
export class OfficeProcesses {
  private readonly country: PreparedCountry;
  private readonly preload: string | undefined;
  private readonly processes = new Map<OfficeId, ChildProcess>();
  private readonly operators = new Map<OfficeId, Staff>();

  /** @param preload - the URL of what an office loads before its program, and which is spoken with over a channel */
  constructor(country: PreparedCountry, { preload }: { preload?: string } = {}) {
    this.country = country;
    this.preload = preload;
  }

  get offices(): OfficeId[] {
    return this.country.network.offices.map(({ office }) => office);
  }

  get areAllUp(): boolean {
    return this.processes.size === this.offices.length;
  }

  /** Undefined where it is not up, or has died by itself. */
  processOf(office: OfficeId): ChildProcess | undefined {
    return this.processes.get(office);
  }

  operatorOf(office: OfficeId): Staff {
    const { certs, network } = this.country;
    const operator =
      this.operators.get(office) ?? new Staff({ certs, office, addressOf: addresses(network, 'LOOPBACK') });
    this.operators.set(office, operator);
    return operator;
  }

  /** Starts all that are not up, and waits until they answer. */
  async startAll(): Promise<void> {
    for (const office of this.offices) this.start(office);
    await Promise.all(this.offices.map((office) => this.isUp(office)));
  }

  /** Starts one of them, and waits until it answers. */
  async startOne(office: OfficeId): Promise<void> {
    this.start(office);
    await this.isUp(office);
  }

  /** As if its machine lost power: whatever it is doing is not finished. */
  async kill(office: OfficeId): Promise<void> {
    const process = this.processes.get(office);
    this.processes.delete(office);
    if (process) await ended(process, 'SIGKILL');
  }

  /** Waits until nothing waits in any queue upwards. @returns whether that came to be */
  async isAtRest(): Promise<boolean> {
    const below = this.offices.filter((office) => roleOf(office) !== 'national');
    // A municipality's first: what has left it may wait at its prefecture.
    const order = below.sort((a, b) => Number(roleOf(a) === 'prefecture') - Number(roleOf(b) === 'prefecture'));
    return until(async () => {
      for (const office of order) {
        const { waiting } = await this.operatorOf(office).ask(GetSyncStatus, {});
        if (Number(waiting) > 0) return false;
      }
      return true;
    });
  }

  async stopAll(): Promise<void> {
    for (const operator of this.operators.values()) operator.close();
    await Promise.all([...this.processes.values()].map((process) => ended(process, 'SIGTERM')));
    this.processes.clear();
  }

  private start(office: OfficeId): void {
    if (this.processes.has(office)) return;
    const { networkFile, clockFile, certs, data, pockets } = this.country;
    const env = {
      ...{ JUKI_OFFICE: office, JUKI_NETWORK: networkFile, JUKI_CLOCK_FILE: clockFile, JUKI_CERTS: certs },
      ...{ JUKI_DATA: data, JUKI_CARDS: pockets, JUKI_LOG_LEVEL: 'silent', PATH: process.env['PATH'] },
      // It is the same program each time.
      NODE_COMPILE_CACHE: join(certs, '../compiled'),
    };
    const main = join('services', roleOf(office), 'dist/main.js');
    const flags = this.preload ? [...SHORT_LIVED, '--import', this.preload] : SHORT_LIVED;
    const stdio: StdioOptions = this.preload ? ['ignore', 'ignore', 'ignore', 'ipc'] : 'ignore';
    const started = spawn(process.execPath, [...flags, main], { env, stdio });
    this.processes.set(office, started);
    started.once('exit', () => {
      if (this.processes.get(office) === started) this.processes.delete(office);
    });
  }

  private async isUp(office: OfficeId): Promise<void> {
    const answers = await until(async () => {
      // That it has died is known a moment after it no longer answers.
      this.start(office);
      await this.operatorOf(office).ask(CheckHealth, {});
      return true;
    });
    if (!answers) throw new Error(`${office} does not start`);
  }
}

async function ended(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, 'exit');
  process.kill(signal);
  await exit;
}

/** Asks again and again until it is so, or for a minute. What fails is asked again. */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    if (await isSo().catch(() => false)) return true;
    await wait(POLL_MS);
  }
  return false;
}
