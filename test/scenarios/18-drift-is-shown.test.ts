import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { DailyBusiness } from '../support/daily-business.js';
import { type Level, levelsOf } from '../support/levels.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { https } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Prometheus, with an operator's certificate ── GET /metrics ──▶ Bunkyo: outbox, drift, discrepancies
 */
let network: TestNetwork;
let single: () => ResidentRecord;
let resident: ResidentRecord;
let bunkyo: Level;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  single = handingOut(new Town(network.people, BUNKYO).singles);
  [bunkyo] = levelsOf(network);
});
afterAll(() => network.remove());
beforeEach(async () => {
  resident = single();
  await network.settle();
});

/** Changes a row of an office's identity ledger behind its back, as a failing disk would. */
function damage(office: OfficeId, columns: object, { residentRecordCode } = resident): Promise<void> {
  return network.withIdentityLedger(office, async (ledger) => {
    const row = ledger.updateTable('identification_information').set(columns);
    await row.where('resident_record_code', '=', residentRecordCode).execute();
  });
}

describe('Drift is shown', () => {
  const metric = async (office: OfficeId, name: string) => {
    const identity = operatorOf(network, office);
    const { status, text } = await https(network.node(office).httpPort, identity, { path: '/metrics' });
    expect(status).toBe(200);
    const lines = text.split('\n').filter((line) => line.startsWith(name) && !line.startsWith('#'));
    return lines.map((line) => line.replace(name, '').trim());
  };

  it('as a metric, to Prometheus with an operator’s certificate: what differed at the last check, and what is left', async () => {
    await damage(TOKYO, { address: '東京都文京区小石川九丁目9番' });
    await bunkyo.check();
    expect(await metric(BUNKYO, 'juki_drift{')).toContain(`above="${TOKYO}"} 1`);
    await bunkyo.check(true);
    expect(await metric(BUNKYO, 'juki_drift_left{')).toContain(`above="${TOKYO}"} 0`);
    const ever = async (name: string) => Number((await metric(BUNKYO, `${name}{above="${TOKYO}"}`))[0]);
    const [found, mended] = [await ever('juki_drift_found'), await ever('juki_drift_mended')];
    await bunkyo.check(true);
    expect(await metric(BUNKYO, 'juki_drift{')).toContain(`above="${TOKYO}"} 0`);
    expect([await ever('juki_drift_found'), await ever('juki_drift_mended')]).toEqual([found, mended]);
    expect(mended).toBeGreaterThan(0);
  });

  it('beside what waits, how long, and how many discrepancies are open', async () => {
    await network.stop(TOKYO);
    await new DailyBusiness(network, BUNKYO).rehouse(single(), '東京都文京区春日二丁目9番1号');
    network.clock.set('2016-05-27T10:10:00+09:00');
    expect(await metric(BUNKYO, 'juki_outbox_depth')).toEqual(['1']);
    expect(await metric(BUNKYO, 'juki_outbox_oldest_seconds')).toEqual(['600']);
    expect(await metric(BUNKYO, 'juki_discrepancies_open')).toEqual(['0']);
    network.clock.set('2016-05-27T10:00:00+09:00');
    await network.start(TOKYO);
  });

  it('to operators of the office alone: another office’s certificate is refused', async () => {
    const identity = operatorOf(network, SHINJUKU);
    const { reason } = await https(network.node(BUNKYO).httpPort, identity, { path: '/metrics' });
    expect(reason).toBe('ACCESS_DENIED');
  });
});
