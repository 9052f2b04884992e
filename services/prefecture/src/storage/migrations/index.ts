import type { Migrations } from '#core/storage/migrations/index.js';
import { up as settledMoveOuts } from './001-settled-move-outs.js';

export const prefectureMigrations: Migrations = {
  '001-settled-move-outs': { up: settledMoveOuts },
};
