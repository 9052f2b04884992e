import { municipalityId } from '#core/domain/office.js';
import type { Visit } from '#scripts/check/visit.js';
import { CheckHealth, IssueWideAreaCopy } from '#scripts/operator/procedures.js';
import { AT_ONCE, rate, withDemoNetwork } from './demo-network.js';
import type { Figure } from './figure.js';

const SHINJUKU = municipalityId('131041');
const BUNKYO = municipalityId('131059');

/** One copy after another, of the same person. */
export function copyOfSomebody(visit: Visit) {
  const operator = visit.operatorOf(SHINJUKU);
  const { name, residentRecordCode } = visit.cardHolder(BUNKYO);
  const request = {
    homeMunicipality: '131059',
    photoId: {
      kind: 'PHOTO_ID_KIND_PASSPORT' as const,
      expiresOn: { year: 2020, month: 1, day: 1 },
      name,
      residentRecordCode,
    },
    whom: 'WHOM_TO_PRINT_APPLICANT' as const,
  };
  return () => operator.ask(IssueWideAreaCopy, request);
}

/** Copies a second through the whole walk, both logs durable, against bare calls over the same kind of line. */
export function measureIssuance(folder: string): Promise<Figure[]> {
  return withDemoNetwork(folder, { name: 'issuance' }, async (visit) => {
    const operator = visit.operatorOf(SHINJUKU);
    const copy = copyOfSomebody(visit);
    await rate(copy, { seconds: 1 });
    const copies = await rate(copy);
    const calls = await rate(() => operator.ask(CheckHealth, {}));
    return [
      {
        name: 'copies_per_second',
        what: `copies issued, Shinjuku ← Bunkyo, ${AT_ONCE} at once, all in one process`,
        ...{ measured: copies, unit: 'a second' },
        against: { value: calls, what: 'health checks over mutual TLS' },
      },
    ];
  });
}
