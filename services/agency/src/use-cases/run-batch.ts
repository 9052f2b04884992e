import { PEOPLE_IN_PIECE } from '#core/domain/provision/piece.js';
import type { BatchStanding } from '../domain/told.js';
import { AnswersFile, isWhole } from '../storage/answers-file.js';
import type { PeopleFile } from '../storage/people-file.js';
import type { Agency } from './agency-over.js';

interface Run {
  batchId: string;
  people: PeopleFile;
  /** The file of answers: it appears once the last is there. */
  out: string;
  /** Is told how many are answered and on the disk, and how many of these were not found since it began. */
  onProgress?: (answered: number, notFound: number) => void;
}

/**
 * Goes through a batch from a file to a file. Killed at any moment and run again, it goes on: a piece is on the disk before
 * the centre is told that it has arrived, and what the centre was not told of is answered once more, and the same.
 *
 * @throws Refusal of the centre; Error where a file is not the one of this batch
 */
export async function runBatch(agency: Agency, { batchId, people, out, onProgress }: Run): Promise<void> {
  const where = { path: out, batchId };
  const standing = await agency.batch(batchId);
  if (await isWhole(where)) {
    if (standing.state === 'COMPLETE') return;
    throw new Error(`${out} is there already`);
  }
  if (standing.people !== people.people)
    throw new Error(`the file has ${people.people} people, and the batch ${standing.people}`);
  let answered = acknowledgedOf(standing);
  let notFound = 0;
  const file = await AnswersFile.open(where, answered);
  try {
    for await (const { number, answers } of agency.provideBatch(batchId, people.piecesFrom)) {
      if (number * PEOPLE_IN_PIECE !== answered)
        throw new Error('another process has gone on with the batch meanwhile');
      await file.append(answers);
      answered += answers.length;
      notFound += answers.filter(({ outcome }) => outcome === 'NOT_FOUND').length;
      onProgress?.(answered, notFound);
    }
    await file.complete();
  } finally {
    await file.close();
  }
}

function acknowledgedOf({ nextPiece, people }: BatchStanding): number {
  return Math.min(nextPiece * PEOPLE_IN_PIECE, people);
}
