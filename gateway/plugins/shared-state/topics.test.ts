import { describe, expect, it } from 'vitest';
import { mostBytes, sharedTopics } from './topics.js';

const change = (sequence: number) => ({
  sequence,
  at: '2026-11-01T10:00:00.000Z',
  subject: `dk:officer-${sequence}`,
  type: 'Officer',
  version: null,
  audience: 'readers',
});
const batch = { after: 1, to: 3, isStart: false, changes: [change(2), change(3)] };
const notices = [2, 3].map((sequence) => ({ ...change(sequence), owner: 'dk' }));
const read = (topic: string, body: unknown) => sharedTopics.get(topic)?.body.safeParse(body).data;

describe('what hubs send each other', () => {
  it.each([
    ['rate', { 'dk anna': 1.5, '192.0.2.1': 3 }],
    ['write', { partner: 'dk', isUndecided: true }],
    ['refused', 'dk'],
    [
      'revoked',
      [
        { organisation: 'dk', subject: 'anna', at: 1 },
        { organisation: 'dk', person: 'dk:o', at: 2 },
        { session: 'aB3-', at: 3 },
      ],
    ],
    ['changes', { partner: 'dk', batch }],
    ['changes-wanted', {}],
    ['changes-known', [['dk', { from: 1, to: 3, notices }]]],
  ])('is taken as it was sent: %s', (topic, body) => {
    expect(read(topic, body)).toEqual(body);
  });

  it.each([
    ['a count that would give a rate back', 'rate', { 'dk anna': -1 }],
    ['a count that is no number', 'rate', { 'dk anna': 'many' }],
    ['a count without an end', 'rate', { 'dk anna': Infinity }],
    ['a partner with another form', 'write', { partner: '../dk', isUndecided: false }],
    ['more than is known of a write', 'write', { partner: 'dk', isUndecided: false, rows: [] }],
    ['changes out of order', 'changes', { partner: 'dk', batch: { ...batch, to: 2 } }],
    [
      'a change with a value',
      'changes',
      { partner: 'dk', batch: { ...batch, changes: [{ ...change(2), name: 'Anna' }] } },
    ],
    ['changes of another owner', 'changes-known', [['ee', { from: 1, to: 3, notices }]]],
    ['known changes out of order', 'changes-known', [['dk', { from: 2, to: 3, notices }]]],
  ])('is refused if it has %s', (_what, topic, body) => {
    expect(read(topic, body)).toBeUndefined();
  });

  it('is neither of the registry nor of a hub’s own calls', () => {
    for (const topic of ['published', 'missed', 'store', '__proto__'])
      expect(sharedTopics.has(topic)).toBe(false);
  });
});

describe('the counts of many callers', () => {
  it('are split so that each part fits into a message, and none is lost', () => {
    const counts = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, place) => [`dk ${'å'.repeat(200)}${place}`, place]),
    );
    const parts = sharedTopics.get('rate')?.split?.(counts) ?? [];
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts)
      expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(mostBytes);
    expect(Object.assign({}, ...parts)).toEqual(counts);
  });
});
