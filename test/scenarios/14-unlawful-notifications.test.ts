import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Reason } from '#core/domain/refusal.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { codesOf, firstRecord, IN_BUNKYO, leavingForShinjuku, stranger } from '../support/notifications.js';
import { BUNKYO } from '../support/offices.js';
import { type Couple, type Family, Town } from '../support/people.js';
import {
  birth,
  changeOfAddress,
  death,
  householdChange,
  moveIn,
  moveOut,
  type Question,
} from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   notifier ── what can not be so ──▶ Bunkyo: refused, with its reason
 *                                        │ the register, its history, the pool, the papers: as they were
 *                                        └─ log: one entry, with the reason
 *
 * `refused` looks at all of that, table by table, in every test.
 */
interface People {
  family: Family;
  couple: Couple;
  other: Couple;
  dead: ResidentRecord;
  gone: ResidentRecord;
  nobody: string;
}

interface Case {
  what: string;
  question: Question<unknown>;
  body: (people: People) => object;
  reason: Reason;
}

const TOMORROW = '2016-05-28';
const named = ({ name, birthDate, sex }: ResidentRecord) => ({ name, birthDate, sex });
const stated = (people: ResidentRecord[], relationship: string) =>
  people.map(({ residentRecordCode }) => ({ residentRecordCode, relationship }));
const moving = (people: ResidentRecord[], more: object = {}) => ({
  ...{ notifier: withPassport(people[0] ?? { name: '' }), movedOn: '2016-05-20', address: IN_BUNKYO },
  ...{ movers: codesOf(people), ...more },
});
const changing = (of: ResidentRecord, more: object = {}) => ({
  ...{ notifier: withPassport(of), changedOn: '2016-05-20', householdOf: of.residentRecordCode, ...more },
});
const arriving = (relationships: string[], more: object = {}) =>
  firstRecord('到着 一郎', {
    people: relationships.map((relationship, i) => ({ relationship, person: stranger(`到着 ${'一二三'[i]}郎`) })),
    ...more,
  });

