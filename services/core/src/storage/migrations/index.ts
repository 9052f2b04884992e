import type { Migration } from 'kysely/migration';
import { up as auditAndIdentity } from './001-audit-and-identity.js';
import { up as changeInformation } from './002-change-information.js';
import { up as propagation } from './003-propagation.js';
import { up as operators } from './004-operators.js';
import { up as evidence } from './005-evidence.js';
import { up as directory } from './006-directory.js';
import { up as alarms } from './007-alarms.js';
import { up as familiesOfOperators } from './008-families-of-operators.js';
import { up as auditTree } from './010-audit-tree.js';
import { up as logKey } from './011-log-key.js';
import { up as witnesses } from './012-witnesses.js';
import { up as disclosureRequests } from './013-disclosure-requests.js';
import { up as prunedLog } from './015-pruned-log.js';
import { up as cardStatuses } from './016-card-statuses.js';
import { up as outboxByKind } from './017-outbox-by-kind.js';
import { up as provision } from './018-provision.js';

/** The migrations of one owner (core, or a role), by name in their order. */
export type Migrations = Record<string, Migration>;

export const coreMigrations: Migrations = {
  '001-audit-and-identity': { up: auditAndIdentity },
  '002-change-information': { up: changeInformation },
  '003-propagation': { up: propagation },
  '004-operators': { up: operators },
  '005-evidence': { up: evidence },
  '006-directory': { up: directory },
  '007-alarms': { up: alarms },
  '008-families-of-operators': { up: familiesOfOperators },
  '010-audit-tree': { up: auditTree },
  '011-log-key': { up: logKey },
  '012-witnesses': { up: witnesses },
  '013-disclosure-requests': { up: disclosureRequests },
  '015-pruned-log': { up: prunedLog },
  '016-card-statuses': { up: cardStatuses },
  '017-outbox-by-kind': { up: outboxByKind },
  '018-provision': { up: provision },
};
