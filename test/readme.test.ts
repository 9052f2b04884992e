import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { accessPolicy } from '#core/domain/access-policy.js';
import { refusals } from '#core/domain/refusal-table.js';
import { Network } from '#core/network.js';
import { cardHolder } from '#scripts/network/card-holder.js';
import { residentsOf } from '#scripts/network/seed-ledgers.js';

const readme = readFileSync('README.md', 'utf8');
const network = Network.load('scripts/network.json');
const bunkyo = residentsOf(network).find(({ municipality }) => municipality === '131059');

/** Everything that stands in README at the place of the first group, each once. */
function told(pattern: RegExp): string[] {
  return [...new Set([...readme.matchAll(pattern)].map(([, value = '']) => value))];
}

describe('README', () => {
  it('lets its reader take a card that opens with its PIN, of somebody whom nothing restricts', () => {
    const held = bunkyo && cardHolder(bunkyo, '2016-05-27');
    expect(told(/--card (\S+)/g)).toEqual([held?.cardNumber]);
    expect(told(/"card_?[nN]umber":"(\w+)"/g)).toEqual([held?.cardNumber]);
    expect(told(/(?:--pin |"pin":")(\d{4})/g)).toEqual([held?.pin]);
  });

  it('names that person, the birth date and the code as the register of Bunkyo has them', () => {
    const [code] = told(/--code (\d{11})/g);
    const record = bunkyo?.records.find(({ residentRecordCode }) => residentRecordCode === code);
    const [name] = told(/--name '([^']+)'/g);
    expect(record && [record.name, record.birthDate, record.sex]).toEqual([
      name,
      ...told(/--born (\S+)/g),
      ...told(/--sex (\w+)/g),
    ]);
  });

  it('lets a whole household of Bunkyo move that nothing restricts, under the names that they have', () => {
    const lists = told(/--codes ([\d ]+)/g).map((list) => list.trim().split(' '));
    const movers = lists.flatMap((codes) => {
      const members = bunkyo?.records.filter(({ residentRecordCode }) => codes.includes(residentRecordCode)) ?? [];
      const household = bunkyo?.records.filter(({ householdId }) => householdId === members[0]?.householdId);
      expect(members).toEqual(household);
      expect(members.map(({ residentRecordCode }) => residentRecordCode)).toEqual(codes);
      return members;
    });
    const restricted = bunkyo?.restrictions.map(({ recordId }) => recordId);
    expect(movers.filter(({ recordId }) => restricted?.includes(recordId))).toEqual([]);
    // Or of whoever changes the code that README names.
    const changing = told(/--by '[^']+' --code (\d{11})/g);
    const named = bunkyo?.records.filter(({ residentRecordCode }) => changing.includes(residentRecordCode)) ?? [];
    const names = [...movers, ...named].map(({ name }) => name);
    expect(told(/--by '([^']+)'/g).filter((name) => !names.includes(name))).toEqual([]);
    const onPaper = lists.find((codes) => codes.includes('63269933242')) ?? [];
    expect(told(/(\d{11})=/g).sort()).toEqual(onPaper.sort());
  });

  it('lists every office with its ports', () => {
    for (const { office, name, grpcPort, httpPort } of network.offices)
      expect(readme).toMatch(new RegExp(`\\| \`${office}\` \\| .*${name}.* \\| ${grpcPort} \\| ${httpPort} \\|`));
  });

  it('names refusals that there are, and procedures that are served', () => {
    const named = told(/`([A-Z]+(?:_[A-Z]+)+)`/g).filter((name) => name in refusals);
    expect(named.length).toBeGreaterThan(10);
    const [path] = told(/https:\/\/localhost:17104(\/juki\S+)/g);
    expect(accessPolicy.map(({ method }) => method)).toContain(path);
  });
});
