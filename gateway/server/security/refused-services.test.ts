import type { Reader } from '@hub/shared/identity';
import { describe, expect, it } from 'vitest';
import { createRefusedServices } from './may-write.js';

const person = (organisation: string, role: 'service' | 'coordinator'): Reader => ({
  kind: 'person',
  organisation,
  subject: 'x',
  role,
  purpose: undefined,
});

function open(lateAt = -Infinity) {
  const clock = { now: 10_000 };
  const told: string[] = [];
  const refused = createRefusedServices({
    notify: (partner) => Promise.resolve(void told.push(partner)),
    wasLateSince: (at) => lateAt >= at,
    now: () => clock.now,
  });
  return { clock, told, refused };
}

describe('createRefusedServices', () => {
  it('knows whose server was refused during an operation, or during a call that it shared', async () => {
    const { clock, refused } = open();
    expect(refused.isRefusedSince('dk', 0)).toBe(false);
    await refused.note(person('dk', 'service'));
    clock.now = 60_000;
    expect(refused.isRefusedSince('dk', 9_000)).toBe(true);
    expect(refused.isRefusedSince('dk', 15_000)).toBe(true);
    expect(refused.isRefusedSince('dk', 15_001)).toBe(false);
    expect(refused.isRefusedSince('no', 9_000)).toBe(false);
  });

  it('ignores refusals of people', async () => {
    const { told, refused } = open();
    await refused.note(person('dk', 'coordinator'));
    await refused.note({ kind: 'anonymous' });
    expect(refused.isRefusedSince('dk', 0)).toBe(false);
    expect(told).toEqual([]);
  });

  it('accepts that its own delay cost a partner the response', () => {
    const { refused } = open(10_000);
    expect(refused.isRefusedSince('dk', 9_000)).toBe(true);
    expect(refused.isRefusedSince('dk', 15_000)).toBe(true);
    expect(refused.isRefusedSince('dk', 15_001)).toBe(false);
  });

  it('notes a response of a late worker, for the worker that gets the partner’s response', async () => {
    const { told, refused } = open(9_000);
    const respond = (reader: Reader) =>
      refused.hooks.willSendResponse?.({
        response: { body: { kind: 'single', singleResult: { data: {} } } },
        contextValue: { reader },
      } as unknown as Parameters<NonNullable<typeof refused.hooks.willSendResponse>>[0]);
    await respond(person('dk', 'coordinator'));
    expect(told).toEqual([]);
    await respond(person('dk', 'service'));
    expect(told).toEqual(['dk']);
  });

  it('tells the other workers, once a second for each partner', async () => {
    const { clock, told, refused } = open();
    for (const code of ['dk', 'dk', 'no']) await refused.note(person(code, 'service'));
    clock.now += 1_000;
    await refused.note(person('dk', 'service'));
    expect(told).toEqual(['dk', 'no', 'dk']);
    const other = open().refused;
    other.add('dk');
    expect(other.isRefusedSince('dk', 10_000)).toBe(true);
  });
});
