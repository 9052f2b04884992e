import { createReadStream } from 'node:fs';
import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { PEOPLE_IN_PIECE, pieceDigest } from '#core/domain/provision/piece.js';
import { BadLine, personIn } from '../domain/people-line.js';

/** In bytes; nobody's line comes near it. */
const LONGEST_LINE = 16_384;
const NEWLINE = 0x0a;

/** A file of people, one a line, that was read to its end once: each line of it can be asked about. */
export interface PeopleFile {
  people: number;
  /** `pieceDigest` of each piece. */
  digests: string[];
  /** The people from a piece on, read again from where it begins. */
  piecesFrom: (number: number) => AsyncGenerator<PersonAskedFor[]>;
}

/** Where something begins. */
interface Place {
  /** In bytes. */
  offset: number;
  /** From 1 on. */
  line: number;
}

/** Holds one piece at a time. @throws BadLine */
export async function openPeopleFile(path: string): Promise<PeopleFile> {
  const places: Place[] = [];
  const digests: string[] = [];
  let people = 0;
  for await (const piece of piecesIn(path, { offset: 0, line: 1 })) {
    places.push(piece.place);
    digests.push(pieceDigest(piece.people));
    people += piece.people.length;
  }
  return {
    ...{ people, digests },
    async *piecesFrom(number) {
      const place = places[number];
      if (place) for await (const piece of piecesIn(path, place)) yield piece.people;
    },
  };
}

async function* piecesIn(path: string, from: Place): AsyncGenerator<{ place: Place; people: PersonAskedFor[] }> {
  let [place, people] = [from, [] as PersonAskedFor[]];
  for await (const { bytes, line, end } of linesIn(path, from)) {
    people.push(personIn(bytes, line));
    if (people.length < PEOPLE_IN_PIECE) continue;
    yield { place, people };
    [place, people] = [{ offset: end, line: line + 1 }, []];
  }
  if (people.length > 0) yield { place, people };
}

/** A line without its end, and where the next one begins. */
interface Line {
  bytes: Buffer;
  line: number;
  end: number;
}

async function* linesIn(path: string, { offset, line: first }: Place): AsyncGenerator<Line> {
  let [rest, begin, line] = [Buffer.alloc(0), offset, first];
  for await (const chunk of createReadStream(path, { start: offset })) {
    rest = Buffer.concat([rest, chunk]);
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      begin += at + 1;
      yield { bytes: rest.subarray(0, at), line, end: begin };
      rest = rest.subarray(at + 1);
      line += 1;
    }
    if (rest.length > LONGEST_LINE) throw new BadLine(line, 'is longer than any that asks for somebody');
  }
  // The end of the last line may be missing.
  if (rest.length > 0) yield { bytes: rest, line, end: begin + rest.length };
}
