import { Network } from '#core/network.js';
import { ensureCertificates } from './certificates/ensure-certificates.js';

const [network = 'scripts/network.json', folder = 'certs'] = process.argv.slice(2);

const made = ensureCertificates(Network.load(network), folder, new Date());
console.log(made === 0 ? `${folder}: all certificates are there` : `${folder}: ${made} certificates made`);
