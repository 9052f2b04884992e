import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#core/domain/refusal.js';
import { CheckEntries } from '../operator/procedures.js';
import { Auditor } from './auditor.js';

/** Whoever refuses so often, and then answers. */
function refusing(refusals: Refusal[]) {
  const ask = async () => {
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    return { checked: 1 } as never;
  };
  return { office: 'national', ask };
}

describe('An auditor', () => {
  it('waits for as long as the office says, as often as it asked too much', async () => {
    const waited: number[] = [];
    const refusals = [new Refusal('RATE_LIMITED', { retryAfterSeconds: 3 }), new Refusal('RATE_LIMITED')];
    const auditor = new Auditor(refusing(refusals), async (ms) => void waited.push(ms));
    expect(await auditor.ask(CheckEntries, {})).toEqual({ checked: 1 });
    expect(waited).toEqual([3_000, 1_000]);
  });

  it('does not ask again where it was refused for anything else', async () => {
    const auditor = new Auditor(refusing([new Refusal('ROLE_NOT_ALLOWED')]), () => Promise.reject(new Error('waited')));
    await expect(auditor.ask(CheckEntries, {})).rejects.toMatchObject({ reason: 'ROLE_NOT_ALLOWED' });
  });
});
