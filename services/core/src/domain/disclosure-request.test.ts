import { describe, expect, it } from '@jest/globals';
import { answerDueOn, checkAnswer, checkExtension, type DisclosureRequest, isOverdue } from './disclosure-request.js';

const REQUEST: DisclosureRequest = {
  ...{ requestId: 'r', kind: 'ACCESS_LOG', residentRecordCode: '24727059608', statement: '' },
  ...{ receivedOn: '2016-05-27', receivedBy: 'operator-3', dueOn: '2016-06-26' },
  ...{ extension: null, answer: null, document: null },
};

describe('A disclosure request', () => {
  it.each([
    ['2016-05-27', '2016-06-26'],
    ['2016-01-31', '2016-03-01'],
    ['2015-12-31', '2016-01-30'],
  ])('that is received on %s is to be answered by %s', (receivedOn, dueOn) => {
    expect(answerDueOn(receivedOn)).toBe(dueOn);
  });

  it('is overdue from the day after its last, until it is answered', () => {
    expect(['2016-06-26', '2016-06-27'].map((day) => isOverdue(REQUEST, day))).toEqual([false, true]);
    expect(isOverdue({ ...REQUEST, answer: 'answered' }, '2016-06-27')).toBe(false);
  });

  it('is put off on its last day still, to a later one', () => {
    expect(() => checkExtension(REQUEST, '2016-06-27', '2016-06-26')).not.toThrow();
  });

  it.each([
    ['after its last day', '2016-07-27', '2016-06-27'],
    ['to its last day', '2016-06-26', '2016-06-01'],
    ['to an earlier one', '2016-06-25', '2016-06-01'],
  ])('is not put off %s', (_when, until, today) => {
    expect(() => checkExtension(REQUEST, until, today)).toThrow(
      expect.objectContaining({ reason: 'DATE_NOT_POSSIBLE' }),
    );
  });

  it('is not answered by whoever received it', () => {
    expect(() => checkAnswer(REQUEST, 'operator-3', '')).toThrow(
      expect.objectContaining({ reason: 'SECOND_PERSON_NEEDED' }),
    );
    expect(() => checkAnswer(REQUEST, 'operator-1', '')).not.toThrow();
  });

  it('for a correction is answered with what was found, and no other is', () => {
    const correction = { ...REQUEST, kind: 'CORRECTION' as const };
    expect(() => checkAnswer(correction, 'operator-1', 'it was wrong')).not.toThrow();
    for (const [request, finding] of [
      [correction, ''],
      [REQUEST, 'it was wrong'],
    ] as const)
      expect(() => checkAnswer(request, 'operator-1', finding)).toThrow(
        expect.objectContaining({ reason: 'INVALID_REQUEST' }),
      );
  });
});
