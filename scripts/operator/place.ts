import type { Command } from 'commander';
import { isPrefectureCode } from '#core/domain/local-government-code.js';
import { isOfficeId, type OfficeId } from '#core/domain/office.js';
import { Network } from '#core/network.js';
import { addresses } from '#core/places.js';
import { Operator, type Secrets } from './operator.js';
import { Staff } from './staff.js';

/** What every subcommand is told by the options before it. */
interface Globals {
  certs: string;
  network: string;
  operator?: string;
  json: boolean;
}

/** Where an operator stands: the network, and whether they want data instead of text. */
export interface Place {
  network: Network;
  /** The folder of the network's certificates and cards. */
  certs: string;
  json: boolean;
  /** Whoever was named; else the first of the office whose role has a place for what is asked. */
  operatorAt(office: OfficeId): Operator | Staff;
  /** Whoever was named; else this one. */
  operatorNamed(office: OfficeId, otherwise: string): Operator;
}

export function placeOf(command: Command): Place {
  const { certs, network: file, operator, json } = command.optsWithGlobals<Globals>();
  const network = Network.load(file);
  const addressOf = addresses(network, process.env['JUKI_PEERS'] === 'HOSTS' ? 'HOSTS' : 'LOOPBACK');
  const seatAt = (office: OfficeId) => ({ certs, office, addressOf, secrets: secretsIn(process.env) });
  const operatorAt = (office: OfficeId) =>
    operator === undefined ? new Staff(seatAt(office)) : new Operator(seatAt(office), operator);
  const operatorNamed = (office: OfficeId, otherwise: string) => new Operator(seatAt(office), operator ?? otherwise);
  return { network, certs, json, operatorAt, operatorNamed };
}

/** Not on the command line, where other users of the machine could read them. */
function secretsIn({ JUKI_PIN: pin, JUKI_PASSWORD: password }: NodeJS.ProcessEnv): Partial<Secrets> {
  return { ...(pin !== undefined && { pin }), ...(password !== undefined && { password }) };
}

/** An office by its code, or that of a ward, or its whole name: 131059, municipality/131059, 130001, national. */
export function officeNamed(network: Network, text: string): OfficeId {
  const office = /^[0-9]{6}$/.test(text) ? byCode(network, text) : text;
  if (!isOfficeId(office) || !network.has(office)) throw new Error(`${text} is no office of this network`);
  return office;
}

function byCode(network: Network, code: string): OfficeId {
  return isPrefectureCode(code) ? `prefecture/${code}` : network.municipalityOf(code);
}
