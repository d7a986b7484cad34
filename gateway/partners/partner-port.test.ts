import { describe, expect, it } from 'vitest';
import { judgeDeadline, passedDeadline } from './partner-port.js';
import { callOf } from './test-call.js';

/** What is said where a partner has 5 s for a call, and the operation ended it sooner. */
const judge = (hadMs: number, lostMs: number, isRepeatable = true) =>
  judgeDeadline({ time: { lostMs: () => lostMs }, isRepeatable }, { deadlineMs: 5_000, hadMs });

describe('the deadline of an operation', () => {
  it('is the partner’s where the hub was on time', () => {
    expect(judge(2_000, 0)).toMatchObject({ fault: 'TIMED_OUT' });
  });

  it('is the hub’s where the partner would have had its whole time without the hub’s lateness', () => {
    expect(judge(2_000, 3_000)).toMatchObject({ fault: 'OVERLOADED' });
    expect(judge(2_000, 2_900)).toMatchObject({ fault: 'TIMED_OUT' });
  });

  it('leaves a mutation undecided, and says nothing of whether its partner is there', () => {
    expect(judge(2_000, 3_000, false)).toMatchObject({ fault: 'TIMED_OUT', isSecondHand: true });
  });

  it('says nothing of whether a partner is there that was not asked any more', () => {
    const answer = passedDeadline(callOf(), 5_000);
    expect(answer).toMatchObject({ fault: 'TIMED_OUT', isSecondHand: true });
  });
});
