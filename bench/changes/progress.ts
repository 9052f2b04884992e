import { SingleBar } from 'cli-progress';

export interface Progress {
  at(done: number): void;
  end(): void;
}

/** How far something is, on standard error: a bar for people, elsewhere a line every tenth. */
export function progressOf(what: string, total: number): Progress {
  return process.stderr.isTTY ? bar(what, total) : lines(what, total);
}

function bar(what: string, total: number): Progress {
  const single = new SingleBar({ format: `${what} {bar} {value}/{total}, {eta_formatted} to go` });
  single.start(total, 0);
  return { at: (done) => single.update(done), end: () => single.stop() };
}

function lines(what: string, total: number): Progress {
  let told = 0;
  return {
    at(done) {
      const tenths = Math.floor((done / total) * 10);
      if (tenths > told) console.error(`${what}: ${done} of ${total}`);
      told = Math.max(told, tenths);
    },
    end() {},
  };
}