const CASES: Case[] = [
  {
    what: 'somebody who is dead moves out',
    ...{ question: moveOut, reason: 'RECORD_DELETED', body: ({ dead }) => leavingForShinjuku([dead]) },
  },
  {
    what: 'somebody who has moved out moves within the town',
    ...{ question: changeOfAddress, reason: 'RECORD_DELETED', body: ({ gone }) => moving([gone]) },
  },
  {
    what: 'somebody who is dead dies',
    ...{ question: death, reason: 'RECORD_DELETED' },
    body: ({ dead }) => ({ death: { deceased: named(dead), diedOn: '2016-05-20' } }),
  },
  {
    what: 'somebody who is dead has a child',
    ...{ question: birth, reason: 'RECORD_DELETED' },
    body: ({ dead }) => ({ birth: { parent: named(dead), child: stranger('遺児 一', { birthDate: '2016-05-20' }) } }),
  },
  {
    what: 'somebody whom the register does not know moves out',
    ...{ question: moveOut, reason: 'NOT_FOUND' },
    body: ({ couple, nobody }) => leavingForShinjuku(couple, { movers: [nobody] }),
  },
  ...[moveIn, changeOfAddress, householdChange].map(
    (question): Case => ({
      what: 'people join a household that nobody here belongs to',
      ...{ question, reason: 'NO_SUCH_HOUSEHOLD' },
      body: ({ couple, nobody: joinHouseholdOf }) => {
        if (question === moveIn) return arriving(['同居人'], { joinHouseholdOf });
        if (question === changeOfAddress) return moving([...couple], { joinHouseholdOf });
        return changing(couple[0], { leaving: codesOf([couple[1]]), joinHouseholdOf });
      },
    }),
  ),
  {
    what: 'somebody joins the household of a dead man who lived alone',
    ...{ question: moveIn, reason: 'NO_SUCH_HOUSEHOLD' },
    body: ({ gone }) => arriving(['同居人'], { joinHouseholdOf: gone.residentRecordCode, address: gone.address }),
  },
  {
    what: 'people join the household that is their own',
    ...{ question: householdChange, reason: 'NO_SUCH_HOUSEHOLD' },
    body: ({ couple: [one, two] }) =>
      changing(one, { leaving: codesOf([two]), joinHouseholdOf: one.residentRecordCode }),
  },
  {
    what: 'two householders move in together',
    ...{ question: moveIn, reason: 'ONE_HOUSEHOLDER', body: () => arriving(['世帯主', '世帯主']) },
  },
  {
    what: 'people move in and nobody heads their household',
    ...{ question: moveIn, reason: 'ONE_HOUSEHOLDER', body: () => arriving(['子', '子']) },
  },
  {
    what: 'a second householder joins a household',
    ...{ question: moveIn, reason: 'ONE_HOUSEHOLDER' },
    body: ({ couple: [host] }) =>
      arriving(['世帯主'], { joinHouseholdOf: host.residentRecordCode, address: host.address }),
  },
  {
    what: 'the householder of a family moves away within the town and nobody follows',
    ...{ question: changeOfAddress, reason: 'ONE_HOUSEHOLDER', body: ({ family }) => moving([family.householder]) },
  },
  {
    what: 'a family moves out, and a relationship is stated for somebody of another household',
    ...{ question: moveOut, reason: 'NOT_FOUND' },
    body: ({ family, couple: [neighbour] }) =>
      leavingForShinjuku([family.child], {
        ...{ notifier: withPassport(family.householder), relationships: stated([neighbour], '子') },
      }),
  },
  {
    what: 'a woman moves in as a husband',
    ...{ question: moveIn, reason: 'RELATIONSHIP_CONTRADICTED', body: () => arriving(['世帯主', '夫']) },
  },
  {
    what: 'somebody joins a household and lives elsewhere',
    ...{ question: moveIn, reason: 'ADDRESS_CONTRADICTED' },
    body: ({ couple: [host] }) => arriving(['同居人'], { joinHouseholdOf: host.residentRecordCode }),
  },
  {
    what: 'people of two households move out together',
    ...{ question: moveOut, reason: 'NOT_SAME_HOUSEHOLD' },
    body: ({ couple, other }) => leavingForShinjuku([couple[0], other[0]]),
  },
  {
    what: 'somebody moves out to where they live',
    ...{ question: moveOut, reason: 'OWN_MUNICIPALITY' },
    body: ({ couple }) => leavingForShinjuku(couple, { destinationMunicipality: '131059' }),
  },
  {
    what: 'somebody was to move out before they came',
    ...{ question: moveOut, reason: 'DATE_NOT_POSSIBLE' },
    body: ({ couple }) => leavingForShinjuku(couple, { plannedOn: '1900-01-01' }),
  },
  {
    what: 'somebody is born tomorrow',
    ...{ question: birth, reason: 'DATE_NOT_POSSIBLE' },
    body: ({ family }) => ({
      birth: { parent: named(family.spouse), child: stranger('未来 一', { birthDate: TOMORROW }) },
    }),
  },
  {
    what: 'somebody died tomorrow',
    ...{ question: death, reason: 'DATE_NOT_POSSIBLE' },
    body: ({ family }) => ({ death: { deceased: named(family.child), diedOn: TOMORROW } }),
  },
  {
    what: 'somebody moved in before they were born',
    ...{ question: moveIn, reason: 'DATE_NOT_POSSIBLE', body: () => arriving(['世帯主'], { movedInOn: '1989-12-31' }) },
  },
  {
    what: 'a day is none of the calendar',
    ...{ question: moveOut, reason: 'INVALID_REQUEST' },
    body: ({ couple }) => leavingForShinjuku(couple, { plannedOn: '2016-02-30' }),
  },
  {
    what: 'somebody is named twice',
    ...{ question: moveOut, reason: 'INVALID_REQUEST' },
    body: ({ couple }) => leavingForShinjuku(couple, { movers: codesOf([couple[0], couple[0]]) }),
  },
  {
    what: 'a name breaks the line',
    ...{ question: moveIn, reason: 'INVALID_REQUEST', body: () => firstRecord('改行\n太郎') },
  },
];

describe.each(WAYS)(
  'Bunkyo refuses a notification, and it leaves no trace but its entry in the log, over $way',
  ({ way }) => {
    let network: TestNetwork;
    let people: People;

    beforeAll(async () => {
      network = await startTestNetwork({ offices: [BUNKYO] });
      const town = new Town(network.people, BUNKYO);
      const [couple, other] = town.couples;
      const [family] = town.families;
      people = {
        ...{ family: family as Family, couple: couple as Couple, other: other as Couple },
        ...{ dead: town.deleted('DEATH'), gone: town.deleted('MOVE_OUT'), nobody: town.codeOfNobody() },
      };
    });
    afterAll(() => network.remove());

    it.each(CASES)('$question.path, where $what: $reason', async ({ question, body, reason }) => {
      const bunkyo = new RegisterDesk(network, BUNKYO, way);
      const refusal = await bunkyo.refused(question, body(people), reason);
      expect(JSON.stringify(refusal)).not.toMatch(/[0-9]{11}|[ぁ-ん]{2} /);
    });
  },
);
