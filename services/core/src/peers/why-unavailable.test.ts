import { describe, expect, it } from '@jest/globals';
import { whyUnavailable } from './why-unavailable.js';

describe('Why an office is unavailable', () => {
  it.each([
    ['Last error: certificate has expired (2026-11-23)', 'its certificate has expired'],
    ['Last error: certificate is not yet valid (2026-11-23)', "compare the two machines' clocks"],
    ['Last error: the certificate of 131059.municipality.juki.internal has been revoked', 'has been revoked'],
    ['Last error: the certificate shown is not that of 131059', 'another office answers'],
    ['Last error: Failed to connect (2026-11-23)', 'it hangs up at once'],
    ['Last error: connect ECONNREFUSED 127.0.0.1:1', 'nothing answers'],
  ])('is told of %s', (details, why) => {
    expect(whyUnavailable(details)).toContain(why);
  });

  it('is not told in words that are not known here', () => {
    expect(whyUnavailable('工藤 桃子')).toBeUndefined();
  });
});
