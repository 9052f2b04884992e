import type { Migrations } from '../ledger.js';
import * as initial from './001-audit-and-identity.js';

export const coreMigrations: Migrations = {
  '001-audit-and-identity': initial,
};
