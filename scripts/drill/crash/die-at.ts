import fs from 'node:fs';
import { flushCompileCache, syncBuiltinESMExports } from 'node:module';
import type { Order, Said } from './orders.js';
import { Points } from './points.js';
import { waitingInQueues, watchCommits } from './watch-commits.js';
import { watchLine } from './watch-line.js';

/*
 * Is loaded into an office's process before its own program (`node --import`), and has it die at a point that the drill
 * names: at once, as by kill -9, in the middle of whatever it is doing. The services know nothing of it.
 */
let lastWords = '';
const points = new Points((names) => {
  fs.writeFileSync(lastWords, JSON.stringify(names));
  process.kill(process.pid, 'SIGKILL');
});
watchCommits(points);
watchLine(points);
watchChips();

// Nobody else would end it, once the drill itself is gone.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (order: Order) => process.send?.(obey(order)));

function obey(order: Order): Said {
  if (order.order === 'SAY_WHAT_WAITS') return { waiting: waitingInQueues() };
  if (order.order === 'END') return { passed: points.end() };
  // What was compiled is kept for whoever starts next: this process will hardly end in peace.
  if (order.order === 'COUNT') flushCompileCache();
  if (order.order === 'DIE') lastWords = order.lastWords;
  points.count(order.order === 'DIE' ? order.at : undefined);
  return {};
}

/** A chip is written whole, by putting a new file in the old one's place: as durable as a commit. */
function watchChips(): void {
  const { renameSync } = fs;
  fs.renameSync = (from, to) => {
    points.pass('before', ['chip']);
    renameSync(from, to);
    points.pass('after', ['chip']);
  };
  syncBuiltinESMExports();
}
