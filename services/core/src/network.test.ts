import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Network } from './network.js';

const PATH = 'scripts/network.json';
const [BUNKYO, TOKYO, YAMATSURI] = ['municipality/131059', 'prefecture/130001', 'municipality/074829'];

describe('The network of the demo, as its file states it', () => {
  const network = Network.load(PATH);

  it('starts its clock on Friday, 27 May 2016, at ten in the morning in Tokyo', () => {
    expect(network.clockStartsAt).toEqual(new Date('2016-05-27T01:00:00Z'));
  });

  it('tells each office by its name for people, its parent and its ports', () => {
    expect(network.entry(BUNKYO)).toMatchObject({ name: '文京区', parent: TOKYO, grpcPort: 17105, httpPort: 18105 });
    expect(network.entry('national').parent).toBeUndefined();
  });

  it('knows which municipality is outside: Yamatsuri, while all others take part', () => {
    const outside = network.offices.map(({ office }) => office).filter((office) => !network.participates(office));
    expect(outside).toEqual([YAMATSURI]);
    expect(network.participates('municipality/011002')).toBe(false);
  });

  it('knows what the ordinance of a municipality says of copies, and that prefectures have none', () => {
    expect(network.ordinance(BUNKYO)).toMatchObject({ feeYen: 300, counter: { opens: '09:00', closes: '17:00' } });
    expect(() => network.ordinance(TOKYO)).toThrow(`${TOKYO} has no ordinance`);
  });

  it('leads from a ward of Yokohama, a designated city, to the city, and from any other code to its own office', () => {
    const yokohama = 'municipality/141003';
    expect(network.entry(yokohama).wards).toHaveLength(18);
    expect(['141011', '141046', '141003'].map((code) => network.municipalityOf(code))).toEqual([
      ...[yokohama, yokohama, yokohama],
    ]);
    expect([network.cityOfWard('141011'), network.cityOfWard('141003')]).toEqual([yokohama, undefined]);
    expect(network.municipalityOf('131059')).toBe(BUNKYO);
    expect(network.has('municipality/141011')).toBe(false);
  });

  it('knows whose municipalities are below whom: all of them below the centre, none below a municipality', () => {
    expect(network.municipalitiesBelow('prefecture/140007')).toEqual(['municipality/141003']);
    expect(network.municipalitiesBelow('national')).toHaveLength(6);
    expect(network.municipalitiesBelow(BUNKYO)).toEqual([]);
  });

  it('tells municipalities and prefectures as recipients: a city that has wards is a designated one', () => {
    expect(network.recipient('municipality/141003')).toEqual({
      ...{ kind: 'municipality', code: '141003', classes: ['DESIGNATED_CITY'] },
    });
    expect(network.recipient(BUNKYO)).toEqual({ kind: 'municipality', code: '131059', classes: [] });
    expect(network.recipient(TOKYO)).toEqual({ kind: 'prefecture', code: '130001' });
    expect(() => network.recipient('national')).toThrow('nothing is provided to the national centre');
  });

  it('knows what Tokyo provides for: tables 2 to 5, and what its own ordinances add, one of which has ended', () => {
    const added = network.purposes(TOKYO).filter(({ prefecture }) => prefecture !== undefined);
    expect(network.purposes(TOKYO)).toHaveLength(14 + 33 + 13 + 38 + 2);
    expect(added.map(({ id, table, until }) => [id, table, until])).toEqual([
      ['ORDINANCE_130001_ITEM_1', 5, null],
      ['ORDINANCE_130001_ITEM_2', 2, '2016-03-31'],
    ]);
  });

  it('knows no purpose of table 1 for a prefecture, and none that another prefecture adds', () => {
    const kanagawa = network.purposes('prefecture/140007');
    expect(kanagawa.filter(({ table, prefecture }) => table === 1 || prefecture !== undefined)).toEqual([]);
    expect(kanagawa).toHaveLength(14 + 33 + 13 + 38);
  });

  it('knows no office that its file does not state', () => {
    expect(network.has('municipality/011002')).toBe(false);
    expect(() => network.entry('municipality/011002')).toThrow('is not in the network file');
    expect(() => network.ordinance('municipality/011002')).toThrow('is not in the network file');
  });
});

