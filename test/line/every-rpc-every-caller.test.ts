import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessPolicy, type PolicyRow } from '#core/domain/access-policy.js';
import { type CallerRole, callerUri } from '#core/domain/caller.js';
import { type OfficeId, type Role, roleOf } from '#core/domain/office.js';
import { mayDo, needsSignIn } from '#core/domain/operator-role.js';
import { officeFolder } from '#core/trust/credentials.js';
import { descriptors } from '#core/wire/schema.js';
import { DEMO_OPERATORS, OPERATOR } from '#scripts/certificates/demo-operators.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { type Asking, https, identityIn, RawLine } from '../support/raw-line.js';
import { operatorOf, whoMay } from '../support/seat.js';
import { type LoggedEntry, startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { TestPki } from '../support/test-pki.js';

/*
 *                        municipality  prefecture  national centre  agency  operator here  operator elsewhere
 *   each method              ?             ?             ?            ?           ?               ?
 *   at a municipality, a prefecture and the national centre: a row of the access policy says so, or nobody gets in
 */
const KANAGAWA: OfficeId = 'prefecture/140007';
/** Behind the door: an answer, or a word about the question, which was empty. */
const LET_THROUGH = [undefined, 'INVALID_REQUEST'];
const ANSWERING: Record<Role, OfficeId> = { municipality: BUNKYO, prefecture: TOKYO, national: NATIONAL };

interface TestCaller {
  who: string;
  role: CallerRole | undefined;
  uri: (office: OfficeId, method: string) => string;
  identity: (office: OfficeId, method: string) => Asking;
}

let network: TestNetwork;
let pki: TestPki;
const lines = new Map<string, RawLine>();

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, TOKYO, KANAGAWA, NATIONAL] });
  pki = new TestPki(network.certs);
});
afterAll(async () => {
  for (const line of lines.values()) line.close();
  await network.remove();
});

const AGENCY = 'juki://agency/japan-pension-service';
const operatorUri = (office: OfficeId, name: string) => callerUri({ kind: 'operator', office, name });
/** An office of the same role, if there is another, whose operators have no business at this one. */
const neighbourOf = (office: OfficeId) => ({ [BUNKYO]: SHINJUKU, [TOKYO]: KANAGAWA })[office] ?? TOKYO;

const callers: TestCaller[] = [
  officeCaller('a municipality', 'municipality', SHINJUKU),
  officeCaller('a prefecture', 'prefecture', KANAGAWA),
  officeCaller('the national centre', 'national', NATIONAL),
  {
    ...{ who: 'an agency', role: 'agency', uri: () => AGENCY },
    identity: () => pki.issue({ by: 'agencies', names: [AGENCY] }),
  },
  {
    ...{ who: 'an operator of this office', role: 'operator' },
    uri: (office, method) => operatorUri(office, whoMay(method)),
    identity: (office, method) => operatorOf(network, office, whoMay(method)),
  },
  {
    ...{ who: 'an operator of another office', role: undefined },
    uri: (office, method) => operatorUri(neighbourOf(office), whoMay(method)),
    identity: (office, method) => operatorOf(network, neighbourOf(office), whoMay(method)),
  },
];

/** One operator of the office that is asked, whatever their role has a place for. */
function operatorNamed(name: string): TestCaller {
  return {
    ...{ who: name, role: 'operator', uri: (office) => operatorUri(office, name) },
    identity: (office) => operatorOf(network, office, name),
  };
}

/** The card of an operator who has not signed in. */
function withoutShowing(office: OfficeId): Asking {
  const { shows: _session, ...card } = operatorOf(network, office);
  return card;
}

function officeCaller(who: string, role: CallerRole, office: OfficeId): TestCaller {
  const identity = () => identityIn(officeFolder(network.certs, office));
  return { who, role, uri: () => `juki://${office}`, identity };
}

/** One connection for each caller and office; reading an agency's certificate anew would make it another agency. */
function lineOf({ who, uri, identity }: TestCaller, office: OfficeId, method: string): RawLine {
  const key = `${who}, ${uri(office, method)}, at ${office}`;
  const known = lines.get(key) ?? new RawLine(network.node(office).grpcPort, identity(office, method));
  lines.set(key, known);
  return known;
}

/** Calls a method with a question that is as short as can be, and tells the reason for the refusal, if there is one. */
async function reasonAt(office: OfficeId, method: string, caller: TestCaller): Promise<string | undefined> {
  const [verb = '', path] = method.split(' ');
  if (path !== undefined) {
    const headers = verb === 'POST' ? { 'content-type': 'application/json' } : {};
    const body = verb === 'POST' ? { body: '{}' } : {};
    const question = { method: verb, path, headers, ...body };
    return (await https(network.node(office).httpPort, caller.identity(office, method), question)).reason;
  }
  // To the reflection service this is list_services, to the others an empty question.
  const message = method.includes('Reflection') ? Buffer.from([0x3a, 0x01, 0x2a]) : Buffer.alloc(0);
  const { reason, code, messages } = await lineOf(caller, office, method).call(method, message, {
    untilFirstMessage: true,
  });
  return reason ?? (messages.length > 0 ? undefined : `without a reason: ${code}`);
}

/** Each method that an office of this role serves, with each caller. */
function casesAt(role: Role) {
  const rows = accessPolicy.filter(({ servedBy }) => servedBy.includes(role));
  return rows.flatMap((row) => callers.map((caller) => ({ method: row.method, row, who: caller.who, caller })));
}

function isAnswered({ event }: LoggedEntry): boolean {
  return event === 'ANSWERED';
}

