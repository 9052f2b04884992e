import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Leaf } from '#core/audit/entry.js';
import { type MadeEntry, MadeLogs } from '../../test/support/exported-logs.js';
import { verifyExports } from './verify-exports.js';

const [BUNKYO, KUNITACHI, TOKYO] = ['municipality/131059', 'municipality/132152', 'prefecture/130001'];
const [YOKOHAMA, KANAGAWA] = ['municipality/141003', 'prefecture/140007'];

let folder: string;
let logs: MadeLogs;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-exports-'));
  logs = new MadeLogs();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function verdict() {
  logs.write(join(folder, 'exports'));
  logs.writeAuthorities(join(folder, 'authorities'));
  return verifyExports(join(folder, 'exports'), join(folder, 'authorities'));
}

/** Changes what an office has of an entry, before its tree and checkpoint are made. */
function change(office: string, position: number, how: (entry: MadeEntry) => void): void {
  const entry = logs.log(office).entries[position];
  if (!entry) throw new RangeError('there is no such entry');
  how(entry);
}

function changeLeaf(office: string, position: number, otherwise: Partial<Leaf>): void {
  change(office, position, (entry) => {
    entry.leaf = JSON.stringify({ ...JSON.parse(entry.leaf), ...otherwise });
  });
}

describe('What offices have signed', () => {
  it.each([
    ['a proof by another office', () => ({ proofBy: logs.log(TOKYO).signs }), BUNKYO, 0, 'PROOF_NOT_VALID'],
    ['a proof by a key of nobody here', () => ({ proofBy: strangers(BUNKYO) }), BUNKYO, 0, 'PROOF_NOT_VALID'],
    ['a receipt by another office', () => ({ receiptBy: logs.log(TOKYO).signs }), BUNKYO, 1, 'RECEIPT_NOT_VALID'],
    ['a receipt by a key of nobody here', () => ({ receiptBy: strangers(KUNITACHI) }), BUNKYO, 1, 'RECEIPT_NOT_VALID'],
    [
      'the card of another office',
      () => ({ cardBy: card(`${TOKYO}/operator/counter-1`) }),
      BUNKYO,
      0,
      'MANDATE_NOT_VALID',
    ],
    [
      'the card of another operator',
      () => ({ cardBy: card(`${BUNKYO}/operator/other`) }),
      BUNKYO,
      0,
      'MANDATE_NOT_VALID',
    ],
    ['no card at all', () => ({ cardBy: null }), BUNKYO, 0, 'MANDATE_MISSING'],
    ['the office in place of a card', () => ({ cardBy: logs.log(BUNKYO).signs }), BUNKYO, 0, 'MANDATE_NOT_VALID'],
  ])('%s is named', (_what, by, office, position, wrong) => {
    const exchange = logs.ask(BUNKYO, KUNITACHI, by());
    expect(verdict()).toEqual({ sound: false, wrong: { wrong, office, position, exchange } });
  });

  it('is in the log of the answering office the same', () => {
    const exchange = logs.ask(BUNKYO, KUNITACHI, { receiptBy: logs.log(TOKYO).signs });
    logs.log(BUNKYO).entries.splice(0);
    const wrong = { wrong: 'RECEIPT_NOT_VALID', office: KUNITACHI, position: 0, exchange };
    expect(verdict()).toEqual({ sound: false, wrong });
  });

  it.each(['procedure', 'operator', 'purposeDigest', 'requestDigest', 'exchange'] as const)(
    'is over the %s of the entry, which nobody can write otherwise and sign again',
    (part) => {
      logs.ask(BUNKYO, KUNITACHI);
      changeLeaf(BUNKYO, 0, { [part]: part.endsWith('Digest') ? 'ab'.repeat(32) : 'another' });
      expect(verdict()).toMatchObject({ wrong: { wrong: 'PROOF_NOT_VALID', office: BUNKYO, position: 0 } });
    },
  );

  it.each([
    ['outcome', { outcome: 'NOT_FOUND' as const }],
    ['answerDigest', { answerDigest: 'ab'.repeat(32) }],
  ])('is over the %s of the answer', (_part, otherwise) => {
    logs.ask(BUNKYO, KUNITACHI);
    changeLeaf(KUNITACHI, 0, otherwise);
    expect(verdict()).toMatchObject({ wrong: { wrong: 'RECEIPT_NOT_VALID', office: KUNITACHI, position: 0 } });
  });

  it.each([
    ['ASKED without its proof', BUNKYO, 0, { proofDigest: null }, 'proof', 'PROOF_MISSING'],
    ['ANSWERED without its proof', KUNITACHI, 0, { proofDigest: null, receiptDigest: null }, 'both', 'PROOF_MISSING'],
    ['ANSWERED without its receipt', KUNITACHI, 0, { receiptDigest: null }, 'receipt', 'RECEIPT_MISSING'],
    ['ANSWER_RECEIVED without its receipt', BUNKYO, 1, { receiptDigest: null }, 'receipt', 'RECEIPT_MISSING'],
    ['a proof that the entry does not name', BUNKYO, 0, { proofDigest: null }, 'none', 'PROOF_ALTERED'],
    ['a receipt that the entry does not name', BUNKYO, 1, { receiptDigest: null }, 'none', 'RECEIPT_ALTERED'],
    ['a proof that is named and not there', BUNKYO, 0, {}, 'proof', 'PROOF_MISSING'],
    ['a receipt that is named and not there', BUNKYO, 1, {}, 'receipt', 'RECEIPT_MISSING'],
    ['a question about people without a mandate', KUNITACHI, 0, {}, 'mandate', 'PROOF_NOT_VALID'],
  ])('%s is named', (_what, office, position, digests, gone, wrong) => {
    logs.ask(BUNKYO, KUNITACHI);
    changeLeaf(office, position, digests);
    change(office, position, ({ evidence }) => {
      if (gone === 'proof' || gone === 'both') delete evidence.proof;
      if (gone === 'receipt' || gone === 'both') delete evidence.receipt;
      if (gone === 'mandate') delete evidence.mandate;
    });
    expect(verdict()).toMatchObject({ sound: false, wrong: { wrong, office, position } });
  });

  it('stands beside no entry that nobody signs', () => {
    logs.ask(BUNKYO, KUNITACHI);
    logs.record(BUNKYO);
    change(BUNKYO, 2, ({ evidence }) => {
      evidence.mandate = logs.log(BUNKYO).entries[0]?.evidence.mandate;
    });
    expect(verdict()).toMatchObject({ wrong: { wrong: 'EVIDENCE_NOT_DUE', office: BUNKYO, position: 2 } });
  });
});

