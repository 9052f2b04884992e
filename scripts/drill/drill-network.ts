import { readFileSync } from 'node:fs';
import { municipalityId, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { Network } from '#core/network.js';

/** Two wards of one prefecture, a city of another. */
const TOWNS = ['131059', '131041', '141003'].map(municipalityId);
const PREFECTURES = ['prefecture/130001', 'prefecture/140007'];

interface NetworkFile {
  clockStartsAt: string;
  offices: { office: OfficeId; grpcPort: number; httpPort: number }[];
}

/** The offices of the drill, as the demo's network file states them. */
export function drillNetworkFile(offices: OfficeId[] = [NATIONAL_CENTRE, ...PREFECTURES, ...TOWNS]): NetworkFile {
  const demo = JSON.parse(readFileSync('scripts/network.json', 'utf8')) as NetworkFile;
  return { ...demo, offices: demo.offices.filter(({ office }) => offices.includes(office)) };
}

export function drillNetwork(): Network {
  return new Network(drillNetworkFile());
}
