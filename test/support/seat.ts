import { createPrivateKey, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OfficeId } from '#core/domain/office.js';
import { mayDo } from '#core/domain/operator-role.js';
import { cardFingerprint } from '#core/operators/card-fingerprint.js';
import { FILE, operatorFolder } from '#core/trust/credentials.js';
import { MANDATE } from '#core/wire/mandate-text.js';
import { SESSION } from '#core/wire/session-names.js';
import { DEMO_OPERATORS, demoPin, OPERATOR } from '#scripts/certificates/demo-operators.js';
import { openCard } from '#scripts/operator/card-in-reader.js';
import { purposeOfMandate, signMandate } from '#scripts/operator/sign-mandate.js';
import type { Identity } from './raw-line.js';
import type { TestNetwork } from './test-network.js';

/** Somebody with a card in the reader, and what their questions show beside its certificate. */
export interface Seated extends Required<Identity> {
  shows: (method: string) => Record<string, string>;
}

/**
 * An operator of the demo network at their own office, who is signed in whenever they ask something: in a session that
 * the office begins for the test, so that nothing else is logged than what the test is about.
 */
export function operatorOf(network: TestNetwork, office: OfficeId, name: string = OPERATOR): Seated {
  const { officesAuthority: ca, certificate: cert, key } = openCard(network.certs, office, name, demoPin(office, name));
  const { role } = DEMO_OPERATORS.find((operator) => operator.name === name) ?? { role: 'CLERK' as const };
  const card = cardFingerprint(cert);
  const shows = (method: string) => {
    const { token } = network.node(office).sessions.begin({ name, role, card });
    const purpose = purposeOfMandate(method);
    if (purpose === undefined) return { [SESSION]: token };
    const statement = {
      office,
      operator: name,
      purpose,
      at: network.clock.now(),
      exchange: randomUUID(),
    };
    return { [SESSION]: token, [MANDATE]: signMandate(statement, createPrivateKey(key)) };
  };
  return { ca, cert, key, shows };
}

/** A folder with the key that the PIN has opened, for tools that can not read a card; it goes with the network. */
export function openedCard(network: TestNetwork, office: OfficeId, name: string = OPERATOR): string {
  const folder = mkdtempSync(join(dirname(network.certs), 'opened-'));
  cpSync(operatorFolder(network.certs, office, name), folder, { recursive: true });
  writeFileSync(join(folder, FILE.key), operatorOf(network, office, name).key, { mode: 0o600 });
  return folder;
}

/** The first operator of the demo who may do something; the first of all where nobody may. */
export function whoMay(method: string): string {
  return DEMO_OPERATORS.find(({ role }) => mayDo(role, method))?.name ?? OPERATOR;
}
