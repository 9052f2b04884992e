import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Level } from './level.js';

/** An office in a process of its own, as a container would run it. */
export class OfficeProcess {
  readonly level: Level;
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Lines of its technical log that are more than information. */
  private warned = 0;

  private constructor(level: Level, child: ChildProcess) {
    this.level = level;
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  }

  /**
   * Resolves once the office serves.
   *
   * @throws Error where it ends before
   */
  static async start(level: Level, environment: NodeJS.ProcessEnv, nodeOptions: string[]): Promise<OfficeProcess> {
    const main = `services/${level}/dist/main.js`;
    const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
    const child = spawn(process.execPath, [...nodeOptions, main], { env: { ...process.env, ...environment }, stdio });
    const office = new OfficeProcess(level, child);
    const serving = new Promise<true>((resolve) => {
      createInterface(child.stdout).on('line', (line) => {
        const { msg, level: severity } = JSON.parse(line) as { msg: string; level: number };
        if (msg === 'serving') resolve(true);
        if (severity >= 40) office.warned += 1;
      });
    });
    if ((await Promise.race([serving, office.ended])) !== true) throw new Error(`the ${level} can not start`);
    return office;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`the ${this.level} has no process`);
    return this.child.pid;
  }

  get warnings(): number {
    return this.warned;
  }

  /** @throws Error where it does not end in good order */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const code = await this.ended;
    if (code !== 0) throw new Error(`the ${this.level} ended with ${code}`);
  }

  /** Whatever has happened: it does not outlive this. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}
