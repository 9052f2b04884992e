import { parentPort, workerData } from 'node:worker_threads';
import { drillMoves, type Seeds } from './moves.js';
import type { Said } from './moves-in-threads.js';

const say = (said: Said) => parentPort?.postMessage(said);
const drilled = await drillMoves(workerData as Seeds, (played) => {
  const hasFailed = played.violations.length > 0;
  say({ played: { ...played, story: hasFailed ? played.story : [] } });
});
say({ drilled });
