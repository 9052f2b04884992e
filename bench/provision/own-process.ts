import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A module of this bench that runs in a process of its own, and tells what it is asked. */
export class OwnProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<never>;

  /** @param module beside this one; what it tells by itself once it is ready, `told` waits for */
  constructor(module: string, args: string[] = [], nodeOptions: string[] = []) {
    const path = fileURLToPath(new URL(module, import.meta.url));
    this.child = fork(path, args, { execArgv: nodeOptions, serialization: 'advanced' });
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      throw new Error(`${module} ended with ${code ?? signal}`);
    });
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('it has no process');
    return this.child.pid;
  }

  /** @throws Error where it ends before */
  async told<Told>(): Promise<Told> {
    const [told] = (await Promise.race([once(this.child, 'message'), this.ended])) as [Told];
    return told;
  }

  /** One question after another. */
  ask<Told>(question: object): Promise<Told> {
    const told = this.told<Told>();
    this.child.send(question);
    return told;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended.catch(() => undefined);
  }
}
