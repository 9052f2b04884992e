import { describe, expect, it } from '@jest/globals';
import { accessPolicy } from './access-policy.js';
import { mayDo, needsSignIn, OPERATOR_ROLES, type OperatorRole, roleTable } from './operator-role.js';

const forOperators = accessPolicy.filter(({ callers }) => callers.includes('operator')).map(({ method }) => method);
const methods = roleTable.map(({ method }) => method);
const allowedTo = (role: OperatorRole) => methods.filter((method) => needsSignIn(method) && mayDo(role, method));
/** What tells of a person, or changes what is held of one. */
const OF_PERSONS =
  /juki\.(register|issuance|identity)\.|ProvisionCounter|ChangeHistory|Discrepancy|Consistency(Check)?Service|Access|Disclosure|^POST \/(?!sign-)|code-pool/;

describe('The table of roles', () => {
  it('has a row for each procedure that operators may call, and for no other', () => {
    expect(methods.toSorted()).toEqual(forOperators.toSorted());
  });

  it('has no procedure twice, and none that nobody may do', () => {
    expect(new Set(methods).size).toBe(methods.length);
    expect(roleTable.filter(({ roles }) => roles.length === 0)).toEqual([]);
  });

  it('opens without a sign-in only what signs in or out, what residents open with their card, and what tells of no person', () => {
    expect(methods.filter((method) => !needsSignIn(method)).toSorted()).toEqual(
      [
        ...[
          'GET /health',
          'GET /metrics',
          'GET /openapi.json',
          'GET /self-service',
          'POST /self-service',
          'POST /self-service/access-reports',
          'POST /sign-in',
          'POST /sign-in/challenge',
          'POST /sign-out',
        ],
        ...['Check', 'List', 'Watch'].map((method) => `/grpc.health.v1.Health/${method}`),
        ...['v1', 'v1alpha'].map((one) => `/grpc.reflection.${one}.ServerReflection/ServerReflectionInfo`),
        ...['SignIn', 'SignOut'].map((method) => `/juki.operator.v1.SignInService/${method}`),
      ].toSorted(),
    );
  });

  it('lets a supervisor do whatever a clerk may, and more', () => {
    const supervisor = allowedTo('SUPERVISOR');
    expect(allowedTo('CLERK').filter((method) => !supervisor.includes(method))).toEqual([]);
    expect(supervisor.length).toBeGreaterThan(allowedTo('CLERK').length);
  });

  it.each([
    '/juki.register.v1.ExOfficioService/ApproveDraft',
    'POST /ex-officio-drafts/approve',
    '/juki.register.v1.ProtectiveMeasureService/EndProtectiveMeasure',
    'POST /protective-measures/end',
    '/juki.propagation.v1.DiscrepancyService/CloseDiscrepancy',
    '/juki.propagation.v1.ConsistencyCheckService/CheckConsistency',
  ])('keeps %s for a supervisor', (method) => {
    expect(OPERATOR_ROLES.filter((role) => mayDo(role, method))).toEqual(['SUPERVISOR']);
  });

  it('gives neither a security officer nor an auditor anything that tells of a person', () => {
    for (const role of ['SECURITY_OFFICER', 'AUDITOR'] as const) {
      expect(allowedTo(role).filter((method) => OF_PERSONS.test(method))).toEqual([]);
      expect(allowedTo(role)).toContain('/juki.propagation.v1.SyncService/GetSyncStatus');
      expect(mayDo(role, 'GET /metrics')).toBe(true);
    }
  });

  it('lets an auditor change nothing: neither the register nor who is locked out', () => {
    const audit = ['CheckEntries', 'GetCheckpoint', 'ListLeaves', 'ListSigningCertificates', 'ListWitnesses'];
    const more = ['ProveConsistency', 'ProveInclusion', 'SearchEntries'];
    expect(allowedTo('AUDITOR').toSorted()).toEqual([
      '/juki.audit.v1.AlarmService/GetAlarmEvidence',
      ...[...audit, ...more].map((method) => `/juki.audit.v1.AuditService/${method}`),
      '/juki.audit.v1.ReportService/GetReport',
      '/juki.directory.v1.DirectoryService/GetDirectory',
      '/juki.operator.v1.SignInService/ChangePassword',
      '/juki.propagation.v1.SyncService/GetSyncStatus',
      '/juki.provision.v1.AgencyRegistryService/ListAgencies',
      'GET /reports/:kind',
    ]);
    expect(mayDo('SECURITY_OFFICER', '/juki.operator.v1.SignInService/UnlockOperator')).toBe(true);
  });

  it('takes what it does not know for something that needs a sign-in, and that nobody may do', () => {
    for (const method of ['POST /sign-in/', '/juki.operator.v1.SignInService/Unknown', '', 'toString']) {
      expect(needsSignIn(method)).toBe(true);
      expect(OPERATOR_ROLES.filter((role) => mayDo(role, method))).toEqual([]);
    }
  });

  it('has the same roles for a procedure at both entrances', () => {
    const rolesOf = (method: string) => roleTable.find((row) => row.method === method)?.roles;
    for (const [rpc, route] of [
      ['/juki.register.v1.ExOfficioService/WithdrawDraft', 'POST /ex-officio-drafts/withdraw'],
      ['/juki.register.v1.ProtectiveMeasureService/RenewProtectiveMeasure', 'POST /protective-measures/renew'],
      ['/juki.register.v1.ProtectiveMeasureService/SetProtectiveMeasure', 'POST /protective-measures'],
      ['/juki.register.v1.RegisterService/GetCodePool', 'GET /code-pool'],
      ['/juki.issuance.v1.IssuanceCounterService/IssueWideAreaCopy', 'POST /wide-area-copies'],
      ['/juki.provision.v1.ProvisionCounterService/AskForProvision', 'POST /provisions'],
      ['/juki.provision.v1.ProvisionCounterService/ListPurposes', 'GET /provision-purposes'],
    ] as const)
      expect([rpc, rolesOf(rpc)]).toEqual([rpc, rolesOf(route)]);
  });
});
