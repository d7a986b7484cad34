import { describe, expect, it } from 'vitest';
import { isConfirmed } from './is-confirmed.js';

describe('ItineraryStop.confirmed', () => {
  const finnish = { hostCountry: 'FI', planVersion: 2, version: 3, officeConfirmedVersion: 0 };

  it('is true when the host confirmed the present plan, or a later version with the same plan', () => {
    expect(isConfirmed({ ...finnish, hostConfirmedVersion: 2 })).toBe(true);
    expect(isConfirmed({ ...finnish, hostConfirmedVersion: 3 })).toBe(true);
  });

  it('is false when the host confirmed nothing, an earlier version, or one that the stop does not have', () => {
    expect(isConfirmed({ ...finnish, hostConfirmedVersion: 4 })).toBe(false);
    expect(isConfirmed({ ...finnish, hostConfirmedVersion: 0 })).toBe(false);
    expect(isConfirmed({ ...finnish, hostConfirmedVersion: 1 })).toBe(false);
  });

  it('is null if the host did not respond', () => {
    expect(isConfirmed({ ...finnish, hostConfirmedVersion: null })).toBeNull();
  });

  it('uses only the office’s confirmation in North-West Russia', () => {
    const russian = { hostCountry: 'RU', planVersion: 1, version: 1, hostConfirmedVersion: null };
    expect(isConfirmed({ ...russian, officeConfirmedVersion: 1 })).toBe(true);
    expect(
      isConfirmed({ ...russian, officeConfirmedVersion: null, hostConfirmedVersion: 1 }),
    ).toBeNull();
  });
});