describe('A network file is refused', () => {
  it.each([
    ['when it states an office twice', (file) => file.offices.push({ ...entry(file, TOKYO), host: 'x', ...ports(1) })],
    ['when two offices have one host', (file) => change(file, BUNKYO, { host: 'tokyo' })],
    ['when two offices have one port', (file) => change(file, BUNKYO, { grpcPort: 17013 })],
    ['when an office has one port for both its servers', (file) => change(file, BUNKYO, { httpPort: 17105 })],
    ['when a port is beyond 65535', (file) => change(file, BUNKYO, { httpPort: 65536 })],
    ['when a municipality has no parent', (file) => change(file, BUNKYO, { parent: undefined })],
    ['when a municipality stands right below the centre', (file) => change(file, BUNKYO, { parent: 'national' })],
    ['when a municipality stands below another', (file) => change(file, BUNKYO, { parent: 'municipality/131041' })],
    ['when a municipality stands below a prefecture that its code does not name', kanagawasBunkyo],
    ['when a parent is not stated', (file) => change(file, BUNKYO, { parent: 'prefecture/010006' })],
    ['when a prefecture stands below another', (file) => change(file, TOKYO, { parent: 'prefecture/140007' })],
    ['when the centre has a parent', (file) => change(file, 'national', { parent: TOKYO })],
    ['when a municipality has no ordinance', (file) => change(file, BUNKYO, { ordinance: undefined })],
    ['when a prefecture has one', (file) => change(file, TOKYO, { ordinance: entry(file, BUNKYO)['ordinance'] })],
    ['when a municipality does not say whether it takes part', (f) => change(f, BUNKYO, { participating: undefined })],
    ['when a prefecture says so', (file) => change(file, TOKYO, { participating: true })],
    ['when a code has a wrong check digit', (file) => change(file, BUNKYO, { office: 'municipality/131050' })],
    ['when a ward is in another prefecture', (file) => change(file, BUNKYO, { wards: [ward('141011')] })],
    ['when a prefecture has wards', (file) => change(file, TOKYO, { wards: [ward('130010')] })],
    ['when a ward is an office too', (file) => change(file, BUNKYO, { wards: [ward('131041')] })],
    ["when a ward's code has a wrong check digit", (file) => change(file, BUNKYO, { wards: [ward('141010')] })],
    ['when a prefecture has a class of cities', (file) => change(file, TOKYO, { cityClasses: ['CORE_CITY'] })],
    ['when a class is to be seen from wards', (file) => change(file, BUNKYO, { cityClasses: ['DESIGNATED_CITY'] })],
    ['when a municipality adds a purpose', (file) => change(file, BUNKYO, { ordinancePurposes: [added({})] })],
    ['when the centre adds a purpose', (file) => change(file, 'national', { ordinancePurposes: [added({})] })],
    ['when an item of ordinances is stated twice', (f) => add(f, added({}), added({ table: 5, ...GOVERNOR }))],
    ['when an ordinance adds to a table of the Act alone', (file) => add(file, added({ table: 4 }))],
    ['when an ordinance ends before it begins', (file) => add(file, added({ until: '2014-03-31' }))],
    ['when an ordinance ends on no day of the calendar', (file) => add(file, added({ until: '2015-02-29' }))],
    ['when an ordinance names nobody', (file) => add(file, added({ recipients: [] }))],
    ['when an ordinance names an agency', (file) => add(file, added({ recipients: ['日本年金機構'] }))],
    ['when an ordinance names a governor in table 2', (file) => add(file, added({ ...GOVERNOR }))],
    ['when an ordinance names mayors in table 5', (file) => add(file, added({ table: 5 }))],
    ['when an item is no number', (file) => add(file, added({ item: '1_2' }))],
    ['when a host is no host name', (file) => change(file, BUNKYO, { host: 'Bunkyo Ward' })],
    ['when a fee is nothing', (file) => ordain(file, { feeYen: 0 })],
    ['when a fee is not in whole yen', (file) => ordain(file, { feeYen: 300.5 })],
    ['when a counter opens at a time that no clock shows', (file) => ordain(file, { counter: { opens: '24:00' } })],
    ['when a time is written without its zero', (file) => ordain(file, { counter: { opens: '9:00' } })],
    ['when a week has an eighth day', (file) => ordain(file, { counter: { days: [7] } })],
    ['when it has a key that no office has', (file) => change(file, BUNKYO, { particpating: false })],
    ['when it has a key that no network has', (file) => Object.assign(file, { comment: '' })],
    ['when it states no office', (file) => file.offices.splice(0)],
    ['when its clock has no zone', (file) => Object.assign(file, { clockStartsAt: '2016-05-27T10:00:00' })],
  ] as [string, (file: NetworkFile) => unknown][])('%s', (_when, spoil) => {
    const file = networkFile();
    spoil(file);
    expect(() => new Network(file)).toThrow();
  });

  it('with all that is wrong and the offices concerned', () => {
    const file = networkFile();
    change(file, BUNKYO, { ordinance: undefined });
    change(file, TOKYO, { participating: true });
    expect(() => new Network(file)).toThrow(/prefecture\/130001.*municipality\/131059/s);
  });
});

