import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Network } from '#core/network.js';
import { OperatorCard } from '#core/operators/operator-card.js';
import { FILE, operatorFolder } from '#core/trust/credentials.js';
import { DEMO_OPERATORS, demoPin, OPERATOR } from './demo-operators.js';
import { ensureCertificates } from './ensure-certificates.js';

const network = Network.load('scripts/network.json');
const NOW = new Date();
const BUNKYO = 'municipality/131059';

describe('Operators’ cards', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'juki-cards-'));
    ensureCertificates(network, folder, NOW);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const ensure = () => ensureCertificates(network, folder, NOW);
  const filesIn = (place: string) => {
    const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((file) => join(file.parentPath, file.name));
  };

  it('leave no operator a key that anything but the PIN opens', () => {
    const ofOperators = filesIn(join(folder, 'operators'));
    expect(ofOperators.filter((path) => path.endsWith(FILE.key))).toEqual([]);
    const texts = ofOperators.map((path) => readFileSync(path, 'utf8'));
    expect(texts.filter((text) => text.includes('BEGIN PRIVATE KEY'))).toEqual([]);
    expect(texts.filter((text) => text.includes('BEGIN ENCRYPTED PRIVATE KEY'))).toHaveLength(
      network.offices.length * DEMO_OPERATORS.length,
    );
  });

  it('have a certificate beside them that comes back where it is torn, and that is of the key on the card when renewed', () => {
    const place = operatorFolder(folder, BUNKYO, OPERATOR);
    const card = () => new OperatorCard(join(place, 'card.json')).open(demoPin(BUNKYO, OPERATOR));
    const [before, path] = [card(), join(place, FILE.certificate)];
    writeFileSync(path, '');
    expect(ensure()).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(before.certificate);
    ensureCertificates(network, folder, NOW, { rotate: true });
    const after = card();
    expect(after.certificate).not.toBe(before.certificate);
    expect(after.key.equals(before.key)).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(after.certificate);
  });

  it("are made again where the operator's folder is missing", () => {
    rmSync(operatorFolder(folder, BUNKYO, OPERATOR), { recursive: true });
    expect(ensure()).toBe(1);
  });
});
