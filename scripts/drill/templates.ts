import { join } from 'node:path';
import { openLedger } from '#core/storage/ledger.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { SigningOffices } from './signing-offices.js';

/** What takes long to make: ledgers that are empty and have their newest schema, and certificates. */
export interface Templates {
  municipality: string;
  /** Of a prefecture or the centre. */
  above: string;
  signing: SigningOffices;
}

export async function makeTemplates(folder: string): Promise<Templates> {
  const [municipality, above] = [join(folder, 'empty-municipality'), join(folder, 'empty-level-above')];
  await (await openMunicipalityLedger(`sqlite:${municipality}`)).destroy();
  await (await openLedger(`sqlite:${above}`)).destroy();
  return { municipality, above, signing: new SigningOffices() };
}
