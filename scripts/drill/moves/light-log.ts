import { AuditLog } from '#core/audit/audit-log.js';
import { turns } from '../virtual-time.js';

/**
 * A log that keeps nothing: it would be two thirds of what a schedule costs, and has drills of its own. Nor does it refuse
 * what was asked before a crash and comes once more: that is for the procedure itself to stand.
 */
export class LightLog extends AuditLog {
  override async append(): Promise<void> {
    // As long as a commit takes.
    await turns(1);
  }

  override async appendWith(): Promise<void> {}
}
