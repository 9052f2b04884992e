import { SingleBar } from 'cli-progress';

const LINES = 10;

interface Progress {
  show: (answered: number, notFound: number) => void;
  stop: () => void;
}

/** A bar where somebody watches, a line now and then where it is kept. */
export function progressOver(people: number): Progress {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({
      format: '{bar} {value}/{total} answered, {notFound} not found, {eta_formatted} to go',
    });
    bar.start(people, 0, { notFound: 0 });
    return { show: (answered, notFound) => bar.update(answered, { notFound }), stop: () => bar.stop() };
  }
  let told = 0;
  const show = (answered: number, notFound: number) => {
    const tenths = Math.floor((answered * LINES) / people);
    if (tenths > told) console.error(`${answered} of ${people} answered, ${notFound} not found`);
    told = Math.max(told, tenths);
  };
  return { show, stop: () => {} };
}
