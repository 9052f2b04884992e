import { openAgency } from '#agency/agency.js';
import { piecesOf } from '#core/domain/provision/piece.js';
import { agencyFolder } from '#core/trust/credentials.js';
import { BATCH_ID, pieceOf } from './batch.js';
import { AGENCY, codesOf } from './people.js';

/** Takes a batch to its end with the agency's own client; tells how many were answered, and how long it took. */
const [certs = '', port = '', people = ''] = process.argv.slice(2);
const codes = codesOf(Number(people));
const agency = openAgency({
  ...{ name: AGENCY, folder: agencyFolder(certs, AGENCY), addresses: [`127.0.0.1:${port}`], operator: 'batch' },
});

async function* piecesFrom(first: number) {
  for (let number = first; number < piecesOf(codes.length); number += 1) yield pieceOf(codes, number);
}

const startedAt = performance.now();
let provided = 0;
for await (const { answers } of agency.provideBatch(BATCH_ID, piecesFrom))
  provided += answers.filter(({ outcome }) => outcome === 'PROVIDED').length;
if (provided !== codes.length) throw new Error(`${provided} of ${codes.length} were provided`);
process.send?.({ people: provided, seconds: (performance.now() - startedAt) / 1000 });
process.once('disconnect', () => process.exit());
