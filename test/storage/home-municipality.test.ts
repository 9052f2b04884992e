import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { withoutLimits } from '#core/domain/allowance.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import type { Node } from '#core/node.js';
import { officeFolder } from '#core/trust/credentials.js';
import { LiveCredentials } from '#core/trust/live-credentials.js';
import type { ProvideCopyDataRequest } from '#core/wire/generated/juki/issuance/v1/ProvideCopyDataRequest.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { openMunicipalityLedger, startMunicipality } from '#municipality/municipality.js';
import { enterRecords } from '#municipality/storage/resident-register.js';
import { enterRestrictions } from '#municipality/storage/restrictions.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { residentsOf } from '#scripts/network/seed-ledgers.js';
import { accountOf } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

/*
 *   Shinjuku ── ProvideCopyData ──▶ Bunkyo, over a ledger of either kind
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const NETWORK = Network.load('scripts/network.json');
const CLOCK = new SetClock(FRIDAY_MORNING);
const PEOPLE = residentsOf(NETWORK);
const logger = createLogger(BUNKYO, 'silent');

describeOnEveryDatabase('A home municipality', (fresh) => {
  const bunkyo = new Town(PEOPLE, BUNKYO);
  let certs: string;
  let node: Node;
  let line: ProvenLine;

  beforeAll(() => {
    certs = mkdtempSync(join(tmpdir(), 'juki-certs-'));
    ensureCertificates(NETWORK, certs, new Date());
  });
  afterAll(() => rmSync(certs, { recursive: true, force: true }));

  beforeEach(async () => {
    const ledgerUrl = await fresh();
    const ledger = await openMunicipalityLedger(ledgerUrl);
    await ledger.transaction().execute((trx) => enterRecords(trx, bunkyo.records));
    await enterRestrictions(ledger, bunkyo.restrictions, randomUUID);
    await ledger.destroy();
    node = await startMunicipality({
      ...{ office: BUNKYO, network: NETWORK, addressOf: () => '127.0.0.1:1', ledgerUrl, pockets: certs },
      ...{ clock: CLOCK, randomBytes, newId: randomUUID, later: () => () => {}, allowances: withoutLimits },
      credentials: new LiveCredentials({
        ...{ office: BUNKYO, folder: officeFolder(certs, BUNKYO), logger, later: () => () => {} },
      }),
      logger,
      listen: { host: '127.0.0.1', grpcPort: 0, httpPort: 0 },
    });
    line = ProvenLine.to(node.grpcPort, { certs, asking: SHINJUKU, answering: BUNKYO, clock: CLOCK });
  });
  afterEach(async () => {
    line.close();
    await node.stop();
  });

  /** Asks as Shinjuku, and reads the answer. */
  async function ask(question: ProvideCopyDataRequest) {
    const message = ProvideCopyData.encodeRequest({ whom: 'WHOM_TO_PRINT_APPLICANT', ...question });
    const { reason, messages } = await line.call(ProvideCopyData.path, message, { metadata: accountOf() });
    return {
      reason,
      names: messages.flatMap((bytes) => ProvideCopyData.decodeResponse(bytes).records.map((r) => r.name?.name)),
    };
  }

  it('provides the data of a household, the householder first', async () => {
    const { name: applicantName, residentRecordCode, householdId } = bunkyo.memberOfFour;
    const whole = { applicantName, residentRecordCode, whom: 'WHOM_TO_PRINT_WHOLE_HOUSEHOLD' as const };
    const household = bunkyo.household({ ...bunkyo.memberOfFour, householdId });
    const { names } = await ask(whole);
    expect(names[0]).toBe(household[0]?.name);
    expect(names.toSorted()).toEqual(household.map(({ name }) => name).toSorted());
  });

  it('provides everybody’s own data who lives there, with names as they are written', async () => {
    const residents = bunkyo.residents;
    const replies = await Promise.all(
      residents.map(({ name: applicantName, residentRecordCode }) => ask({ applicantName, residentRecordCode })),
    );
    expect(replies.map(({ names }) => names)).toEqual(residents.map(({ name }) => [name]));
  });

  it('refuses namesakes, deleted and restricted records with their reasons', async () => {
    const [namesake] = bunkyo.namesakes;
    const [deleted, restricted] = [bunkyo.deleted('DEATH'), bunkyo.restricted('PROTECTIVE_MEASURE')];
    const [year = 0, month = 0, day = 0] = namesake.birthDate.split('-').map(Number);
    const birthDateAndSex = { birthDate: { year, month, day }, sex: `SEX_${namesake.sex}` as const };
    const byCode = ({ name: applicantName, residentRecordCode }: typeof namesake) =>
      ask({ applicantName, residentRecordCode });
    expect((await ask({ applicantName: namesake.name, birthDateAndSex })).reason).toBe('AMBIGUOUS');
    expect((await byCode(deleted)).reason).toBe('RECORD_DELETED');
    expect((await byCode(restricted)).reason).toBe('CONTACT_HOME_MUNICIPALITY');
  });

  it('answers no more than thirty of sixty failures that arrive at the same time', async () => {
    const guess = { applicantName: '当て 推量', residentRecordCode: bunkyo.codeOfNobody() };
    const replies = await Promise.all(Array.from({ length: 60 }, () => ask(guess)));
    const reasons = replies.map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(['NOT_FOUND', 'RATE_LIMITED']));
    expect(reasons.filter((reason) => reason === 'NOT_FOUND').length).toBeLessThanOrEqual(30);
  });

  it('gives nothing for the right guess that arrives at the same time behind sixty wrong ones', async () => {
    const guess = { applicantName: '当て 推量', residentRecordCode: bunkyo.codeOfNobody() };
    const { name: applicantName, residentRecordCode } = bunkyo.memberOfFour;
    const guesses = [...Array.from({ length: 60 }, () => guess), { applicantName, residentRecordCode }];
    const replies = await Promise.all(guesses.map((question) => ask(question)));
    expect(replies.at(-1)).toEqual({ reason: 'RATE_LIMITED', names: [] });
  });

  it('logs two hundred questions at the same time densely, each once', async () => {
    const { name: applicantName, residentRecordCode } = bunkyo.memberOfFour;
    await Promise.all(Array.from({ length: 200 }, () => ask({ applicantName, residentRecordCode })));
    const all = await node.audit.entries();
    const entries = all.filter(({ caller }) => caller === `juki://${SHINJUKU}`);
    expect(entries).toHaveLength(200);
    expect(new Set(entries.map(({ exchange }) => exchange)).size).toBe(200);
    expect(await node.audit.size()).toBe(all.length);
  });
});
