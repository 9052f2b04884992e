const WEIGHTS_FROM_THE_RIGHT = [2, 3, 4, 5, 6, 7, 2, 3, 4, 5];

/** 住民票コード, Regulation 1: ten random digits and a check digit. A string: leading zeros stay. */
export type ResidentRecordCode = string;

/**
 * Whether a code can have been allotted.
 *
 * The notices disagree about the check digit where the remainder is 0, so this network allots only bodies whose
 * remainder is at least 2 and treats all others as never allotted. Then every wrong digit and every swap of
 * neighbours is caught.
 */
export function isResidentRecordCode(text: string): text is ResidentRecordCode {
  if (!/^[0-9]{11}$/.test(text)) return false;
  const remainder = remainderOf(text.slice(0, 10));
  return remainder >= 2 && Number(text[10]) === 11 - remainder;
}

/** The code with this body of ten digits, or undefined where the body is one that is never allotted. */
export function residentRecordCodeOf(body: string): ResidentRecordCode | undefined {
  if (!/^[0-9]{10}$/.test(body)) throw new RangeError('a code body has ten digits');
  const remainder = remainderOf(body);
  return remainder >= 2 ? `${body}${11 - remainder}` : undefined;
}

function remainderOf(body: string): number {
  const sum = WEIGHTS_FROM_THE_RIGHT.reduce((total, weight, i) => total + weight * Number(body[9 - i]), 0);
  return sum % 11;
}
