import type { Command } from 'commander';
import { isPrefectureCode } from '#core/domain/local-government-code.js';
import { isOfficeId, type OfficeId } from '#core/domain/office.js';
import { Network } from '#core/network.js';
import { addresses } from '#core/places.js';
import { Operator } from './operator.js';

/** What every subcommand is told by the options before it. */
interface Globals {
  certs: string;
  network: string;
  operator: string;
  json: boolean;
}

/** Where an operator stands: the network, and whether they want data instead of text. */
export interface Place {
  network: Network;
  json: boolean;
  operatorAt(office: OfficeId): Operator;
}

export function placeOf(command: Command): Place {
  const { certs, network: file, operator, json } = command.optsWithGlobals<Globals>();
  const network = Network.load(file);
  const addressOf = addresses(network, process.env['JUKI_PEERS'] === 'HOSTS' ? 'HOSTS' : 'LOOPBACK');
  return { network, json, operatorAt: (office) => new Operator(certs, office, addressOf, operator) };
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
