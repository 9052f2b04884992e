import { Command, InvalidArgumentError, Option } from 'commander';
import { callerUri } from '#core/domain/caller.js';
import { Network } from '#core/network.js';
import { REVOCATION_REASONS, type RevocationReason } from '#core/trust/issue-revocation-list.js';
import { ensureCertificates } from './certificates/ensure-certificates.js';
import { revokeCertificates, whomOf } from './certificates/revoke-certificate.js';

interface Options {
  rotate: boolean;
  revoke?: string;
  reason: RevocationReason;
  reissue?: string;
  every?: number;
}

const HOUR = 3_600_000;

new Command('npm run certs --')
  .description("Makes what is missing of a network's certificates and revocation lists, and renews what nears its end")
  .argument('[network]', 'the network file', 'scripts/network.json')
  .argument('[folder]', 'where certificates are, or are to be made', 'certs')
  .option('--rotate', 'renew the certificates of all offices and operators now', false)
  .option(
    '--revoke <whom>',
    'an office, one of its operators: municipality/131059/operator-1, or an agency: agency/land-ministry',
  )
  .addOption(
    new Option('--reason <reason>', 'why it is revoked')
      .choices(Object.keys(REVOCATION_REASONS))
      .default('unspecified'),
  )
  .option('--reissue <whom>', 'another certificate for an office, operator or agency, though the last one was revoked')
  .option('--every <hours>', 'look again every so many hours, until Ctrl-C', hoursOf)
  .action(run)
  .parse();

function run(network: string, folder: string, { rotate, revoke, reason, reissue, every }: Options): void {
  try {
    const offices = Network.load(network);
    if (revoke !== undefined) {
      const revoked = revokeCertificates(folder, whomOf(revoke), new Date(), reason);
      if (revoked === 0) throw new Error(`${revoke} has no certificate that is not expired or revoked`);
      console.log(`${folder}: ${revoked} certificates of ${revoke} revoked`);
    }
    const wishes = { rotate, ...(reissue !== undefined && { reissue: callerUri(whomOf(reissue)) }) };
    const ensure = (more: Parameters<typeof ensureCertificates>[3] = {}) => {
      const made = ensureCertificates(offices, folder, new Date(), more);
      console.log(made === 0 ? `${folder}: all certificates are there` : `${folder}: ${made} certificates made`);
    };
    ensure(wishes);
    if (every !== undefined) setInterval(() => orTell(() => ensure()), every * HOUR);
  } catch (error) {
    tell(error);
    process.exitCode = 1;
  }
}

/** What fails once is tried again at the next look: a disk that is full today may have room tomorrow. */
function orTell(act: () => void): void {
  try {
    act();
  } catch (error) {
    tell(error);
  }
}

function tell(error: unknown): void {
  console.error(`certificates: ${(error as Error).message}`);
}

function hoursOf(text: string): number {
  const hours = Number(text);
  if (!(hours > 0 && hours <= 500)) throw new InvalidArgumentError('a number of hours, up to 500');
  return hours;
}
