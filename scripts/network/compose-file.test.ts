import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Network } from '#core/network.js';
import { composeFile } from './compose-file.js';

describe('docker-compose.yml', () => {
  const network = Network.load('scripts/network.json');

  it('is what the network file says, so that offices, ports and hosts are stated once.', () => {
    expect(readFileSync('docker-compose.yml', 'utf8')).toBe(composeFile(network));
  });

  it('publishes every port on this machine alone.', () => {
    const published = composeFile(network).match(/ports: .*/g) ?? [];
    expect(published).toHaveLength(network.offices.length);
    for (const line of published) expect(line).toMatch(/^ports: \["127\.0\.0\.1:\d+:\d+", "127\.0\.0\.1:\d+:\d+"\]$/);
  });
});
