import { describe, expect, it } from '@jest/globals';
import { accessPolicy, checkPolicy, isAllowed } from './access-policy.js';
import type { CallerRole } from './caller.js';
import type { Role } from './office.js';

const ROLES: Role[] = ['municipality', 'prefecture', 'national'];
const CALLERS: CallerRole[] = [...ROLES, 'operator', 'agency'];
const LIBRARIES = /^\/grpc\.(health\.v1\.Health|reflection\.v1(alpha)?\.ServerReflection)\/[A-Za-z]+$/;
const PROVIDE = '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData';
const ISSUE = '/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy';

const methodsOf = (role: Role) => accessPolicy.filter((row) => row.servedBy.includes(role)).map((row) => row.method);
const callersOf = (method: string) => CALLERS.filter((role) => isAllowed(method, role));

describe('The access policy', () => {
  it('names procedures of the network, health, reflection, and routes for people, and nothing else', () => {
    const others = accessPolicy.map((row) => row.method).filter((method) => !method.startsWith('/juki.'));
    expect(others.filter((method) => !LIBRARIES.test(method) && !/^(GET|POST) \/[a-z./:-]+$/.test(method))).toEqual([]);
  });

  it('has no method twice, and none that nobody serves or nobody may call', () => {
    expect(new Set(accessPolicy.map((row) => row.method)).size).toBe(accessPolicy.length);
    expect(accessPolicy.filter((row) => row.servedBy.length === 0 || row.callers.length === 0)).toEqual([]);
  });

  it('lets municipalities alone ask home for the data of a copy', () => {
    expect(callersOf(PROVIDE)).toEqual(['municipality']);
  });

  it.each([
    ISSUE,
    'POST /wide-area-copies',
    'POST /notifications/move-in',
    '/juki.register.v1.RegisterService/GetResidentRecord',
  ])('lets operators of the office itself alone use %s', (method) => expect(callersOf(method)).toEqual(['operator']));

  it('lets municipalities alone tell home of births and deaths, and ask the centre for codes', () => {
    expect(callersOf('/juki.register.v1.FamilyRegisterNoticeService/NotifyHome')).toEqual(['municipality']);
    expect(callersOf('/juki.allotment.v1.AllotmentService/AllotCodes')).toEqual(['municipality']);
  });

  it('keeps registers and counters with municipalities: the offices above serve neither', () => {
    for (const role of ['prefecture', 'national'] as const)
      expect(
        methodsOf(role).filter((method) =>
          /(?<!Agency)Register(?!Agency)|Issuance|Notification|ExOfficio|Measure|copies|notifications|records/.test(
            method,
          ),
        ),
      ).toEqual([]);
  });

  it('gives agencies what they may have provided at the centre, and nothing else that tells of a person', () => {
    const open = accessPolicy.filter((row) => row.callers.includes('agency') && !LIBRARIES.test(row.method));
    const provided = open.filter(({ servedBy }) => servedBy.join() === 'national').map(({ method }) => method);
    expect(provided.filter((method) => !/^\/juki\.provision\.v1\.(Agency|Batch)Provision/.test(method))).toEqual([]);
    const elsewhere = open.map(({ method }) => method).filter((method) => !provided.includes(method));
    expect(elsewhere).toEqual(['GET /health', 'GET /openapi.json']);
  });

  it('lets mayors ask a governor, and governors one another; agencies and the centre ask neither', () => {
    const provision = '/juki.provision.v1.GovernorProvisionService/';
    expect(callersOf(`${provision}ProvideToMayor`)).toEqual(['municipality']);
    expect(callersOf(`${provision}ProvideToGovernor`)).toEqual(['prefecture']);
    expect(methodsOf('national').filter((method) => method.includes('ProvisionCounter'))).toEqual([]);
  });

  it('allows nothing to a caller without a role here, and nothing that has no row', () => {
    expect(accessPolicy.filter((row) => isAllowed(row.method, undefined))).toEqual([]);
    for (const method of ['/juki.issuance.v1.WideAreaIssuanceService/Unknown', 'GET /', '', 'GET /health/'])
      expect(callersOf(method)).toEqual([]);
  });
});

describe('A node whose methods and whose access policy differ', () => {
  it.each(ROLES)('does not exist where a %s serves exactly what has a row', (role) => {
    expect(() => checkPolicy(role, methodsOf(role))).not.toThrow();
  });

  it.each(ROLES)('does not start as a %s that serves a method without a row, which is named', (role) => {
    const served = [...methodsOf(role), '/juki.test.v1.TestService/Test'];
    expect(() => checkPolicy(role, served)).toThrow(
      'access policy: without a row: /juki.test.v1.TestService/Test; without a method: none',
    );
  });

  it.each(ROLES)('does not start as a %s that lacks a method which has a row, and it is named', (role) => {
    const served = methodsOf(role).filter((method) => method !== 'GET /health');
    expect(() => checkPolicy(role, served)).toThrow(
      'access policy: without a row: none; without a method: GET /health',
    );
  });

  it('does not start where it serves what only another kind of office may serve', () => {
    expect(() => checkPolicy('prefecture', [...methodsOf('prefecture'), PROVIDE])).toThrow(PROVIDE);
  });

  it('is told of all differences at once', () => {
    const policy = [{ method: 'GET /a', servedBy: ROLES, callers: CALLERS }];
    expect(() => checkPolicy('national', ['GET /b', 'GET /c'], policy)).toThrow(
      'without a row: GET /b, GET /c; without a method: GET /a',
    );
  });
});
