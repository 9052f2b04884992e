import { describe, expect, it } from '@jest/globals';
import { refusedAs } from '../../../../../test/support/households.js';
import { checkFollows, checkHasHappened } from './dates.js';

describe('Something that is said to have happened', () => {
  it('can have happened today, or on any day before', () => {
    for (const on of ['2016-05-27', '2016-05-26', '1911-01-31'])
      expect(() => checkHasHappened('diedOn', on, '2016-05-27')).not.toThrow();
  });

  it.each(['2016-05-28', '2016-06-01', '2017-01-01'])(
    'is refused as DATE_NOT_POSSIBLE when it lies in the future, as %s does, without the date itself',
    (on) => {
      const refusal = refusedAs('DATE_NOT_POSSIBLE', { field: 'diedOn', fault: 'lies in the future' });
      expect(() => checkHasHappened('diedOn', on, '2016-05-27')).toThrow(refusal);
    },
  );
});

describe('A day that has to follow another', () => {
  it('may be that very day, or any day after', () => {
    for (const on of ['2016-05-27', '2016-05-28'])
      expect(() => checkFollows('diedOn', on, 'the birth', '2016-05-27')).not.toThrow();
  });

  it('is refused as DATE_NOT_POSSIBLE when it is the day before, without the date itself', () => {
    const refusal = refusedAs('DATE_NOT_POSSIBLE', { field: 'diedOn', fault: 'lies before the birth' });
    expect(() => checkFollows('diedOn', '2016-05-26', 'the birth', '2016-05-27')).toThrow(refusal);
  });
});
