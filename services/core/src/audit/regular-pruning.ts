import type { Logger } from '../logger.js';
import type { Later } from '../propagation/courier.js';
import { Daily } from '../propagation/daily.js';
import { type PrunedOffice, pruneLog } from './prune-log.js';

/** The log loses by itself what need not be kept any more. */
export function regularPruning(office: PrunedOffice & { later: Later; logger: Logger }): Daily {
  return new Daily(office, {
    failure: 'the log was not pruned',
    async act(isStopping) {
      const entries = await pruneLog(office, isStopping);
      if (entries > 0) office.logger.info({ entries }, 'log entries that were kept for 7 years are pruned');
    },
  });
}
