import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import { slugOf } from '#core/domain/office.js';
import {
  EvidenceLine,
  type ExportedEntry,
  type ExportedEvidence,
  type ExportedLog,
  FILES,
  HashLine,
  Head,
  WitnessedLine,
  WitnessLine,
} from './exported-log.js';
import { linesIn, MalformedExport } from './read-lines.js';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n/g;

/**
 * The export of one office's log; its entries are read when they are asked for.
 *
 * @param folder - named by the office's slug
 * @throws MalformedExport where a file is missing or not as the format says: which, and at which line
 */
export function readExport(folder: string): ExportedLog {
  const { format: _format, exportedAt, ...head } = parsed(Head, textOf(folder, FILES.log), folder, { file: FILES.log });
  if (basename(resolve(folder)) !== slugOf(head.office))
    throw new MalformedExport(folder, { file: FILES.log }, 'names another office than the folder');
  return {
    ...head,
    exportedAt: exportedAt === undefined ? undefined : new Date(exportedAt),
    checkpoint: textOf(folder, FILES.checkpoint),
    certificates: certificatesIn(folder),
    witnessed: parsedLines(WitnessedLine, folder, FILES.witnessed).map((line) => ({ ...line, ...timeOf(line) })),
    witnesses: parsedLines(WitnessLine, folder, FILES.witnesses).map(({ witness, ...line }) => ({
      ...{ ...line, office: witness, ...timeOf(line) },
    })),
    entries: () => entriesIn(folder, head),
  };
}

function timeOf({ witnessedAt }: { witnessedAt: string }) {
  return { witnessedAt: new Date(witnessedAt) };
}

function* entriesIn(folder: string, { from, size }: { from: number; size: number }): Generator<ExportedEntry> {
  const hashes = linesIn(folder, FILES.hashes);
  const evidence = new EvidenceReader(folder, from);
  let position = from;
  try {
    for (const leaf of linesIn(folder, FILES.leaves)) {
      const line = position - from + 1;
      const hash = hashes.next();
      if (hash.done) throw new MalformedExport(folder, { file: FILES.hashes, line }, 'is missing');
      const kept = parsed(HashLine, hash.value.toString(), folder, { file: FILES.hashes, line }, (text) => text);
      yield { position, leaf, hash: kept, evidence: evidence.of(position) };
      position += 1;
    }
    const line = position - from + 1;
    if (position !== size) throw new MalformedExport(folder, { file: FILES.leaves, line }, numberFault(position, size));
    if (!hashes.next().done) throw new MalformedExport(folder, { file: FILES.hashes, line }, 'is of no leaf');
    evidence.end();
  } finally {
    hashes.return(undefined);
    evidence.close();
  }
}

function numberFault(position: number, size: number): string {
  return position < size ? 'is missing: there are fewer leaves than the size says' : 'is one more than the size says';
}

/** Beside the leaves, in their order. */
class EvidenceReader {
  private readonly folder: string;
  private readonly lines: Generator<Buffer>;
  private line = 0;
  private last: number;
  private next: ExportedEvidence | undefined;

  constructor(folder: string, from: number) {
    this.folder = folder;
    this.lines = linesIn(folder, FILES.evidence);
    this.last = from - 1;
  }

  of(position: number): ExportedEvidence | undefined {
    if (this.line === 0) this.read();
    const { next } = this;
    if (next?.position !== position) return undefined;
    this.read();
    return next;
  }

  end(): void {
    if (this.line === 0) this.read();
    if (this.next) throw new MalformedExport(this.folder, this.place, 'is of no leaf');
  }

  close(): void {
    this.lines.return(undefined);
  }

  private get place() {
    return { file: FILES.evidence, line: this.line };
  }

  private read(): void {
    const { value, done } = this.lines.next();
    this.line += 1;
    this.next = done ? undefined : parsed(EvidenceLine, value.toString(), this.folder, this.place);
    if (!this.next) return;
    if (this.next.position <= this.last) throw new MalformedExport(this.folder, this.place, 'is out of order');
    this.last = this.next.position;
  }
}

function certificatesIn(folder: string): Map<string, Buffer> {
  const text = textOf(folder, FILES.certificates);
  if (text.replaceAll(CERTIFICATE, '') !== '')
    throw new MalformedExport(folder, { file: FILES.certificates }, 'is not PEM');
  const ders = [...text.matchAll(CERTIFICATE)].map(([, encoded = '']) => {
    const der = Buffer.from(encoded, 'base64');
    if (der.toString('base64') === encoded.replaceAll('\n', '')) return der;
    throw new MalformedExport(folder, { file: FILES.certificates }, 'is not PEM');
  });
  return new Map(ders.map((der) => [createHash('sha256').update(der).digest('hex'), der]));
}

function parsedLines<Schema extends z.ZodType>(schema: Schema, folder: string, file: string): z.infer<Schema>[] {
  return [...linesIn(folder, file)].map((text, i) => parsed(schema, text.toString(), folder, { file, line: i + 1 }));
}

/** What is at fault is said by the name of its field, without its value. */
function parsed<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  folder: string,
  at: { file: string; line?: number },
  read: (text: string) => unknown = JSON.parse,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = read(text);
  } catch {
    throw new MalformedExport(folder, at, 'is not JSON');
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const field = error.issues[0]?.path.join('.');
  throw new MalformedExport(folder, at, field ? `is not as the format says: ${field}` : 'is not as the format says');
}

function textOf(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch {
    throw new MalformedExport(folder, { file }, 'can not be read');
  }
}
