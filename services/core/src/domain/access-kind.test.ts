import { describe, expect, it } from '@jest/globals';
import { accessOf, accessTable } from './access-kind.js';
import { accessPolicy } from './access-policy.js';

/** Of offices, keys, figures and leaves: nobody is shown, and nothing is done about anybody. */
const OF_NOBODY =
  /^\/grpc\.|juki\.(directory|operator|allotment)\.|v1\.(Audit|Report|Sync|AgencyRegistry|BatchApproval)Service|List(Agency)?Purposes|v1\.BatchProvisionService\/(Request|Get)|sign-|^GET \//;

describe('The table of what people are told', () => {
  it('has each procedure of the access policy that concerns people, and no other', () => {
    const methods = accessPolicy.map(({ method }) => method);
    const told = methods.filter((method) => accessOf(method) !== undefined);
    expect(told).toEqual(methods.filter((method) => !OF_NOBODY.test(method)));
  });

  it.each([
    ['register/MOVE_IN', 'CHANGE'],
    ['register/PROTECTIVE_MEASURE', 'MEASURE'],
    ['register/RECOVERY', 'CHANGE'],
    ['ledger/CHANGES', 'CHANGE'],
    ['ledger/RESTATEMENT', 'UPKEEP'],
    ['provision/BATCH', 'PROVISION'],
    ['audit/DISCLOSURE', 'DISCLOSURE'],
    ['disclosure/ANSWERED', 'DISCLOSURE'],
    ['alarm/MANY_OPERATORS', 'ALARM'],
  ])('has what is recorded as %s', (recorded, kind) => {
    expect(accessOf(recorded)?.kind).toBe(kind);
  });

  it('has a row for a use: none is hidden by one before it', () => {
    const hidden = accessTable.filter((row, i) =>
      accessTable.slice(0, i).some((earlier) => row.procedure.startsWith(earlier.procedure)),
    );
    expect(hidden).toEqual([]);
  });

  it('names for each the basis and what was given, in both languages what it was', () => {
    for (const { basis, given, ja, en } of accessTable)
      for (const text of [basis, given, ja, en]) expect(text).not.toBe('');
  });
});
