import { describe, expect, it } from 'vitest';
import { judgeDeadline, passedDeadline } from './partner-port.js';
import { callOf } from './test-call.js';

/** The result if the partner has 5 s for a call, and the operation ended it sooner. */
const judge = (hadMs: number, lostMs: number, isRepeatable = true) =>
  judgeDeadline({ time: { lostMs: () => lostMs }, isRepeatable }, { deadlineMs: 5_000, hadMs });

describe('the deadline of an operation', () => {
  it('counts against the partner if the hub was on time', () => {
    expect(judge(2_000, 0)).toMatchObject({ failure: 'TIMED_OUT' });
  });

  it('counts against the hub if the partner would have had its whole time otherwise', () => {
    expect(judge(2_000, 3_000)).toMatchObject({ failure: 'OVERLOADED' });
    expect(judge(2_000, 2_900)).toMatchObject({ failure: 'TIMED_OUT' });
  });

  it('leaves a mutation undecided, and says nothing about its partner’s availability', () => {
    expect(judge(2_000, 3_000, false)).toMatchObject({ failure: 'TIMED_OUT', isSecondHand: true });
  });

  it('says nothing about the availability of a partner that got no request', () => {
    const response = passedDeadline(callOf(), 5_000);
    expect(response).toMatchObject({ failure: 'TIMED_OUT', isSecondHand: true });
  });
});
