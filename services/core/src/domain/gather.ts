/** So many turns of the event loop a group is waited for, at most. */
const MOST_TURNS = 8;

/**
 * Acts once a turn of the event loop has brought nobody else, or after some turns. Where nothing else is to be done, turns
 * take no time; where there is much, each brings more of it, and what a group shares is shared by more.
 *
 * @param count how many have come
 */
export function onceGathered(count: () => number, act: () => void): void {
  let seen = count();
  let turns = 0;
  const look = () => {
    const now = count();
    turns += 1;
    if (now === seen || turns === MOST_TURNS) return act();
    seen = now;
    setImmediate(look);
  };
  setImmediate(look);
}