describe('A question that a governor hands on for a mayor', () => {
  const handOn = (mayor: string, given?: string, cardBy = card(`${mayor}/operator/counter-1`)) =>
    logs.ask(TOKYO, KANAGAWA, { number: 1, handedOn: { mayor, given }, cardBy });

  it('is sound with the card of the mayor’s operator, and the mayor named by the office that answered', () => {
    handOn(BUNKYO, BUNKYO);
    expect(verdict()).toMatchObject({ sound: true, entries: 3 });
  });

  it.each([
    ['the card of a mayor of another prefecture', TOKYO, () => handOn(YOKOHAMA, YOKOHAMA)],
    ['another mayor’s card', TOKYO, () => handOn(BUNKYO, BUNKYO, card(`${KUNITACHI}/operator/counter-1`))],
    [
      'the card of the governor’s own operator',
      TOKYO,
      () => handOn(BUNKYO, BUNKYO, card(`${TOKYO}/operator/counter-1`)),
    ],
    ['another mayor who was given', KANAGAWA, () => handOn(BUNKYO, KUNITACHI)],
    ['nobody else who was given', KANAGAWA, () => handOn(BUNKYO)],
  ])('is named where there is %s', (_what, office, act) => {
    const exchange = act();
    expect(verdict()).toEqual({ sound: false, wrong: { wrong: 'MANDATE_NOT_VALID', office, position: 0, exchange } });
  });

  it('is named in the log of the office that answered, too', () => {
    const exchange = handOn(YOKOHAMA, YOKOHAMA);
    logs.log(TOKYO).entries.splice(0);
    const wrong = { wrong: 'MANDATE_NOT_VALID', office: KANAGAWA, position: 0, exchange };
    expect(verdict()).toEqual({ sound: false, wrong });
  });
});

describe('What an agency has signed', () => {
  const NATIONAL = 'national';

  it('is held against its own certificate, and needs no card of an operator', () => {
    logs.provide(NATIONAL);
    expect(verdict()).toMatchObject({ sound: true, entries: 1 });
  });

  it.each([
    ['another agency', () => logs.issue('juki://agency/agency-2', 'agencies')],
    ['an office that calls itself so', () => logs.issue('juki://agency/agency-1', 'offices')],
    ['an office', () => logs.log(BUNKYO).signs],
    ['an agency of another network', () => new MadeLogs().issue('juki://agency/agency-1', 'agencies')],
  ])('is named where it is by %s', (_whom, proofBy) => {
    const exchange = logs.provide(NATIONAL, { proofBy: proofBy() });
    const wrong = { wrong: 'PROOF_NOT_VALID', office: NATIONAL, position: 0, exchange };
    expect(verdict()).toEqual({ sound: false, wrong });
  });

  it.each(['procedure', 'operator', 'purposeDigest', 'requestDigest', 'caller'] as const)(
    'is over the %s of the entry',
    (part) => {
      logs.provide(NATIONAL);
      const others = { procedure: '/x/y', operator: 'desk-2', caller: 'juki://agency/agency-2' };
      const digests = { purposeDigest: 'ab'.repeat(32), requestDigest: 'ab'.repeat(32) };
      const provision = part === 'procedure' ? { provision: undefined } : {};
      changeLeaf(NATIONAL, 0, { [part]: { ...others, ...digests }[part], ...provision });
      expect(verdict()).toMatchObject({ wrong: { wrong: 'PROOF_NOT_VALID', office: NATIONAL, position: 0 } });
    },
  );

  it('has to be there, and be the one that the entry names', () => {
    logs.provide(NATIONAL);
    logs.provide(NATIONAL, { number: 2 });
    const [first, second] = logs.log(NATIONAL).entries.map(({ evidence }) => evidence.proof);
    change(NATIONAL, 0, ({ evidence }) => Object.assign(evidence, { proof: second }));
    expect(verdict()).toMatchObject({ wrong: { wrong: 'PROOF_ALTERED', office: NATIONAL, position: 0 } });
    change(NATIONAL, 0, ({ evidence }) => Object.assign(evidence, { proof: first }));
    changeLeaf(NATIONAL, 1, { proofDigest: null, receiptDigest: null });
    change(NATIONAL, 1, (entry) => Object.assign(entry, { evidence: {} }));
    expect(verdict()).toMatchObject({ wrong: { wrong: 'PROOF_MISSING', office: NATIONAL, position: 1 } });
  });
});

