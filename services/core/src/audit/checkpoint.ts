/** A log up to a size, in one hash. */
export interface Checkpoint {
  /** Names the log: no other is of this name, whoever signs. */
  origin: string;
  size: number;
  root: Buffer;
  /** The public key of the log's tags, compressed: it stays the same for as long as the log goes on. */
  logKey: Buffer;
}

const LOG_KEY = 'log-key ';

/** The text that is signed (c2sp.org/tlog-checkpoint): a line each, the last of them an extension, and nothing else. */
export function checkpointText({ origin, size, root, logKey }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n${LOG_KEY}${logKey.toString('base64')}\n`;
}

/** Undefined where the text is no checkpoint of this one form. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', hash = '', extension = ''] = text.split('\n');
  if (!origin || !/^(0|[1-9][0-9]{0,14})$/.test(size) || !extension.startsWith(LOG_KEY)) return undefined;
  const [root, logKey] = [Buffer.from(hash, 'base64'), Buffer.from(extension.slice(LOG_KEY.length), 'base64')];
  const checkpoint = { origin, size: Number(size), root, logKey };
  return root.length === 32 && logKey.length === 33 && checkpointText(checkpoint) === text ? checkpoint : undefined;
}
