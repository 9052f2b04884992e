import type { Migrations } from '#core/storage/migrations/index.js';
import { up as residentRegister } from './001-resident-register.js';

export const municipalityMigrations: Migrations = {
  '001-resident-register': { up: residentRegister },
};
