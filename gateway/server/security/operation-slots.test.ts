import { ClientWatch, defaultLimits } from '@hub/shared/graphql';
import { anonymous, type Reader } from '@hub/shared/identity';
import { describe, expect, it, vi } from 'vitest';
import { admitOperations, callerOf } from './operation-slots.js';

const person = (subject: string, role: 'coordinator' | 'service' = 'coordinator'): Reader => ({
  kind: 'person',
  organisation: 'dk',
  subject,
  role,
  purpose: undefined,
});

const operationOf = (reader: Reader, address?: string) => ({
  reader,
  caller: callerOf(reader, address),
  signal: new ClientWatch(),
});

const limits = {
  operations: 3,
  operationsPerClient: 1,
  operationsPerOrganisation: 2,
  // Nobody is refused for having waited: longer than the tests take.
  waitMs: 24 * 60 * 60_000,
};

/** Whether a slot is free now. */
const isFree = (
  admission: ReturnType<typeof admitOperations>,
  reader: Reader,
  address = '192.0.2.1',
) => {
  const { slots, caller } = admission.admissionOf(operationOf(reader, address)) ?? {};
  return caller && !(slots?.enter(caller) instanceof Promise);
};

describe('admitOperations', () => {
  it('limits a person, an address, an organisation and all together', () => {
    using admission = admitOperations(limits, () => 0);
    expect(isFree(admission, person('a'))).toBe(true);
    expect(isFree(admission, person('a'))).toBe(false);
    expect(isFree(admission, person('b'))).toBe(true);
    expect(isFree(admission, person('c'))).toBe(false);
    expect(isFree(admission, anonymous, '2001:db8::1')).toBe(true);
    expect(isFree(admission, anonymous, '2001:db8::2')).toBe(false);
    expect(isFree(admission, anonymous, '192.0.2.1')).toBe(false);
  });

  it('has separate slots for partners’ own servers', () => {
    using admission = admitOperations(limits, () => 0);
    for (const subject of ['a', 'b', 'c', 'd']) isFree(admission, person(subject));
    expect(isFree(admission, person('dk-service', 'service'))).toBe(true);
  });

  it('needs no slot for operations of this process itself', () => {
    using admission = admitOperations(limits, () => 0);
    expect(admission.admissionOf(operationOf(anonymous))).toBeUndefined();
    expect(admission.hasRoom(operationOf(anonymous))).toBe(true);
  });

  it('tells whether an operation would be refused at once', () => {
    using admission = admitOperations(limits, () => 0);
    const operation = operationOf(anonymous, '192.0.2.1');
    const { slots, caller } = admission.admissionOf(operation) ?? {};
    for (let count = 0; count < 9; count += 1) {
      expect(admission.hasRoom(operation)).toBe(true);
      if (caller) void slots?.enter(caller);
    }
    expect(admission.hasRoom(operation)).toBe(false);
    expect(admission.hasRoom(operationOf(anonymous, '192.0.2.2'))).toBe(true);
  });

  it('executes fewer operations while the hub is late, and as many as before soon after', () => {
    vi.useFakeTimers();
    try {
      let lag = 0;
      using admission = admitOperations(defaultLimits, () => lag);
      const { slots } = admission.admissionOf(operationOf(anonymous, '192.0.2.1')) ?? {};
      expect(slots?.total).toBe(128);
      lag = 500;
      vi.advanceTimersByTime(5_000);
      expect(slots?.total).toBe(16);
      lag = 10;
      vi.advanceTimersByTime(5_000);
      expect(slots?.total).toBe(128);
    } finally {
      vi.useRealTimers();
    }
  });
});
