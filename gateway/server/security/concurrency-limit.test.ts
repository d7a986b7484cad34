import type { Reader } from '@hub/shared/identity';
import { describe, expect, it } from 'vitest';
import { createConcurrencyLimit } from './operation-slots.js';

const person = (subject: string): Reader => ({
  kind: 'person',
  organisation: 'dk',
  subject,
  role: 'analyst',
  purpose: undefined,
});
const colleague = (organisation: string, subject: string): Reader => ({
  ...(person(subject) as Extract<Reader, { kind: 'person' }>),
  organisation,
});
const nobody: Reader = { kind: 'anonymous' };
const refusal = expect.objectContaining({
  extensions: { code: 'RATE_LIMITED', retryAfter: 5 },
}) as Error;

describe('createConcurrencyLimit', () => {
  it('refuses a caller who has reached the limit, and nobody else', () => {
    const limit = createConcurrencyLimit({ perReader: 2, total: 10 });
    const leave = limit.enter(person('anna'), '192.0.2.1');
    limit.enter(person('anna'), '192.0.2.2');
    expect(() => limit.enter(person('anna'), '192.0.2.3')).toThrow(refusal);
    limit.enter(person('berit'), '192.0.2.1');
    limit.enter(nobody, '192.0.2.1');
    leave();
    leave();
    limit.enter(person('anna'), undefined);
    expect(() => limit.enter(person('anna'), undefined)).toThrow(refusal);
  });

  it('counts anonymous callers by address, and by network for IPv6', () => {
    const limit = createConcurrencyLimit({ perReader: 1, total: 10 });
    limit.enter(nobody, '2001:db8::1');
    limit.enter(nobody, '2001:db8:0:1::1');
    expect(() => limit.enter(nobody, '2001:db8::2')).toThrow(refusal);
  });

  it('leaves half of the places to others than one organisation', () => {
    const limit = createConcurrencyLimit({ perReader: 1, total: 4 });
    const leave = limit.enter(person('anna'), undefined);
    limit.enter(person('berit'), undefined);
    expect(() => limit.enter(person('carla'), undefined)).toThrow(refusal);
    limit.enter(colleague('se', 'anna'), undefined);
    leave();
    limit.enter(person('carla'), undefined);
  });

  it('refuses everybody when all places are taken', () => {
    const limit = createConcurrencyLimit({ perReader: 1, total: 1 });
    const leave = limit.enter(person('anna'), undefined);
    expect(() => limit.enter(person('berit'), undefined)).toThrow(refusal);
    leave();
    limit.enter(person('berit'), undefined);
  });

  it('reserves places for identified callers', () => {
    const limit = createConcurrencyLimit({ perReader: 1, total: 3, forPeople: 2 });
    const leave = limit.enter(nobody, '192.0.2.1');
    expect(() => limit.enter(nobody, '192.0.2.2')).toThrow(refusal);
    limit.enter(person('anna'), undefined);
    limit.enter(person('berit'), undefined);
    leave();
    limit.enter(nobody, '192.0.2.2');
  });
});
