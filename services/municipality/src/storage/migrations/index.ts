import type { Migrations } from '#core/storage/migrations/index.js';
import { up as residentRegister } from './001-resident-register.js';
import { up as actsAndHistory } from './002-acts-and-history.js';
import { up as cardsAndMoves } from './003-cards-and-moves.js';

export const municipalityMigrations: Migrations = {
  '001-resident-register': { up: residentRegister },
  '002-acts-and-history': { up: actsAndHistory },
  '003-cards-and-moves': { up: cardsAndMoves },
};
