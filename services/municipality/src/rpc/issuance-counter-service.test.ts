import { describe, expect, it } from '@jest/globals';
import type { Exchange } from '#core/domain/exchange.js';
import { refusalOf } from '#core/domain/refusal.js';
import type { IssueWideAreaCopyRequest } from '#core/wire/generated/juki/issuance/v1/IssueWideAreaCopyRequest.js';
import { makeCopy } from '../domain/issuance/copy.js';
import type { CopyApplication } from '../domain/issuance/copy-application.js';
import { issuanceCounterService } from './issuance-counter-service.js';

const CARD = { cardNumber: 'JC0000000001', pin: '0123' };
const PASSPORT = {
  ...{ kind: 'PHOTO_ID_KIND_PASSPORT' as const, expiresOn: { year: 2018, month: 5, day: 1 }, name: '𠮷田 花子' },
  birthDateAndSex: { birthDate: { year: 1980, month: 4, day: 1 }, sex: 'SEX_FEMALE' as const },
};
const LEAST: IssueWideAreaCopyRequest = { homeMunicipality: '132152', card: CARD };

/** The application that the counter reads out of a message, as it comes off the line. */
async function read(message: IssueWideAreaCopyRequest): Promise<CopyApplication | undefined> {
  let application: CopyApplication | undefined;
  const never = () => Promise.reject(new Error('nobody asked for a copy at home'));
  const service = issuanceCounterService((read) => {
    application = read;
    const [issuing, home] = [
      { code: '131059', name: '文京区' },
      { code: '132152', name: '国立市' },
    ];
    return Promise.resolve(makeCopy({ records: [], issuing, home, issuedOn: '2016-05-27', feeYen: 300 }));
  }, never);
  const procedure = service.procedures['IssueWideAreaCopy'];
  const caller = { kind: 'operator' as const, office: 'municipality/131059', name: 'counter-1' };
  const account = { id: 'exchange-1', nonce: '', operator: 'counter-1', purpose: '' };
  const exchange: Exchange = { ...account, caller, concerns: new Set() };
  const request = procedure?.decodeRequest(procedure.encodeRequest(message));
  await service.answers['IssueWideAreaCopy']?.(request, exchange);
  return application;
}

describe("The counter's entrance for operators' tools reads an application", () => {
  it('with a card, for the applicant alone where it does not say for whom', async () => {
    const identityProof = { kind: 'CARD', ...CARD };
    const whom = { kind: 'APPLICANT' };
    expect(await read(LEAST)).toEqual({ homeMunicipality: '132152', identityProof, whom, items: [] });
  });

  it('with a photo ID, and what the applicant stated besides', async () => {
    expect(await read({ homeMunicipality: '132152', photoId: PASSPORT })).toMatchObject({
      identityProof: {
        ...{ kind: 'PHOTO_ID', document: 'PASSPORT', expiresOn: '2018-05-01', showsPresentAddress: false },
        ...{ name: '𠮷田 花子', stated: { birthDate: '1980-04-01', sex: 'FEMALE' } },
      },
    });
  });

  it('for named members, with items of Article 7', async () => {
    const named = { whom: 'WHOM_TO_PRINT_NAMED_MEMBERS' as const, memberNames: ['吉田 太郎'], items: [4, 13] };
    expect(await read({ ...LEAST, ...named })).toMatchObject({
      whom: { kind: 'NAMED_MEMBERS', names: ['吉田 太郎'] },
      items: [4, 13],
    });
  });
});

describe("The counter's entrance for operators' tools refuses as INVALID_REQUEST", () => {
  it.each([
    ['nothing at all', {}],
    ['a home with a wrong check digit', { ...LEAST, homeMunicipality: '132150' }],
    ['no proof of identity', { homeMunicipality: '132152' }],
    ['a card number that is none', { ...LEAST, card: { ...CARD, cardNumber: '../JC0000000001' } }],
    ['a PIN of five digits', { ...LEAST, card: { ...CARD, pin: '01234' } }],
    ['a photo ID of no kind', photoId({ kind: 'PHOTO_ID_KIND_UNSPECIFIED' })],
    ['a photo ID of a kind that this office does not know', photoId({ kind: 99 })],
    ['a photo ID without a last day', photoId({ expiresOn: null })],
    ['a photo ID whose last day does not exist', photoId({ expiresOn: { year: 2015, month: 2, day: 29 } })],
    ['a photo ID and nothing stated', photoId({ birthDateAndSex: null })],
    ['named members without a name', { ...LEAST, whom: 'WHOM_TO_PRINT_NAMED_MEMBERS' }],
    ['names where the applicant alone is to be printed', { ...LEAST, ...names('WHOM_TO_PRINT_APPLICANT') }],
    ['names without saying whom to print', { ...LEAST, ...names('WHOM_TO_PRINT_UNSPECIFIED') }],
    ['somebody to print whom this office does not know', { ...LEAST, whom: 99 }],
    ['an item that Article 7 does not have', { ...LEAST, items: [15] }],
  ] as [string, IssueWideAreaCopyRequest][])('%s', async (_what, message) => {
    const refusal = await read(message).then(() => undefined, refusalOf);
    expect(refusal?.reason).toBe('INVALID_REQUEST');
    expect(JSON.stringify(refusal?.details)).not.toMatch(/JC0000000001|01234|132150|吉田/);
  });
});

function photoId(parts: object): object {
  return { homeMunicipality: '132152', photoId: { ...PASSPORT, ...parts } };
}

function names(whom: string): object {
  return { whom, memberNames: ['吉田 太郎'] };
}
