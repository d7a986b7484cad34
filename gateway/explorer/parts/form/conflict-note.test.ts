import { expect, it } from 'vitest';
import { findDifferences } from './conflict-note.tsx';

it('names each value that another person changed, and nothing else', () => {
  const before = { version: 1, title: 'Shelter', stops: [{ day: '2026-10-05' }], note: null };
  const stops = [{ day: '2026-10-06' }, { day: 'x' }];
  const after = { version: 2, title: 'Shelter', stops, note: null };
  expect(findDifferences(before, after)).toEqual([
    { place: 'version', before: 1, after: 2 },
    { place: 'stops.0.day', before: '2026-10-05', after: '2026-10-06' },
    { place: 'stops.1', before: undefined, after: { day: 'x' } },
  ]);
});

it('finds nothing in equal records', () => {
  expect(findDifferences({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
});
