import type { Migrations } from '#core/storage/migrations/index.js';
import { up as allotment } from './001-allotment.js';
import { up as provision } from './002-provision.js';

export const nationalMigrations: Migrations = {
  '001-allotment': { up: allotment },
  '002-provision': { up: provision },
};