describe('What an entry says of a provision', () => {
  const provision = (given: [string, number][], more = {}) => ({
    provision: { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT', ...more, given } as Leaf['provision'],
  });

  it.each<[string, Partial<Leaf>, string]>([
    ['is of more people than it names', provision([['ADDRESS', 2]]), 'PROVISION_OF_OTHERS'],
    ['is of nobody', provision([]), 'PROVISION_OF_OTHERS'],
    ['is in other words', provision([['PHOTO', 1]]), 'PROVISION_IN_OTHER_WORDS'],
    ['is missing', { provision: undefined }, 'PROVISION_MISSING'],
    ['is of no number of people', provision([['ADDRESS', 0]]), 'ENTRY_MALFORMED'],
    ['has a recipient who is none', provision([['ADDRESS', 1]], { recipient: '文京 太郎' }), 'ENTRY_MALFORMED'],
    ['has more in it', provision([['ADDRESS', 1]], { name: '文京 太郎' }), 'ENTRY_MALFORMED'],
  ])('is named where it %s', (_what, otherwise, wrong) => {
    logs.provide('national');
    changeLeaf('national', 0, otherwise);
    expect(verdict()).toMatchObject({ sound: false, wrong: { wrong, office: 'national', position: 0 } });
  });
});

describe('Entries of a log', () => {
  it('have no tag twice: an entry about somebody could be hidden behind it', () => {
    for (const number of [1, 2, 2]) logs.record(BUNKYO, number);
    expect(verdict()).toMatchObject({ sound: false, wrong: { wrong: 'TAG_TWICE', office: BUNKYO, position: 2 } });
  });

  it.each([
    ['another office’s', { answering: KUNITACHI }, 'ENTRY_OF_ANOTHER_OFFICE'],
    ['of no time', { at: '2016-05-32T01:00:00.000Z' }, 'ENTRY_MALFORMED'],
    ['with more in them', { name: 'somebody' } as Partial<Leaf>, 'ENTRY_MALFORMED'],
    ['of an event that there is not', { event: 'FORGOTTEN' as 'RECORDED' }, 'ENTRY_MALFORMED'],
  ])('that are %s are named', (_what, otherwise, wrong) => {
    logs.record(BUNKYO);
    logs.record(BUNKYO);
    changeLeaf(BUNKYO, 1, otherwise);
    expect(verdict()).toMatchObject({ sound: false, wrong: { wrong, office: BUNKYO, position: 1 } });
  });

  it('have one form only', () => {
    logs.record(BUNKYO);
    change(BUNKYO, 0, (entry) => {
      entry.leaf = entry.leaf.replace(':', ': ');
    });
    expect(verdict()).toMatchObject({ wrong: { wrong: 'ENTRY_MALFORMED', office: BUNKYO, position: 0 } });
  });

  it('of release 0.1.0 say nothing of proofs, and come before all others', () => {
    for (let i = 0; i < 3; i += 1) logs.record(BUNKYO);
    changeLeaf(BUNKYO, 0, { proofDigest: undefined, receiptDigest: undefined } as unknown as Leaf);
    expect(verdict()).toMatchObject({ sound: true, entries: 3 });
    changeLeaf(BUNKYO, 2, { proofDigest: undefined, receiptDigest: undefined } as unknown as Leaf);
    expect(verdict()).toMatchObject({ wrong: { wrong: 'ENTRY_OF_BEFORE', office: BUNKYO, position: 2 } });
  });
});

describe('A witness', () => {
  it('is an office of this network: another key signs for nobody', () => {
    logs.record(BUNKYO);
    const [own, other] = [logs.log(TOKYO).signs, strangers(TOKYO)];
    logs.log(TOKYO).signs.key = other.key;
    logs.witness(TOKYO, BUNKYO);
    logs.log(TOKYO).signs.key = own.key;
    expect(verdict()).toMatchObject({ wrong: { wrong: 'CHECKPOINT_NOT_VALID', office: BUNKYO, other: TOKYO } });
  });
});

function card(name: string) {
  return logs.issue(`juki://${name}`, 'operators');
}

/** An office of the same name, in a network of somebody else's. */
function strangers(office: string) {
  return new MadeLogs().log(office).signs;
}
