import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Agency } from '#agency/use-cases/agency-over.js';
import { agencyFolder } from '#core/trust/credentials.js';
import { type QuestionAnswered, type QuestionAsked, readAnswers, writeQuestions } from '#core/wire/each-message.js';
import type { AgencyProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyProvisionService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { decodeRefusal } from '#core/wire/refusal-status.js';
import { readStatement } from '#core/wire/statement-metadata.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import {
  agencyOf,
  application,
  LAND_MINISTRY,
  PENSION_SERVICE,
  refusalOf,
  register,
  revoke,
  statusReport,
} from '../support/agencies.js';
import { BUNKYO, NATIONAL, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { identityIn, RawLine } from '../support/raw-line.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   pension service ══ one stream: question, question, question ══▶ national centre
 *                   ◀═════ answer and receipt, refusal, answer and receipt ════
 *                          each proved, taken out of the allowance, logged
 */
const { ProvideToAgency, ProvideEachToAgency } = procedures<AgencyProvisionServiceDefinition>(
  'juki.provision.v1.AgencyProvisionService',
);
const NAME = statusReport('NAME');
const ALLOWED = 40;
const NO_PROOF = { at: 0, signature: Buffer.alloc(0), certificate: Buffer.alloc(0) };

let net: TestNetwork;
let residents: ResidentRecord[];
let aResident: () => ResidentRecord;
let pension: Agency;
let line: RawLine;

beforeAll(async () => {
  net = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO] });
  residents = new Town(net.people, BUNKYO).leavers;
  aResident = handingOut(residents);
  pension = agencyOf(net, PENSION_SERVICE);
  line = new RawLine(net.node(NATIONAL).grpcPort, identityIn(agencyFolder(net.certs, PENSION_SERVICE)));
});
beforeEach(async () => {
  net.clock.set(FRIDAY_MORNING);
  await pension.purposes();
});
afterAll(async () => {
  pension.close();
  line.close();
  await net.remove();
});

/** A question about somebody's name, proved; its bytes are asked for more where they are other ones. */
async function proved(residentRecordCode: string, by = pension, inquiry: object = NAME): Promise<QuestionAsked> {
  const question = messageOf<object>(ProvideToAgency.question, { inquiry, person: { residentRecordCode } });
  const request = ProvideToAgency.encodeRequest(question);
  const metadata = await by.sign(ProvideToAgency.path, request);
  const [id, nonce, operator, purpose] = ['exchange', 'nonce', 'operator', 'purpose'].map((part) =>
    String(metadata[`juki-${part}`]),
  ) as [string, string, string, string];
  const proof = readStatement('proof', (key) => metadata[key]);
  if (!proof) throw new Error('it was not proved');
  return { account: { id, nonce, operator, purpose }, proof, request };
}

/** Sends questions in one message. @returns what each came to, and how the stream ended */
async function ask(questions: readonly QuestionAsked[], over = line) {
  const { messages, reason } = await over.call(ProvideEachToAgency.path, writeQuestions(questions));
  const answers = new Map(messages.flatMap(readAnswers).map((one) => [one.exchange, one]));
  return { outcomes: questions.map(({ account }) => outcomeOf(answers.get(account.id))), answers, reason };
}

function outcomeOf(answered: QuestionAnswered | undefined): string | undefined {
  if (!answered) return undefined;
  const { outcome } = answered;
  return 'answer' in outcome ? 'OK' : decodeRefusal(outcome.refusal)?.reason;
}