describe('What a network file may state of provision', () => {
  it('is that a city is of several classes, which its wards add to', () => {
    const file = networkFile();
    change(file, BUNKYO, { cityClasses: ['CORE_CITY', 'CITY_BY_ORDER'] });
    change(file, 'municipality/141003', { cityClasses: ['CITY_BY_ORDER'] });
    const network = new Network(file);
    expect(network.recipient(BUNKYO)).toMatchObject({ classes: ['CORE_CITY', 'CITY_BY_ORDER'] });
    expect(network.recipient('municipality/141003')).toMatchObject({ classes: ['DESIGNATED_CITY', 'CITY_BY_ORDER'] });
  });

  it('is an ordinance that holds for a day', () => {
    const file = networkFile();
    add(file, added({ until: '2014-04-01' }));
    expect(new Network(file).purposes(TOKYO).at(-1)).toMatchObject({ from: '2014-04-01', until: '2014-04-01' });
  });

  it('is told with the item at fault where it is wrong', () => {
    const file = networkFile();
    add(file, added({ item: '7-2', until: '2014-03-31' }));
    expect(() => new Network(file)).toThrow('prefecture/130001: item 7-2 of its ordinances ends before it begins');
  });
});

describe('A network on ports that the system chooses', () => {
  it('may state port 0 for every office', () => {
    const file = networkFile();
    for (const { office } of file.offices) change(file, office, { grpcPort: 0, httpPort: 0 });
    expect(new Network(file).offices).toHaveLength(file.offices.length);
  });
});

const GOVERNOR = { recipients: ['都道府県知事'] };

const added = (parts: object) => ({
  ...{ item: '1', table: 2, name: '条例', recipients: ['市町村長'], from: '2014-04-01' },
  ...parts,
});

const ward = (code: string) => ({ code, name: '区', romaji: 'Ward' });

type Entry = { office: string } & Record<string, unknown>;
interface NetworkFile {
  offices: Entry[];
}

function networkFile(): NetworkFile {
  return JSON.parse(readFileSync(PATH, 'utf8'));
}

function entry({ offices }: NetworkFile, office: string): Entry {
  return offices.find((candidate) => candidate.office === office) as Entry;
}

function change(file: NetworkFile, office: string, parts: object): void {
  Object.assign(entry(file, office), parts);
}

function add(file: NetworkFile, ...ordinancePurposes: object[]): void {
  change(file, TOKYO, { ordinancePurposes });
}

function ordain(file: NetworkFile, { counter, ...parts }: { counter?: object; feeYen?: number }): void {
  const ordinance = entry(file, BUNKYO)['ordinance'] as { counter: object };
  Object.assign(ordinance, parts);
  Object.assign(ordinance.counter, counter);
}

function kanagawasBunkyo(file: NetworkFile): void {
  change(file, BUNKYO, { parent: 'prefecture/140007' });
}

function ports(first: number) {
  return { grpcPort: first, httpPort: first + 1 };
}
