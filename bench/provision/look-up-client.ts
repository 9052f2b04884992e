import { openAgency } from '#agency/agency.js';
import { agencyFolder } from '#core/trust/credentials.js';
import { answerLoads } from './loading-processes.js';
import { AGENCY, codesOf, PURPOSE } from './people.js';

/** Looks people up with the agency's own client: a proof with each question, each answer held against its receipt. */
const [certs = '', port = '', people = '', connections = ''] = process.argv.slice(2);
const codes = codesOf(Number(people));
const inquiry = { statutoryPurpose: PURPOSE, occasion: 'STATUS_REPORT', fields: ['NAME', 'ADDRESS'] } as const;
/** Prime to the number of people, so that everybody's turn comes, in an order that is no order. */
const STRIDE = 7_919;
let nth = 0;

/** Each has connections of its own. */
const agencies = Array.from({ length: Number(connections) }, () =>
  openAgency({
    name: AGENCY,
    folder: agencyFolder(certs, AGENCY),
    addresses: [`127.0.0.1:${port}`],
    operator: 'bench',
  }),
);

answerLoads(async (caller) => {
  nth = (nth + STRIDE) % codes.length;
  const answer = await agencies[caller % agencies.length]?.provide(inquiry, { residentRecordCode: codes[nth] ?? '' });
  if (answer?.outcome !== 'PROVIDED') throw new Error('nobody was found');
});
