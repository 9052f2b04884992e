import { type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Caller } from '#core/domain/caller.js';
import { OperatorCard } from '#core/operators/operator-card.js';
import { FILE } from '#core/trust/credentials.js';
import { closeKey, pairFiles, readPair, readText, writeFiles } from './credentials-on-disk.js';
import { demoPin } from './demo-operators.js';

/** How somebody keeps a certificate and the key that belongs to it. */
export interface Keeping {
  /** What is kept, where all of it is whole. */
  held(): X509Certificate | undefined;
  /** Keeps a new key with its certificate, PEM, and the files beside them. */
  keep(key: KeyObject, certificatePem: string, beside: Record<string, string>): void;
  /** Keeps another certificate of the same key; undefined for who gets a new key each time. */
  renew?(certificatePem: string, beside: Record<string, string>): void;
}

/** An office's: two files, of which only the office itself reads the key. */
export function pairIn(folder: string): Keeping {
  return {
    held() {
      closeKey(folder);
      return readPair(folder)?.certificate;
    },
    keep(key, certificatePem, beside) {
      writeFiles(folder, { ...beside, ...pairFiles({ key, certificatePem }) });
    },
  };
}

/** An operator's: a card, whose key only the PIN opens. The certificate lies beside it for tools that ask for a file. */
export function cardIn(folder: string, { office, name }: Extract<Caller, { kind: 'operator' }>): Keeping {
  const path = join(folder, 'card.json');
  const beforeTheCard = (certificatePem: string, beside: Record<string, string>) =>
    writeFiles(folder, { ...beside, [FILE.certificate]: certificatePem });
  return {
    held() {
      const certificate = new OperatorCard(path).certificate();
      if (certificate === undefined) return undefined;
      if (readText(join(folder, FILE.certificate)) !== certificate) beforeTheCard(certificate, {});
      return new X509Certificate(certificate);
    },
    keep(key, certificate, beside) {
      beforeTheCard(certificate, beside);
      OperatorCard.issue(path, { certificate, key }, demoPin(office, name), randomBytes);
    },
    renew(certificate, beside) {
      beforeTheCard(certificate, beside);
      new OperatorCard(path).renew(certificate);
    },
  };
}
