/** What the drill says to an office, over the channel that every child process has to its parent. */
export type Order =
  /** Counts points from here on. */
  | { order: 'COUNT' }
  /** Does so, and dies at this one, when it has written all its names into a file, as JSON. */
  | { order: 'DIE'; at: string; lastWords: string }
  /** Counts no longer, and says which were passed. */
  | { order: 'END' }
  /** Says how much waits in its queues. */
  | { order: 'SAY_WHAT_WAITS' };

export interface Said {
  passed?: string[];
  waiting?: number;
}
