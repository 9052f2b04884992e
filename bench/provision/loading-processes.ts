import { cpuSeconds } from '../changes/usage.js';
import { Latencies, type Pace } from './latencies.js';
import { type Act, paceOf, type Span, timeCalls } from './load.js';
import { OwnProcess } from './own-process.js';

interface Told {
  latencies: Float64Array;
  seconds: number;
}

/** Processes that call, apart from the one that answers; they are kept, so that each measurement finds them warm. */
export class LoadingProcesses {
  private readonly processes: OwnProcess[];

  /** @param module what calls `answerLoads` */
  constructor(module: string, args: string[], { count = 1, nodeOptions = [] as string[] } = {}) {
    this.processes = Array.from({ length: count }, () => new OwnProcess(module, args, nodeOptions));
  }

  get cpuSeconds(): number {
    return this.processes.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  }

  /** The callers are dealt out evenly. */
  async load({ atOnce, seconds }: Span): Promise<Pace> {
    const span = { atOnce: Math.ceil(atOnce / this.processes.length), seconds };
    const told = await Promise.all(this.processes.map((process) => process.ask<Told>(span)));
    const latencies = new Latencies();
    for (const one of told) latencies.addAll(one.latencies);
    return paceOf({ latencies, seconds: Math.max(...told.map((one) => one.seconds)) }, span.atOnce * told.length);
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }
}

/** In such a process: calls when it is asked to, and does not outlive who asks. */
export function answerLoads(act: Act): void {
  process.on('message', async (span: Span) => {
    const { latencies, seconds } = await timeCalls(act, span);
    process.send?.({ latencies: latencies.all, seconds } satisfies Told);
  });
  process.once('disconnect', () => process.exit());
}