function isAllowed({ callers: allowed }: PolicyRow, { role }: TestCaller): boolean {
  return role !== undefined && allowed.includes(role);
}

describe.each(Object.entries(ANSWERING) as [Role, OfficeId][])('The door of a %s (%s)', (role, office) => {
  const allowed = casesAt(role).filter(({ row, caller }) => isAllowed(row, caller));
  const denied = casesAt(role).filter(({ row, caller }) => !isAllowed(row, caller));

  it.each(allowed)('lets $who through to $method', async ({ method, caller }) => {
    expect(LET_THROUGH).toContain(await reasonAt(office, method, caller));
  });

  if (denied.length > 0) {
    it.each(denied)('turns $who away from $method as ACCESS_DENIED, and logs it', async ({ method, caller }) => {
      const { reply, entries } = await network.watch(() => reasonAt(office, method, caller));
      const refused = { event: 'ANSWERED', procedure: method, outcome: 'ACCESS_DENIED', answering: office };
      expect(reply).toBe('ACCESS_DENIED');
      expect(entries(office)).toMatchObject([{ ...refused, caller: caller.uri(office, method) }]);
    });
  }

  it('answers whatever an operator asks of the network’s own procedures with exactly one entry, and what it asks others for that is told apart', async () => {
    const operator = callers.find((caller) => caller.role === 'operator') as TestCaller;
    const own = casesAt(role).filter(({ method, caller }) => caller === operator && /juki\.|^POST/.test(method));
    const asking = [];
    for (const { method } of own) {
      const { entries } = await network.watch(() => reasonAt(office, method, operator));
      const [answered, others] = [
        entries(office).filter(isAnswered),
        entries(office).filter((one) => !isAnswered(one)),
      ];
      expect(answered).toMatchObject([{ procedure: method, caller: operator.uri(office, method) }]);
      // Its own questions, for this operator: each is in its log with what became of it.
      const ofThisOffice = others.filter((one) => one.caller === `juki://${office}` && one.operator === whoMay(method));
      expect(ofThisOffice).toEqual(others);
      expect(others.filter(({ event }) => event === 'ASKED').map(({ exchange }) => exchange)).toEqual(
        others.filter(({ event }) => event === 'ANSWER_RECEIVED').map(({ exchange }) => exchange),
      );
      if (others.length > 0) asking.push(method);
    }
    // Of an empty question, only a check against the levels above leads to others.
    const checks = own.filter(({ method }) => method.endsWith('/CheckConsistency')).map(({ method }) => method);
    expect(asking).toEqual(role === 'municipality' ? checks : []);
    expect(own.length).toBeGreaterThan(0);
  });

  const signedIn = allowed.filter(({ caller, method }) => caller.role === 'operator' && needsSignIn(method));
  const byRole = signedIn.flatMap(({ method }) => DEMO_OPERATORS.map((operator) => ({ method, ...operator })));
  it.each(byRole)('lets a $role ($name) have $method done as far as the table of roles does', async (one) => {
    const { reply, entries } = await network.watch(() => reasonAt(office, one.method, operatorNamed(one.name)));
    const answered = entries(office).filter((entry) => isAnswered(entry) && entry.procedure === one.method);
    if (mayDo(one.role, one.method)) expect(LET_THROUGH).toContain(reply);
    else expect(reply).toBe('ROLE_NOT_ALLOWED');
    expect(answered).toMatchObject([{ caller: operatorUri(office, one.name), outcome: reply ?? 'OK' }]);
  });

  it.each(signedIn)(
    'asks an operator with the card alone to sign in before $method, and logs it',
    async ({ method }) => {
      const withoutSession = { ...operatorNamed(OPERATOR), who: 'a card alone', identity: withoutShowing };
      const { reply, entries } = await network.watch(() => reasonAt(office, method, withoutSession));
      expect(reply).toBe('SIGN_IN_REQUIRED');
      expect(entries(office)).toMatchObject([{ procedure: method, outcome: 'SIGN_IN_REQUIRED' }]);
    },
  );

  const notServed = ourMethods().filter((method) => !casesAt(role).some((served) => served.method === method));
  it.each(notServed.flatMap((method) => callers.map((caller) => ({ method, who: caller.who, caller }))))(
    'serves $who no $method, which is not of its role',
    async ({ method, caller }) => {
      const reply = await lineOf(caller, office, method).call(method);
      expect({ code: reply.code, messages: reply.messages }).toEqual({ code: 12, messages: [] });
    },
  );
});

describe('The access policy', () => {
  it('has one row, and one only, for each method of the network’s own proto files', () => {
    const methods = accessPolicy.map(({ method }) => method);
    expect(methods.filter((method) => method.startsWith('/juki.')).sort()).toEqual(ourMethods().sort());
    expect(new Set(methods).size).toBe(methods.length);
  });

  it('names roles that there are, and at least one office that serves each method', () => {
    const roles = new Set(callers.flatMap(({ role }) => role ?? []));
    expect(accessPolicy.filter(({ callers: allowed }) => allowed.some((role) => !roles.has(role)))).toEqual([]);
    expect(accessPolicy.filter(({ servedBy }) => servedBy.length === 0)).toEqual([]);
    expect(Object.values(ANSWERING).map(roleOf)).toEqual(Object.keys(ANSWERING));
  });
});

/** Every method of the network's own services, as a path. */
function ourMethods(): string[] {
  const services = [...descriptors].filter((type) => type.kind === 'service' && type.typeName.startsWith('juki.'));
  return services.flatMap((type) =>
    type.kind === 'service' ? type.methods.map(({ name }) => `/${type.typeName}/${name}`) : [],
  );
}
