import type { Migrations } from '#core/storage/migrations/index.js';
import { up as allotment } from './001-allotment.js';

export const nationalMigrations: Migrations = {
  '001-allotment': { up: allotment },
};
