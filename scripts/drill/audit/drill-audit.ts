import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { municipalityId, type OfficeId, slugOf } from '#core/domain/office.js';
import { addresses, readClock } from '#core/places.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import type { Random } from '../../seed/random.js';
import { openDrillLedger } from '../drilled-office.js';
import { OfficeProcesses } from '../office-processes.js';
import { Preparation, type PreparedCountry } from '../prepared-country.js';
import { streamOf } from '../schedule.js';
import { type Asked, Asker } from './asker.js';
import { type HeldLog, holdAnswers, holdLog, type LogViolation, type SeenLog } from './hold-log.js';
import { Questions } from './questions.js';

const KILLED: OfficeId = 'prefecture/130001';
const ASKING = ['131059', '131041'].map(municipalityId);
/** So many questions of each are under way at any time. */
const AT_ONCE = 12;
/** It is killed after so many answers, and then at any moment of so many milliseconds. */
const MOST_ANSWERS = 120;
const MOST_MORE_MS = 15;
/** So many residents of each are asked about, so that each is named often. */
const MOST_PEOPLE = 50;

/** What a drill of the log came to. */
export interface AuditDrilled {
  kills: number;
  /** Answers that arrived, refusals among them. */
  answers: number;
  refusals: number;
  entries: number;
  /** Questions that were cut off: no answer arrived. */
  cutOff: number;
  /** Of them, those whose answer is in the log all the same. */
  loggedAndCutOff: number;
  violations: LogViolation[];
}

/**
 * Kills an office again and again while it answers, and holds its log against what arrived: no answer without its entry,
 * one tree, and every checkpoint of before at its beginning. Ends with the first kill after which something does not hold.
 */
export async function drillAudit(
  { kills, seed }: { kills: number; seed: number },
  onKilled: () => void,
): Promise<AuditDrilled> {
  const folder = mkdtempSync(join(tmpdir(), 'juki-drill-'));
  const country = await new Preparation(folder).countryIn(join(folder, 'country'));
  const processes = new OfficeProcesses(country);
  const random = streamOf(seed, 'audit');
  const questions = ASKING.map((office) => new Questions(random, office, codesIn(country, office)));
  const seen: SeenLog[] = [];
  const asked: Asked[] = [];
  let held = await readHeldLog(country, seen);
  let nth = 0;
  try {
    for (; nth < kills && held.violations.length === 0; nth += 1) {
      await processes.startOne(KILLED);
      asked.push(...(await askAndKill({ country, processes, random, questions })));
      seen.push({ size: held.size, root: held.root });
      held = await readHeldLog(country, seen);
      held.violations.push(...holdAnswers(held.leaves, asked));
      onKilled();
    }
    return summaryOf(nth, held, asked);
  } finally {
    await processes.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Round {
  country: PreparedCountry;
  processes: OfficeProcesses;
  random: Random;
  questions: Questions[];
}

/** @returns all that was asked until the office was dead, and what came back */
async function askAndKill({ country, processes, random, questions }: Round): Promise<Asked[]> {
  const { certs, network, clockFile } = country;
  const place = { addressOf: addresses(network, 'LOOPBACK'), clock: readClock(clockFile, network) };
  const askers = ASKING.map(
    (office) => new Asker({ ...place, office, credentials: loadCredentials(officeFolder(certs, office)) }),
  );
  const [due, more] = [random.between(1, MOST_ANSWERS), random.integer(MOST_MORE_MS)];
  let answers = 0;
  const enough = Promise.withResolvers<void>();
  const onAnswer = () => {
    answers += 1;
    if (answers === due) enough.resolve();
  };
  const asking = askers.flatMap((asker, i) =>
    Array.from({ length: AT_ONCE }, () => asker.askUntilOver(KILLED, () => drawn(questions[i]), onAnswer)),
  );
  // An asker that fails is a fault of the drill: it is not waited for until nobody answers any more.
  await Promise.race([enough.promise, Promise.all(asking)]);
  await wait(more);
  await processes.kill(KILLED);
  for (const asker of askers) asker.end();
  await Promise.all(asking);
  for (const asker of askers) asker.close();
  return askers.flatMap((asker) => asker.asked);
}

function drawn(questions: Questions | undefined) {
  if (!questions) throw new RangeError('nobody asks');
  return questions.draw();
}

async function readHeldLog({ data }: PreparedCountry, seen: readonly SeenLog[]): Promise<HeldLog> {
  const ledger = openDrillLedger(join(data, slugOf(KILLED), 'ledger.sqlite'));
  try {
    return await holdLog(ledger, seen);
  } finally {
    await ledger.destroy();
  }
}

function codesIn({ people }: PreparedCountry, office: OfficeId): string[] {
  const town = people.find(({ municipality }) => municipalityId(municipality) === office);
  return town?.records.map(({ residentRecordCode }) => residentRecordCode).slice(0, MOST_PEOPLE) ?? [];
}

function summaryOf(kills: number, { size, leaves, violations }: HeldLog, asked: Asked[]): AuditDrilled {
  const cutOff = asked.filter(({ arrived }) => !arrived);
  const answered = new Set(
    leaves
      .map((leaf) => JSON.parse(leaf) as { event: string; exchange: string })
      .filter(({ event }) => event === 'ANSWERED')
      .map(({ exchange }) => exchange),
  );
  const loggedAndCutOff = cutOff.filter(({ exchange }) => answered.has(exchange)).length;
  return {
    ...{ kills, answers: asked.length - cutOff.length, entries: size, violations },
    refusals: asked.filter(({ arrived }) => arrived && arrived.outcome !== 'OK').length,
    ...{ cutOff: cutOff.length, loggedAndCutOff },
  };
}
