import { createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Checkpoint, readCheckpoint } from '#core/audit/checkpoint.js';
import { type OfficeId, slugOf } from '#core/domain/office.js';
import { readNote } from '#core/trust/signed-note.js';
import type { ListLeavesResponse__Output } from '#core/wire/generated/juki/audit/v1/ListLeavesResponse.js';
import { plainOf } from '#core/wire/plain.js';
import { GetCheckpoint, ListLeaves, ListSigningCertificates, ListWitnesses } from '../operator/procedures.js';
import { type Asking, Auditor } from './auditor.js';

/** The documented format of an export: docs/log-export.md. */
const FORMAT = 'juki-net/log-export/1';

/** What was exported. */
export interface Exported {
  office: OfficeId;
  folder: string;
  /** How many entries the log had. */
  size: number;
}

/**
 * Writes an office's log as it is now into a folder of its own, page by page.
 *
 * @param into - the folder of the exports of several offices
 * @throws Error where there is something in that folder already; Refusal of the office
 */
export async function exportLog(asking: Asking, into: string): Promise<Exported> {
  const auditor = new Auditor(asking);
  const { office } = auditor;
  const folder = join(into, slugOf(office));
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  mkdirSync(folder, { recursive: true });
  const signed = await auditor.ask(GetCheckpoint, {});
  const { note, certificate } = signed;
  const { signedAt: exportedAt } = plainOf('juki.audit.v1.GetCheckpointResponse', signed);
  const { size } = checkpointIn(note);
  writeFileSync(join(folder, 'checkpoint.note'), note);
  const { from, pruned } = await writeLeaves(auditor, folder, size);
  await writeWitnesses(auditor, folder);
  await writeCertificates(auditor, folder, certificate);
  const head = { format: FORMAT, office, from, size, pruned, exportedAt };
  writeFileSync(join(folder, 'log.json'), `${JSON.stringify(head)}\n`);
  return { office, folder, size };
}

function checkpointIn(note: string): Checkpoint {
  const checkpoint = readCheckpoint(readNote(note)?.text ?? '');
  if (!checkpoint) throw new Error('the office shows no checkpoint');
  return checkpoint;
}

/** Up to the checkpoint: the log goes on growing while it is read. */
async function writeLeaves(auditor: Auditor, folder: string, size: number) {
  const files = {
    leaves: lines(folder, 'leaves.jsonl'),
    hashes: lines(folder, 'leaf-hashes.txt'),
    evidence: lines(folder, 'evidence.jsonl'),
  };
  let pruned: object[] = [];
  let from: number | undefined;
  for await (const page of pages(auditor, size)) {
    for (const { position, leaf, hash, ...evidence } of page.leaves.filter((one) => Number(one.position) < size)) {
      from ??= Number(position);
      await files.leaves.write(leaf);
      await files.hashes.write(hash.toString('base64'));
      const signed = evidenceLine(Number(position), evidence);
      if (signed) await files.evidence.write(signed);
    }
    pruned = page.pruned.map(({ level, index, hash }) => ({
      ...{ level, index: Number(index), hash: hash.toString('base64') },
    }));
  }
  for (const file of Object.values(files)) await file.end();
  return { from: from ?? 0, pruned };
}

async function* pages(auditor: Auditor, size: number) {
  let next: string | undefined = '0';
  while (next !== undefined && Number(next) < size) {
    const page: ListLeavesResponse__Output = await auditor.ask(ListLeaves, { fromPosition: next });
    yield page;
    next = page.nextPosition;
  }
}

function evidenceLine(position: number, signed: Record<'proof' | 'receipt' | 'mandate', string>): string | undefined {
  const { proof, receipt, mandate } = signed;
  if (`${proof}${receipt}${mandate}` === '') return undefined;
  const parsed = [proof, receipt, mandate].map((text) => (text === '' ? null : (JSON.parse(text) as object)));
  return JSON.stringify({ position, proof: parsed[0], receipt: parsed[1], mandate: parsed[2] });
}

async function writeWitnesses(auditor: Auditor, folder: string): Promise<void> {
  const seen = plainOf('juki.audit.v1.ListWitnessesResponse', await auditor.ask(ListWitnesses, {}));
  const { witnessed, witnesses } = seen as unknown as Record<'witnessed' | 'witnesses', Seen[]>;
  const write = (name: string, rows: object[]) =>
    writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  write('witnessed.jsonl', witnessed.map(plainSeen));
  write(
    'witnesses.jsonl',
    witnesses.map((one) => {
      const { office: witness, ...row } = plainSeen(one);
      return { witness, ...row };
    }),
  );
}

interface Seen {
  office: string;
  size: string;
  note: string;
  certificate: Buffer;
  witnessedAt: string;
}

function plainSeen({ office, size, note, certificate, witnessedAt }: Seen) {
  return { office, size: Number(size), note, certificate: certificate.toString('base64'), witnessedAt };
}

/** That of the checkpoint, and those of what was signed. */
async function writeCertificates(auditor: Auditor, folder: string, ofCheckpoint: Buffer): Promise<void> {
  const file = lines(folder, 'certificates.pem');
  const kept = new Set<string>();
  const write = async (der: Buffer) => {
    const text = der.toString('base64');
    if (kept.has(text)) return;
    kept.add(text);
    const body = text.match(/.{1,64}/g)?.join('\n') ?? '';
    await file.write(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`);
  };
  await write(ofCheckpoint);
  for (let after = ''; ; ) {
    const { certificates } = await auditor.ask(ListSigningCertificates, { after });
    for (const { der } of certificates) await write(der);
    const last = certificates.at(-1);
    if (!last) break;
    after = last.fingerprint;
  }
  await file.end();
}

/** A file of lines, for its owner alone; it waits where the disk is slower than the line. */
function lines(folder: string, name: string) {
  const stream = createWriteStream(join(folder, name), { mode: 0o600 });
  return {
    async write(line: string): Promise<void> {
      if (!stream.write(`${line}\n`)) await new Promise<void>((resolve) => stream.once('drain', resolve));
    },
    async end(): Promise<void> {
      stream.end();
      await finished(stream);
    },
  };
}
