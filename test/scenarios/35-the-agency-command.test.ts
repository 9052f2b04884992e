import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyFolder } from '#core/trust/credentials.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { LAND_MINISTRY } from '../support/agencies.js';
import { BUNKYO, NATIONAL } from '../support/offices.js';
import { Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   npm run agency -- ask, check-application, batch ──▶ national centre
 *   npm run agency -- sign ── headers ──▶ buf curl ───▶
 */
let net: TestNetwork;
let person: ResidentRecord;
let folder: string;

beforeAll(async () => {
  net = await startTestNetwork({ offices: [NATIONAL] });
  person = new Town(net.people, BUNKYO).cardHolders.map(({ record }) => record).find(isAoki) as ResidentRecord;
  folder = mkdtempSync(join(tmpdir(), 'juki-command-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await net.remove();
});

interface Ended {
  code: number;
  out: string;
  said: string;
}

function run(program: string, args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, (error, out, said) => resolve({ code: Number(error?.code ?? 0), out, said }));
  });
}

function agency(...args: string[]): Promise<Ended> {
  const globals = ['--centre', net.addressOf(NATIONAL), '--certs', net.certs];
  return run(process.execPath, ['scripts/dist/agency.js', ...globals, ...args]);
}

const inquiry = (id: string, fields: string) => ['--purpose-id', id, '--occasion', 'APPLICATION', '--fields', fields];

describe('The agency’s command', () => {
  it('asks about one person, by the code or by the four items, as the agency that may cite the purpose', async () => {
    const { residentRecordCode, name, birthDate, sex, address } = person;
    const byCode = ['--code', residentRecordCode, '--known-name', name];
    expect(await agency('--json', 'ask', ...inquiry('TABLE_1_ITEM_77', 'NAME,ADDRESS'), ...byCode)).toEqual({
      ...{
        code: 0,
        said: '',
        out: `${JSON.stringify({ outcome: 'PROVIDED', deleted: false, provided: { address } })}\n`,
      },
    });
    const items = ['--name', name, '--born', birthDate, '--sex', sex, '--address', address];
    expect((await agency('ask', ...inquiry('TABLE_1_ITEM_97', 'NAME'), ...items)).out).toBe('AS_STATED\n');
  });

  it('says why it is refused, and by what the agency is bound', async () => {
    const wrong = [...inquiry('TABLE_1_ITEM_97', 'RESIDENT_RECORD_CODE'), '--code', person.residentRecordCode];
    const { code, said } = await agency('ask', ...wrong);
    expect([code, said]).toEqual([1, expect.stringContaining('FIELD_NOT_COVERED: fields RESIDENT_RECORD_CODE is not')]);
  });

  it.each([
    ['application', ['添付書類不要: 住民票の写しは要りません']],
    [
      'application-spelled-otherwise',
      ['添付書類不要: 住民票の写しは要りません', expect.any(String), expect.any(String)],
    ],
    ['application-near-miss', ['該当者なし: 申請者に氏名・生年月日・性別・住所の補正を求めてください']],
  ])('checks an application: %s', async (name, told) => {
    const { code, out } = await agency('check-application', '--file', `services/agency/example/${name}.json`);
    expect([code, out.trim().split('\n').slice(1)]).toEqual([0, told]);
  });

  it('requests a batch of a file, and nothing of one with a bad line', async () => {
    const file = join(folder, 'people.jsonl');
    const request = ['batch', 'request', '--in', file, ...inquiry('TABLE_1_ITEM_77', 'NAME')];
    writeFileSync(file, `${JSON.stringify({ residentRecordCode: person.residentRecordCode })}\n{"name":"青木"}\n`);
    const { reply, entries } = await net.watch(() => agency(...request));
    expect([reply.code, reply.said]).toEqual([1, expect.stringMatching(/^agency: line 2 [^青木]*$/)]);
    expect(entries(NATIONAL)).toEqual([]);
    writeFileSync(file, `${JSON.stringify({ residentRecordCode: person.residentRecordCode })}\n`);
    const { out } = await agency(...request);
    const [, id = ''] = /^batch (\S+): 1 people in 1 pieces$/m.exec(out) ?? [];
    expect(out).toContain(`npm run juki -- batch approve --at national --id ${id}`);
    expect((await agency('batch', 'status', '--id', id)).out).toMatch(/^REQUESTED: 1 people, 0 answered/);
    const run = await agency('batch', 'run', '--id', id, '--in', file, '--out', join(folder, 'answers.jsonl'));
    expect([run.code, run.said]).toEqual([1, expect.stringContaining('BATCH_NOT_APPROVED')]);
  });
});

describe('A question that another tool asks', () => {
  const METHOD = 'juki.provision.v1.AgencyProvisionService/ProvideToAgency';

  it('is answered with the headers that the command signs for its bytes, and once', async () => {
    const { name, address } = person;
    const fourItems = { name: '青木大輔', birthDate: { year: 1962, month: 10, day: 7 }, sex: 'SEX_MALE', address };
    const occasion = 'OCCASION_APPLICATION';
    const asked = { statutoryPurpose: 'TABLE_1_ITEM_97', occasion, fields: ['FIELD_NAME', 'FIELD_ADDRESS'] };
    const body = JSON.stringify({ person: { fourItems }, inquiry: asked });
    const signed = await agency('--as', LAND_MINISTRY, 'sign', '--procedure', `/${METHOD}`, '-d', body);
    const own = agencyFolder(net.certs, LAND_MINISTRY);
    const tls = ['--cacert', `${own}/offices-ca.pem`, '--cert', `${own}/certificate.pem`, '--key', `${own}/key.pem`];
    const url = `https://localhost:${net.node(NATIONAL).grpcPort}/${METHOD}`;
    const curl = `node_modules/.bin/buf curl --protocol grpc ${tls.join(' ')} ${signed.out.trim()} -d '${body}' ${url}`;
    const { code, out } = await run('sh', ['-c', curl]);
    expect([code, JSON.parse(out)]).toEqual([0, { answer: { outcome: 'OUTCOME_PROVIDED', provided: { name } } }]);
    expect((await run('sh', ['-c', curl])).said).toContain('This question has been answered before');
  });
});

/** Of the files of examples. */
function isAoki({ name, birthDate }: ResidentRecord): boolean {
  return name === '青木 大輔' && birthDate === '1962-10-07';
}
