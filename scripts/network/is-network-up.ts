import type { Network } from '#core/network.js';
import { ledgerFile } from '#core/places.js';
import { isLedgerInUse } from '#core/storage/ledger.js';

/** Whether any office of a network runs over the ledgers in a folder; one is enough, whichever it is. */
export async function isNetworkUp({ offices }: Network, data: string): Promise<boolean> {
  const inUse = await Promise.all(offices.map(({ office }) => isLedgerInUse(ledgerFile(data, office))));
  return inUse.includes(true);
}
