import { z } from 'zod';
import { MunicipalityCode } from '../fields.js';
import { Birth } from './birth.js';
import { Death } from './death.js';

const homeMunicipality = MunicipalityCode.optional().meta({ description: 'Where that is another municipality' });

/** A birth or death that the family register's office of this municipality has taken, and whose home it concerns. */
export const BirthReport = z.strictObject({ birth: Birth, homeMunicipality });
export const DeathReport = z.strictObject({ death: Death, homeMunicipality });

export type BirthReport = z.infer<typeof BirthReport>;
export type DeathReport = z.infer<typeof DeathReport>;
