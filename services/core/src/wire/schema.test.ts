import { describe, expect, it } from '@jest/globals';
import { accessPolicy } from '../domain/access-policy.js';
import { CHANGE_REASONS } from '../domain/change-information.js';
import { descriptors, message, service } from './schema.js';

const described = [...descriptors];
const services = described.filter((found) => found.kind === 'service');
const messages = described.filter((found) => found.kind === 'message').filter((found) => isOurs(found.typeName));
const methods = services.flatMap(({ typeName, methods: all }) => all.map(({ name }) => `/${typeName}/${name}`));

describe('What the offices say to each other, by the proto files', () => {
  it('has one row of the access policy for each procedure, and one procedure for each row', () => {
    const rows = accessPolicy.map((row) => row.method).filter((method) => method.startsWith('/juki.'));
    expect([...rows].sort()).toEqual([...methods].sort());
  });

  it('has a place for each reason of a change, and for no other', () => {
    const values = descriptors.getEnum('juki.propagation.v1.ChangeReason')?.values ?? [];
    const reasons = values.map(({ name }) => name.replace('CHANGE_REASON_', ''));
    expect(reasons.sort()).toEqual([...Object.keys(CHANGE_REASONS), 'UNSPECIFIED'].sort());
  });

  it('is the same for those who encode it and for those who check it strictly', () => {
    for (const { typeName, methods: all } of services)
      expect(Object.keys(service<object>(typeName)).sort()).toEqual(all.map(({ name }) => name).sort());
    for (const { typeName } of messages) expect(() => message(typeName)).not.toThrow();
  });

  it('has a request and a response of its own for each procedure', () => {
    const used = services.flatMap(({ methods: all }) => all.flatMap(({ input, output }) => [input, output]));
    expect(new Set(used).size).toBe(used.length);
  });

  it('asks and answers once: nothing streams people out of a register, but batches that an officer has approved, and questions each of which is allowed and logged', () => {
    const streaming = services.flatMap(({ methods: all }) => all.filter(({ methodKind }) => methodKind !== 'unary'));
    expect(streaming.map(({ name }) => name)).toEqual(['ProvideEachToAgency', 'ProvideBatch']);
  });

  it.each(['CopyRecord', 'ProvideCopyDataRequest', 'IssueWideAreaCopyResponse'])(
    'has no place in %s for registered domicile, electoral roll, insurance, pension, allowance (NEVER)',
    (name) => {
      const fields = descriptors.getMessage(`juki.issuance.v1.${name}`)?.fields.map((field) => field.name) ?? [];
      expect(fields.length).toBeGreaterThan(0);
      expect(fields.filter((field) => /domicile|first_listed|elector|insur|pension|allowance/.test(field))).toEqual([]);
    },
  );

  it('lets identification information be five things and no more (DATA)', () => {
    const { fields } = descriptors.getMessage('juki.identity.v1.IdentificationInformation') ?? { fields: [] };
    const names = fields.map((field) => field.name);
    expect(names).toEqual(['name', 'birth_date', 'sex', 'address', 'resident_record_code']);
  });

  it('does not know a name that is not in the proto files', () => {
    expect(() => message('juki.issuance.v1.Unknown')).toThrow(RangeError);
    expect(() => service('juki.issuance.v1.CopyRecord')).toThrow(RangeError);
    expect(() => message('juki.issuance.v1.WideAreaIssuanceService')).toThrow(RangeError);
  });
});

function isOurs(name: string): boolean {
  return name.startsWith('juki.');
}
