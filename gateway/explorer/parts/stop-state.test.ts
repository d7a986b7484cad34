import { describe, expect, it } from 'vitest';
import { countStates, stateOf } from './stop-state.tsx';

describe('stateOf', () => {
  it('is by the host’s word while the stop is planned', () => {
    expect(stateOf({ status: 'PLANNED', confirmed: true })).toBe('CONFIRMED');
    expect(stateOf({ status: 'PLANNED', confirmed: false })).toBe('UNCONFIRMED');
  });

  it('is not unconfirmed while the host is away: nobody knows', () => {
    expect(stateOf({ status: 'PLANNED', confirmed: null })).toBe('UNANSWERED');
  });

  it('is by the status once something else is recorded, confirmed or not', () => {
    for (const status of ['HELD', 'NOT_HELD', 'CALLED_OFF'] as const)
      for (const confirmed of [true, false, null])
        expect(stateOf({ status, confirmed })).toBe(status);
  });
});

describe('countStates', () => {
  it('counts each state that occurs', () => {
    const stops = [
      { status: 'PLANNED', confirmed: true },
      { status: 'CALLED_OFF', confirmed: true },
      { status: 'PLANNED', confirmed: true },
    ] as const;
    expect([...countStates(stops)]).toEqual([
      ['CONFIRMED', 2],
      ['CALLED_OFF', 1],
    ]);
  });
});
