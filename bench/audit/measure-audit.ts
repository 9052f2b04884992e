import { leafHash } from '#core/audit/merkle-tree.js';
import { TileWriter } from '#core/audit/tiles.js';
import { type Figure, median } from '../figure.js';
import { measureBigLog } from './big-log.js';
import { anAnswer, type BenchLog, PlainRows, people, withLog } from './logs.js';

const ROUNDS = 5;
const SECONDS = 0.5;
/** So many callers append at once, each again and again. */
const CALLERS = 100;
const KNOWN_PEOPLE = 2_000;
const MANY = 1_000;

/** What is done again and again, and how much of it each time. */
interface Work {
  name: string;
  what: string;
  callers: number;
  /** Prepares, and gives back what is measured; that says how many it did. */
  prepare: (log: BenchLog) => Promise<() => Promise<number>>;
}

const PLAIN: Work = {
  ...{ name: 'plain_rows_per_second', what: 'plain durable inserts of one row each', callers: 1 },
  prepare: async ({ ledger }) => inserting(new PlainRows(ledger), 1),
};

const WORKS: Work[] = [
  {
    ...{ name: 'plain_rows_grouped_per_second', callers: 1 },
    what: `the same rows, ${CALLERS} in a transaction`,
    prepare: async ({ ledger }) => inserting(new PlainRows(ledger), CALLERS),
  },
  {
    ...{ name: 'appends_alone_per_second', what: 'entries about nobody, a transaction each', callers: 1 },
    prepare: async ({ log }) => appending(log, () => []),
  },
  {
    ...{ name: 'appends_alone_about_one_per_second', what: 'entries about one person, a transaction each', callers: 1 },
    prepare: ({ log }) => aboutKnown(log),
  },
  {
    ...{ name: 'appends_grouped_per_second', what: `entries about nobody, ${CALLERS} callers`, callers: CALLERS },
    prepare: async ({ log }) => appending(log, () => []),
  },
  {
    ...{ name: 'appends_grouped_about_one_per_second', callers: CALLERS },
    what: `entries about one person, ${CALLERS} callers`,
    prepare: ({ log }) => aboutKnown(log),
  },
  {
    ...{ name: 'appends_grouped_about_one_new_per_second', callers: CALLERS },
    what: `entries about somebody whom the log names for the first time, ${CALLERS} callers`,
    prepare: async ({ log }) => appending(log, newPeople(1)),
  },
  {
    ...{ name: 'namings_many_per_second', callers: 1 },
    what: `people named by entries about ${MANY}, a transaction each`,
    prepare: async ({ log }) => {
      const codes = people(MANY);
      await log.append(anAnswer(codes));
      return appending(log, () => codes, MANY);
    },
  },
  {
    ...{ name: 'namings_many_new_per_second', callers: 1 },
    what: `people named for the first time by entries about ${MANY}, a transaction each`,
    prepare: async ({ log }) => appending(log, newPeople(MANY), MANY),
  },
  {
    ...{ name: 'leaves_hashed_per_second', what: 'leaves laid into a tree, in memory alone', callers: 1 },
    prepare: async () => hashing(),
  },
];

/**
 * What an office's log takes, against plain durable inserts in the same run: before each turn of anything comes one of
 * them, since the disk of a machine that others use as well is now fast and now slow.
 */
export async function measureAudit(folder: string): Promise<Figure[]> {
  const turns = WORKS.map((work) => ({ work, measured: [] as number[], plain: [] as number[] }));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { work, measured, plain } of turns) {
      plain.push(await withLog(folder, (log) => rateOf(PLAIN, log)));
      measured.push(await withLog(folder, (log) => rateOf(work, log)));
    }
  const figures = turns.map(({ work: { name, what }, measured, plain }) => ({
    ...{ name, what, measured: median(measured), unit: 'a second' },
    against: { value: median(plain), what: PLAIN.what },
  }));
  const plain = median(turns.flatMap((turn) => turn.plain));
  return [...figures, ...(await measureBigLog(folder, { value: plain, what: PLAIN.what }))];
}

async function rateOf({ callers, prepare }: Work, log: BenchLog): Promise<number> {
  const act = await prepare(log);
  await act();
  const startedAt = performance.now();
  const until = startedAt + SECONDS * 1000;
  let done = 0;
  const work = async () => {
    while (performance.now() < until) {
      // Added once it is there: others add to the same sum meanwhile.
      const more = await act();
      done += more;
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  return done / ((performance.now() - startedAt) / 1000);
}

function inserting(rows: PlainRows, atOnce: number) {
  return () => rows.insert(atOnce).then(() => atOnce);
}

function appending(log: BenchLog['log'], concerned: () => string[], counts = 1) {
  return () => log.append(anAnswer(concerned())).then(() => counts);
}

/** One after another of people whom the log has named before. */
async function aboutKnown(log: BenchLog['log']) {
  const codes = people(KNOWN_PEOPLE);
  await log.append(anAnswer(codes));
  let nth = 0;
  return appending(log, () => [codes[nth++ % codes.length] ?? '']);
}

/** So many each time, none of them twice. */
function newPeople(count: number): () => string[] {
  let from = 0;
  return () => {
    const codes = people(count, from);
    from = Number(codes.at(-1)?.slice(0, 10)) + 1;
    return codes;
  };
}

function hashing() {
  const writer = new TileWriter([]);
  const leaf = 'x'.repeat(700);
  let size = 0;
  return async () => {
    writer.append(
      Array.from({ length: MANY }, () => leafHash(leaf)),
      { size },
    );
    size += MANY;
    return MANY;
  };
}
