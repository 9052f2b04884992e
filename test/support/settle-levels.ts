import { type OfficeId, roleOf } from '#core/domain/office.js';
import type { Node } from '#core/node.js';
import type { RunningNetwork } from '#scripts/network/start-network.js';

const RANK = { municipality: 0, prefecture: 1, national: 2 };
const PATIENCE_MS = 10_000;

/**
 * Lets everything arrive that waits between offices that are up: between municipalities, upwards level by level, and what
 * was found above down again.
 */
export async function settleLevels(running: RunningNetwork, up: OfficeId[]): Promise<void> {
  const parentOf = (office: OfficeId) => running.network.entry(office).parent;
  for (const town of up.filter((office) => roleOf(office) === 'municipality')) await running.node(town).settled();
  const upwards = up.toSorted((a, b) => RANK[roleOf(a)] - RANK[roleOf(b)]);
  for (const office of upwards) {
    const above = up.filter((other) => other === parentOf(office));
    await settleOffice(running.node(office), above);
  }
  for (const office of upwards.toReversed()) {
    const below = up.filter((other) => parentOf(other) === office);
    await settleOffice(running.node(office), below);
  }
}

async function settleOffice(node: Node, neighbours: OfficeId[]): Promise<void> {
  for (const neighbour of neighbours) await connected(node, neighbour);
  await node.settled();
}

/** A connection that failed is made again after a while: then, and not before, is an office to be reached. */
function connected({ peers }: Node, office: OfficeId): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  peers.client(office).waitForReady(Date.now() + PATIENCE_MS, (error) => (error ? reject(error) : resolve()));
  return promise;
}
