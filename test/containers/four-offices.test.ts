import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DockerComposeEnvironment,
  getContainerRuntimeClient,
  type StartedDockerComposeEnvironment,
  Wait,
} from 'testcontainers';
import { Network } from '#core/network.js';
import { cardHolder } from '#scripts/network/card-holder.js';
import { residentsOf } from '#scripts/network/seed-ledgers.js';
import type { SeededMunicipality } from '#scripts/seed/residents.js';
import { describeWithDocker } from '../support/docker.js';

/*
 *            national
 *               |
 *             tokyo
 *            /     \
 *   shinjuku        bunkyo          desk: an operator of Shinjuku
 *    issuing         home
 */
describeWithDocker('Four offices, each a container of the real image', () => {
  let compose: StartedDockerComposeEnvironment;

  beforeAll(async () => {
    compose = await new DockerComposeEnvironment('.', ['docker-compose.yml', 'test/containers/four-offices.yml'])
      .withBuild()
      .withDefaultWaitStrategy(Wait.forHealthCheck())
      .withWaitStrategy('prepare-1', Wait.forOneShotStartup())
      .withWaitStrategy('renew-1', Wait.forLogMessage('all certificates are there'))
      .withWaitStrategy('desk-1', Wait.forLogMessage('the desk is open'))
      .withStartupTimeout(300_000)
      .up(['national', 'tokyo', 'bunkyo', 'shinjuku', 'renew', 'desk']);
  }, 400_000);

  afterAll(async () => {
    await compose?.down({ removeVolumes: true });
  }, 60_000);

  /** What an operator of Shinjuku does for a resident of Bunkyo with a card. */
  async function issueCopy() {
    const bunkyo = residentsOf(Network.load('scripts/network.json')).find(
      ({ municipality }) => municipality === '131059',
    );
    const { cardNumber, pin, name } = cardHolder(bunkyo as SeededMunicipality, '2016-05-27');
    const juki = await compose
      .getContainer('desk-1')
      .exec([
        'node',
        'scripts/dist/juki.js',
        'copy',
        '--at',
        '131041',
        '--home',
        '131059',
        '--card',
        cardNumber,
        '--pin',
        pin,
      ]);
    return { ...juki, name };
  }

  /** So many seconds Shinjuku waited for Bunkyo when it last asked it for copy data, by Shinjuku's own log. */
  async function lastWait(): Promise<number> {
    const procedure = '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData';
    const search = ['audit', 'search', '--at', '131041', '--purpose', '試験', '--procedure', procedure];
    const { output } = await compose.getContainer('desk-1').exec(['node', 'scripts/dist/juki.js', ...search]);
    const times = new Map(output.split('\n').map((line) => line.split('  ').slice(1, 3).reverse() as [string, string]));
    const [asked, received] = ['ASKED', 'ANSWER_RECEIVED'].map((event) => Date.parse(times.get(event) ?? ''));
    return (Number(received) - Number(asked)) / 1000;
  }

  describe('Given that all of them are healthy', () => {
    it('A copy is issued in Shinjuku for a resident of Bunkyo.', async () => {
      const { output, exitCode, name } = await issueCopy();
      expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('住　民　票　の　写　し') });
      expect(output).toContain(name);
      expect(output).toContain('この写しは、文京区長から通知された事項に基づいて作成したものである。');
    }, 30_000);

    it('Each tells its own operators so, and which directory it holds.', async () => {
      const command = ['node', 'scripts/dist/juki.js', 'health', '131041', '131059'];
      const { output, exitCode } = await compose.getContainer('desk-1').exec(command);
      expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('SERVING') });
      expect(output.match(/directory [0-9]+, [0-9]+ s old; threat level 1/g)).toHaveLength(2);
    }, 30_000);

    it('No office runs as root, and none can write outside of its own volumes.', async () => {
      const bunkyo = compose.getContainer('bunkyo-1');
      expect((await bunkyo.exec(['id', '-u'])).output.trim()).toBe('1000');
      expect((await bunkyo.exec(['touch', '/juki/package.json'])).exitCode).not.toBe(0);
      expect((await bunkyo.exec(['touch', '/state/certs/municipality-131059/key.pem'])).exitCode).not.toBe(0);
    }, 30_000);

    it("An office has its own key and its own ledger, and no other office's.", async () => {
      const { output } = await compose
        .getContainer('bunkyo-1')
        .exec(['sh', '-c', 'find /state -name key.pem -o -name "*.sqlite"']);
      expect(output.trim().split('\n').sort()).toEqual([
        '/state/certs/municipality-131059/key.pem',
        '/state/data/municipality-131059/ledger.sqlite',
      ]);
    }, 30_000);
  });

  describe('Given that the certificate of an office has to be made anew while it runs', () => {
    const FOLDER = '/state/certs/municipality-131059';
    const renew = (command: string) => compose.getContainer('renew-1').exec(['sh', '-c', command]);
    const serialShown = async () => {
      const probe = `const socket = require('node:tls').connect({ host: 'bunkyo', port: 17105, rejectUnauthorized: false }, () => {
        console.log(socket.getPeerX509Certificate().serialNumber);
        socket.destroy();
      }).on('error', () => {});`;
      return (await compose.getContainer('desk-1').exec(['node', '--eval', probe])).output.trim();
    };

    it('It is made by the service that renews, with a key for its owner alone, and Bunkyo shows it without a restart.', async () => {
      const before = await serialShown();
      await renew(`rm ${FOLDER}/certificate.pem`);
      const after = await changed(before, serialShown);
      const { output } = await renew(`stat -c '%a %u' ${FOLDER}/key.pem`);
      expect(before).toMatch(/^[0-9A-F]+$/);
      expect(after).toMatch(/^[0-9A-F]+$/);
      expect(output.trim()).toBe('600 1000');
      expect((await issueCopy()).exitCode).toBe(0);
    }, 60_000);

    it('The service that renews has the authorities, no ledger, no card and no network.', async () => {
      const { output } = await renew('ls /state/certs/ca; ls -A /state/data/*; ls -A /state/cards; ls /sys/class/net');
      expect(
        output
          .replaceAll(/\/state\/data\/[a-z0-9-]+:/g, '')
          .trim()
          .split(/\s+/),
      ).toEqual([...['agencies', 'offices', 'operators', 'lo']]);
    }, 30_000);
  });

  describe('Given that the home office is switched off and on again', () => {
    it('HOME_UNAVAILABLE is answered within the deadline, and the copy is issued once the office is back.', async () => {
      const bunkyo = await containerOf(compose.getContainer('bunkyo-1').getId());
      await bunkyo.stop();
      const refused = await issueCopy();
      expect(refused.exitCode).toBe(1);
      expect(refused.output).toContain('HOME_UNAVAILABLE');
      expect(await lastWait()).toBeLessThan(10);

      await bunkyo.start();
      await healthy(bunkyo);
      const issued = await issueCopy();
      expect({ exitCode: issued.exitCode, output: issued.output }).toMatchObject({ exitCode: 0 });
    }, 90_000);
  });
});

/** Resolves with what is shown once that is another than before. */
async function changed(before: string, look: () => Promise<string>): Promise<string> {
  const now = await look();
  return now === before || now === '' ? changed(before, look) : now;
}

/** Resolves once the engine itself has seen the container healthy. */
async function healthy(container: Awaited<ReturnType<typeof containerOf>>): Promise<void> {
  const { State } = await container.inspect();
  if (State.Health?.Status !== 'healthy') await healthy(container);
}

async function containerOf(id: string) {
  const { container } = await getContainerRuntimeClient();
  return container.dockerode.getContainer(id);
}
