import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { officeFolder } from '#core/trust/credentials.js';
import type { IdentityServiceDefinition } from '#core/wire/generated/juki/identity/v1/IdentityService.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { accountOf, NONCE } from '../support/accounts.js';
import { expectDiscreet, expectRefusal, SECRET_CODE, SECRET_NAME } from '../support/bad-input.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { ProvenLine } from '../support/proven-line.js';
import { identityIn, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── question ──────────────────────────▶ Bunkyo believes the certificate, and of the metadata
 *               juki-exchange, -nonce,                 what has its due form (ACCOUNT); the rest it refuses,
 *               juki-operator, -purpose                and writes nowhere
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const { GetIdentificationInformation } = procedures<IdentityServiceDefinition>('juki.identity.v1.IdentityService');
const GOOD = { applicantName: SECRET_NAME, residentRecordCode: SECRET_CODE, whom: 'WHOM_TO_PRINT_APPLICANT' } as const;

/** Of an exchange that is asked once. */
let account = accountOf();
let network: TestNetwork;
let line: ProvenLine;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, TOKYO] });
  line = ProvenLine.between(network, SHINJUKU, BUNKYO);
});
beforeEach(() => {
  account = accountOf();
});
afterAll(async () => {
  line.close();
  await network.remove();
});

/** Asks Bunkyo with such metadata; sees that one entry was logged and that no log holds anything of the question. */
async function ask(metadata: Record<string, string>, secrets: string[] = []) {
  const before = network.logLines.length;
  const question = ProvideCopyData.encodeRequest(GOOD);
  const { reply, entries } = await network.watch(() => line.call(ProvideCopyData.path, question, { metadata }));
  const logged = entries(BUNKYO);
  expect(logged).toMatchObject([{ event: 'ANSWERED', outcome: reply.reason, caller: `juki://${SHINJUKU}` }]);
  expectDiscreet([...network.logLines.slice(before), JSON.stringify(logged)], secrets);
  return { reply, entries: logged };
}

describe('What a caller tells of itself besides its certificate', () => {
  it.each(Object.keys(account))(
    'is refused without %s as INVALID_REQUEST: an office accounts for its question',
    async (key) => {
      const { [key as keyof typeof account]: _left, ...others } = account;
      const { reply } = await ask(others);
      expectRefusal(reply, 'INVALID_REQUEST');
      expect(reply.details.field).toBe(key);
    },
  );

  it.each(Object.keys(account))(
    'is refused with words in %s that are no term as INVALID_REQUEST, and not logged',
    async (key) => {
      const words = 'secret words of a clerk';
      const { reply } = await ask({ ...account, [key]: words }, [words]);
      expectRefusal(reply, 'INVALID_REQUEST', [words]);
    },
  );

  const NOT_ITS_FORM: [string, keyof typeof account, string][] = [
    ['a name of its own making', 'juki-exchange', 'exchange-1'],
    ['a UUID in capitals', 'juki-exchange', 'ABCDEF00-0000-4000-8000-000000000001'],
    ['a nonce of 31 digits', 'juki-nonce', NONCE.slice(1)],
    ['a nonce of 33 digits', 'juki-nonce', `${NONCE}0`],
    ['a nonce with a letter that is no digit', 'juki-nonce', `${NONCE.slice(1)}g`],
    ['a nonce in capitals', 'juki-nonce', NONCE.toUpperCase()],
    ['an operator in capitals', 'juki-operator', 'Operator-1'],
    ['an operator who begins with a hyphen', 'juki-operator', '-clerk'],
    ['a purpose in small letters', 'juki-purpose', 'wide_area_issuance'],
    ['a purpose with a number', 'juki-purpose', `A${SECRET_CODE}`],
    ['another purpose than that of the procedure', 'juki-purpose', 'CURIOSITY'],
    ['a purpose that only begins like that of the procedure', 'juki-purpose', 'WIDE_AREA_ISSUANCE_AND_MORE'],
  ];

  it.each(NOT_ITS_FORM)('is refused for %s as INVALID_REQUEST, by the name of %s', async (_what, key, text) => {
    const { reply } = await ask({ ...account, [key]: text });
    expectRefusal(reply, 'INVALID_REQUEST', [text]);
    expect(reply.details).toMatchObject({ office: BUNKYO, field: key });
  });

  it.each(['juki-exchange', 'juki-nonce', 'juki-operator', 'juki-purpose'])(
    'is refused for a resident record code in %s as INVALID_REQUEST, and the code is never logged',
    async (key) => {
      const { reply, entries } = await ask({ ...account, [key]: SECRET_CODE });
      expectRefusal(reply, 'INVALID_REQUEST');
      expect(reply.details.field).toBe(key);
      expect(entries).toHaveLength(1);
      expect(entries[0]?.exchange).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    },
  );

  it('is logged with its own exchange and nonce where it is well formed', async () => {
    const { reply, entries } = await ask(account);
    expectRefusal(reply, 'NOT_FOUND');
    expect(entries).toMatchObject([
      { exchange: account['juki-exchange'], nonce: NONCE, purpose: 'WIDE_AREA_ISSUANCE' },
    ]);
  });

  it('does not count where it forges the name that only the certificate gives', async () => {
    const forged = { ...account, 'juki-caller': 'juki://municipality/131156' };
    expectRefusal((await ask(forged)).reply, 'NOT_FOUND');
  });

  it('opens no door to a prefecture that calls itself a municipality', async () => {
    const tokyo = new RawLine(network.node(BUNKYO).grpcPort, identityIn(officeFolder(network.certs, TOKYO)));
    const metadata = { ...account, 'juki-caller': 'juki://municipality/131041' };
    const { reply, entries } = await network.watch(() =>
      tokyo.call(ProvideCopyData.path, Buffer.alloc(0), { metadata }),
    );
    tokyo.close();
    expectRefusal(reply, 'ACCESS_DENIED');
    expect(entries(BUNKYO)).toMatchObject([{ caller: 'juki://prefecture/130001', outcome: 'ACCESS_DENIED' }]);
  });

  it('makes an operator nobody else, and names no exchange of theirs', async () => {
    const operator = new RawLine(network.node(TOKYO).grpcPort, operatorOf(network, TOKYO));
    const metadata = { ...account, 'juki-operator': 'governor', 'juki-caller': 'juki://national' };
    const question = GetIdentificationInformation.encodeRequest({ residentRecordCode: SECRET_CODE, purpose: 'a test' });
    const { entries } = await network.watch(() =>
      operator.call(GetIdentificationInformation.path, question, { metadata }),
    );
    operator.close();
    const [entry] = entries(TOKYO);
    expect(entry).toMatchObject({ operator: 'operator-1', caller: 'juki://prefecture/130001/operator/operator-1' });
    expect(entry?.exchange).not.toBe(account['juki-exchange']);
  });
});
