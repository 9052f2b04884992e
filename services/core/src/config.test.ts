import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const JUKI_OFFICE = 'municipality/131059';

describe('The environment of a node', () => {
  it('has to say which office it is, and nothing else', () => {
    expect(readConfig({ JUKI_OFFICE })).toEqual({
      JUKI_OFFICE,
      JUKI_NETWORK: 'scripts/network.json',
      JUKI_CERTS: 'certs',
      JUKI_DATA: 'data',
      JUKI_DUTIES: 'ALL',
      JUKI_LISTEN: '127.0.0.1',
      JUKI_PEERS: 'LOOPBACK',
      JUKI_ADDRESSES: 'DIRECTORY',
      JUKI_CARDS: 'data/cards',
      JUKI_CHECK_EVERY: 60,
      JUKI_LOG_LEVEL: 'info',
    });
  });

  it('may say where everything else is', () => {
    const all = {
      JUKI_OFFICE: 'national',
      JUKI_NETWORK: '/etc/juki/network.json',
      JUKI_CERTS: '/etc/juki/certs',
      JUKI_DATA: '/var/lib/juki',
      JUKI_DATABASE_URL: 'postgres://ledger/national',
      JUKI_DUTIES: 'AGENCIES',
      JUKI_GRPC_PORT: '17001',
      JUKI_HTTP_PORT: '18001',
      JUKI_LISTEN: '0.0.0.0',
      JUKI_PEERS: 'HOSTS',
      JUKI_ADDRESSES: 'OWN',
      JUKI_CARDS: '/var/lib/juki/cards',
      JUKI_CHECK_EVERY: '0',
      JUKI_LOG_LEVEL: 'warn',
      JUKI_CLOCK_FILE: '/var/lib/juki/clock.json',
    };
    expect(readConfig({ ...all, PATH: '/usr/bin' })).toEqual({
      ...all,
      ...{ JUKI_CHECK_EVERY: 0, JUKI_GRPC_PORT: 17001, JUKI_HTTP_PORT: 18001 },
    });
  });

  it('listens on this machine alone unless it is told otherwise', () => {
    expect(readConfig({ JUKI_OFFICE }).JUKI_LISTEN).toBe('127.0.0.1');
  });

  it.each([
    ['no office', {}, 'JUKI_OFFICE'],
    ['an office with a wrong check digit', { JUKI_OFFICE: 'municipality/131050' }, 'JUKI_OFFICE'],
    ['an empty office', { JUKI_OFFICE: '' }, 'JUKI_OFFICE'],
    ['peers that are nowhere', { JUKI_OFFICE, JUKI_PEERS: 'hosts' }, 'JUKI_PEERS'],
    ['checks oftener than ever', { JUKI_OFFICE, JUKI_CHECK_EVERY: '-1' }, 'JUKI_CHECK_EVERY'],
    ['a log level that is none', { JUKI_OFFICE, JUKI_LOG_LEVEL: 'verbose' }, 'JUKI_LOG_LEVEL'],
  ])('is refused with %s, and the variable is named', (_what, environment, variable) => {
    expect(() => readConfig(environment)).toThrow(variable);
  });

  it('is refused with all its faults at once', () => {
    const read = () => readConfig({ JUKI_PEERS: 'hosts', JUKI_LOG_LEVEL: 'verbose' });
    expect(read).toThrow(/JUKI_OFFICE.*JUKI_PEERS.*JUKI_LOG_LEVEL/s);
  });
});
