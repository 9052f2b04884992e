import type { Kysely } from 'kysely';
import type { Exchange } from '../domain/exchange.js';
import { answerInquiry, type Found, givenBy } from '../domain/provision/answer-inquiry.js';
import type { Inquiry, PersonAskedFor, ProvisionAnswer, ToldChange } from '../domain/provision/inquiry.js';
import { provisionOf } from '../domain/provision/provision.js';
import { together } from '../domain/together.js';
import { findPeople, newestChanges } from '../storage/people-asked-for.js';
import type { CoreTables } from '../storage/tables.js';

/** What is asked for, and for whom where it is another than who asks. */
interface Immediate {
  inquiry: Inquiry;
  person: PersonAskedFor;
  /** An office's URI. */
  recipient?: string;
}

export type ProvideIdentification = (asked: Immediate, exchange: Exchange) => Promise<ProvisionAnswer>;

/**
 * Immediate provision out of an office's own ledger, once it is known that the recipient may have it. The log says what
 * is given; where nobody is found, nobody is named.
 */
export function provideIdentification(ledger: Kysely<CoreTables>): ProvideIdentification {
  const find = together(async (people: PersonAskedFor[]) => people.map(await findPeople(ledger, people)));
  const newestOf = together(async (found: Found[]): Promise<(ToldChange | undefined)[]> => {
    const newest = await newestChanges(ledger, found);
    return found.map(({ holding }) => newest.get(holding.identification.residentRecordCode));
  });
  return async ({ inquiry, person, recipient }, exchange) => {
    const found = await find(person);
    const change = found && inquiry.fields.includes('CHANGE_INFORMATION') ? await newestOf(found) : undefined;
    const answer = answerInquiry(person, inquiry.fields, found, change && [change]);
    const given = givenBy(answer);
    if (found) exchange.concerns.add(found.holding.identification.residentRecordCode);
    exchange.provision = provisionOf(inquiry, given === undefined ? [] : [given], recipient);
    return answer;
  };
}
