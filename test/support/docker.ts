import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';

/** Every test container carries this test run's own clean-up; the library's is a container that not every engine can run. */
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';

const answers = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000 }).status === 0;

/** Describes what needs a Docker engine; skipped where none answers, and says so. */
export const describeWithDocker = answers ? describe : describeSkipped;

function describeSkipped(what: string, tests: () => void): void {
  console.warn(`skipped, because no Docker engine answers: ${what}`);
  describe.skip(what, tests);
}
