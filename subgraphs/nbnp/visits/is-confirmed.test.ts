import { describe, expect, it } from 'vitest';
import { isConfirmed } from './is-confirmed.js';

describe('ItineraryStop.confirmed', () => {
  const plan = { planVersion: 2, version: 3, networkConfirmedVersion: 0 };
  const finnish = { ...plan, hostOwner: 'fi', officeConfirmedVersion: 0 };

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

  const confirmations = [
    ['fi', 'hostConfirmedVersion'],
    ['ncm', 'officeConfirmedVersion'],
    ['nbnp', 'networkConfirmedVersion'],
  ] as const;

  it.each(
    confirmations.flatMap(([hostOwner, own]) =>
      confirmations.map(([, field]) => ({ hostOwner, field, isOwn: own === field })),
    ),
  )('counts the confirmation of its host alone: $field of $hostOwner', (one) => {
    const none = { hostConfirmedVersion: 0, officeConfirmedVersion: 0, networkConfirmedVersion: 0 };
    const stop = { ...plan, ...none, hostOwner: one.hostOwner, [one.field]: 2 };
    expect(isConfirmed(stop)).toBe(one.isOwn);
  });

  it('does not need the other hosts', () => {
    const office = { ...plan, hostOwner: 'ncm', hostConfirmedVersion: null };
    expect(isConfirmed({ ...office, officeConfirmedVersion: 2 })).toBe(true);
    const away = { hostConfirmedVersion: null, officeConfirmedVersion: null };
    expect(isConfirmed({ ...plan, ...away, hostOwner: 'nbnp' })).toBe(false);
  });
});
