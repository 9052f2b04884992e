import type { Fresh } from '#core/domain/exchange.js';
import type { Logger } from '#core/logger.js';
import type { Later } from '#core/propagation/courier.js';
import { Daily } from '#core/propagation/daily.js';
import { lapseCards } from './lapse-cards.js';
import type { Registrar } from './registrar.js';

/** Cards that have passed their last day are noted by themselves. */
export function regularLapse(office: Registrar & Fresh & { later: Later; logger: Logger }): Daily {
  return new Daily(office, {
    failure: 'cards that have passed their last day were not noted',
    async act(isStopping) {
      const cards = await lapseCards(office, isStopping);
      if (cards > 0) office.logger.info({ cards }, 'cards have passed their last day');
    },
  });
}