describe('Questions that come over one stream', () => {
  it('are answered each: proved, logged and receipted by itself, as calls would be', async () => {
    const three = Array.from({ length: 3 }, aResident);
    const questions = await Promise.all(three.map(({ residentRecordCode }) => proved(residentRecordCode)));
    const { reply, entries } = await net.watch(() => ask(questions));
    expect(reply.outcomes).toEqual(['OK', 'OK', 'OK']);
    expect(entries(NATIONAL)).toHaveLength(3);
    for (const { account } of questions) {
      const entry = entries(NATIONAL).find(({ exchange }) => exchange === account.id);
      expect(entry).toMatchObject({
        ...{ event: 'ANSWERED', procedure: ProvideToAgency.path, caller: `juki://agency/${PENSION_SERVICE}` },
        ...{ operator: 'desk-1', outcome: 'OK', subjects: [expect.any(String)] },
        ...{ proofDigest: expect.any(String), receiptDigest: expect.any(String) },
        provision: { statutoryPurpose: 'TABLE_1_ITEM_77', given: [['NAME', 1]] },
      });
      expect(reply.answers.get(account.id)?.receipt).toBeDefined();
    }
  });

  it('are all answered where a hundred ask at once', async () => {
    const hundred = Array.from({ length: 100 }, (_, nth) => residents[nth % residents.length] as ResidentRecord);
    const { reply, entries } = await net.watch(() =>
      Promise.all(hundred.map(({ residentRecordCode }) => pension.provide(NAME, { residentRecordCode }))),
    );
    expect(reply).toEqual(hundred.map(({ name }) => ({ outcome: 'PROVIDED', deleted: false, provided: { name } })));
    expect(new Set(entries(NATIONAL).map(({ exchange }) => exchange)).size).toBe(100);
    expect(entries(NATIONAL)).toHaveLength(100);
  });

  it('are refused each for its own fault, while the others are answered', async () => {
    const land = agencyOf(net, LAND_MINISTRY);
    await land.purposes();
    const { residentRecordCode: code } = aResident();
    const good = await proved(code);
    const another = { ...(await proved(aResident().residentRecordCode)), request: good.request };
    const unproved = await proved(code, land);
    const uncovered = await proved(code, pension, { ...NAME, statutoryPurpose: 'TABLE_1_ITEM_97' });
    const nameless = await proved(code);
    nameless.account.operator = 'Not A Name';
    const malformed = await proved(code);
    malformed.account.id = 'no-uuid';
    const { reply, entries } = await net.watch(() => ask([another, unproved, uncovered, nameless, good, malformed]));
    land.close();
    expect(reply.outcomes.slice(0, 5)).toEqual([
      ...['PROOF_NOT_VALID', 'PROOF_NOT_VALID', 'PURPOSE_NOT_ALLOWED', 'INVALID_REQUEST', 'OK'],
    ]);
    // It has no name to be answered under.
    expect(outcomeOf(reply.answers.get(''))).toBe('INVALID_REQUEST');
    expect(reply.reason).toBeUndefined();
    expect(
      entries(NATIONAL)
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual([
      ...['INVALID_REQUEST', 'INVALID_REQUEST', 'OK', 'PROOF_NOT_VALID', 'PROOF_NOT_VALID', 'PURPOSE_NOT_ALLOWED'],
    ]);
  });

  it('are answered once: at the same moment, on another stream, and in a call of its own', async () => {
    const question = await proved(aResident().residentRecordCode);
    const { messages } = await line.call(ProvideEachToAgency.path, writeQuestions([question, question]));
    expect(messages.flatMap(readAnswers).map(outcomeOf).toSorted()).toEqual(['OK', 'REPLAYED']);
    expect((await ask([question])).outcomes).toEqual(['REPLAYED']);
    const { account, proof, request } = question;
    const metadata = {
      ...{ 'juki-exchange': account.id, 'juki-nonce': account.nonce, 'juki-operator': account.operator },
      ...{ 'juki-purpose': account.purpose, 'juki-asked-at': String(proof.at) },
      ...{ 'juki-proof-bin': proof.signature, 'juki-prover-bin': proof.certificate },
    };
    expect((await line.call(ProvideToAgency.path, request, { metadata })).reason).toBe('REPLAYED');
  });

  it('end with the stream where a message holds none, which is logged', async () => {
    for (const [bytes, field] of [
      [Buffer.alloc(0), 'questions'],
      [Buffer.from([0x0a, 0x7f]), 'questions'],
      [Buffer.from([0x7a, 0x01, 0x31]), 'questions'],
    ] as const) {
      const { reply, entries } = await net.watch(() => line.call(ProvideEachToAgency.path, bytes));
      expect(reply).toMatchObject({ reason: 'INVALID_REQUEST', messages: [], details: { field } });
      expect(entries(NATIONAL)).toMatchObject([{ outcome: 'INVALID_REQUEST', subjects: [], proofDigest: null }]);
    }
  });

  it('end when the agency is revoked, and are asked again in vain', async () => {
    const { residentRecordCode } = aResident();
    expect((await pension.provide(NAME, { residentRecordCode })).outcome).toBe('PROVIDED');
    await revoke(net, PENSION_SERVICE);
    expect((await refusalOf(pension.provide(NAME, { residentRecordCode }))).reason).toBe('AGENCY_NOT_REGISTERED');
    const purposes = [{ statutoryPurpose: 'TABLE_1_ITEM_77', fields: ['NAME'] }];
    await register(net, { name: PENSION_SERVICE, bodies: ['日本年金機構'], purposes });
    expect((await pension.provide(NAME, { residentRecordCode })).outcome).toBe('PROVIDED');
  });
});

describe('An agency that asks more over one stream than it may', () => {
  const LEFT = 4;

  it('is refused what is too much, with the seconds to wait; only the first refusal is an entry', async () => {
    const strict = await networkThatAllows({ burst: ALLOWED, perMinute: 60 });
    const asking = agencyOf(strict, PENSION_SERVICE);
    const over = new RawLine(strict.node(NATIONAL).grpcPort, identityIn(agencyFolder(strict.certs, PENSION_SERVICE)));
    const { residentRecordCode } = new Town(strict.people, BUNKYO).leavers[0] as ResidentRecord;
    // It is refused once for its own clock. Before it signs for another tool, it asks what the centre's shows.
    await asking.purposes();
    const questions: QuestionAsked[] = [];
    for (let nth = 0; nth < 10; nth += 1) questions.push(await proved(residentRecordCode, asking));
    const [clock, streams] = [2, 2];
    const filling = ALLOWED - clock - questions.length - streams - LEFT;
    for (let nth = 0; nth < filling; nth += 1)
      expect(await asking.provide(NAME, { residentRecordCode })).toMatchObject({ outcome: 'PROVIDED' });
    const { reply, entries } = await strict.watch(() => ask(questions, over));
    expect(reply.outcomes.toSorted()).toEqual([...Array(LEFT).fill('OK'), ...Array(6).fill('RATE_LIMITED')]);
    const refused = [...reply.answers.values()].flatMap(({ outcome }) => ('refusal' in outcome ? outcome.refusal : []));
    expect(refused.map((bytes) => decodeRefusal(bytes)?.details.retryAfterSeconds)).toEqual(Array(6).fill(1));
    expect(entries(NATIONAL).filter(({ outcome }) => outcome === 'RATE_LIMITED')).toHaveLength(1);
    asking.close();
    over.close();
    await strict.remove();
  });
});

describe('An agency that asks two thousand questions at once', () => {
  it('is answered them all', async () => {
    const roomy = await networkThatAllows({ burst: 10_000, perMinute: 10_000 });
    const asking = agencyOf(roomy, PENSION_SERVICE);
    const { residentRecordCode } = new Town(roomy.people, BUNKYO).leavers[0] as ResidentRecord;
    const answers = await Promise.all(
      Array.from({ length: 2_000 }, () => asking.provide(NAME, { residentRecordCode })),
    );
    expect(answers.filter(({ outcome }) => outcome === 'PROVIDED')).toHaveLength(2_000);
    asking.close();
    await roomy.remove();
  });
});

describe('An agency that does not read what it is answered', () => {
  it('holds up nobody, and is forgotten when it hangs up', async () => {
    const roomy = await networkThatAllows({ burst: 10_000, perMinute: 10_000 });
    const others = agencyOf(roomy, LAND_MINISTRY);
    await others.purposes();
    const { ca, cert, key } = identityIn(agencyFolder(roomy.certs, PENSION_SERVICE));
    const secure = credentials.createSsl(Buffer.from(ca), Buffer.from(key ?? ''), Buffer.from(cert ?? ''));
    const client = new Client(`localhost:${roomy.node(NATIONAL).grpcPort}`, secure);
    const stream = client.makeBidiStreamRequest(ProvideEachToAgency.path, Buffer.from, Buffer.from, new Metadata());
    stream.on('error', () => {});
    const unproved = { ...(await proved(aResident().residentRecordCode)), proof: NO_PROOF };
    for (let nth = 0; nth < 40; nth += 1) stream.write(writeQuestions(Array(25).fill(unproved)));
    const { residentRecordCode, name } = new Town(roomy.people, BUNKYO).leavers[0] as ResidentRecord;
    const told = { outcome: 'PROVIDED', deleted: false, provided: { name } };
    expect(await others.provide(application('NAME'), { residentRecordCode })).toEqual(told);
    stream.cancel();
    expect(await others.provide(application('NAME'), { residentRecordCode })).toEqual(told);
    client.close();
    others.close();
    // It would not end while a stream has answers that nobody takes.
    await roomy.remove();
  });
});

function networkThatAllows(agency: { burst: number; perMinute: number }): Promise<TestNetwork> {
  const plenty = { burst: 1_000, perMinute: 1_000 };
  const allowances = { office: plenty, agency, operator: plenty, askingOperator: plenty, stranger: plenty };
  return startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO], allowances });
}
