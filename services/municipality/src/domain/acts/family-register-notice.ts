import type { Birth } from './birth.js';
import type { Death } from './death.js';

/** The purpose that this procedure has, and no other. */
export const FAMILY_REGISTER_NOTICE = 'FAMILY_REGISTER_NOTICE';

/**
 * 法9条2項通知: a birth or death was reported to the family register of another municipality, whose mayor tells the home
 * mayor at once (Article 9(2)). One of the two is there.
 */
export interface FamilyRegisterNotice {
  /** A UUID of the sender's: the same notice can come twice. */
  noticeId: string;
  birth?: Birth | undefined;
  death?: Death | undefined;
}
