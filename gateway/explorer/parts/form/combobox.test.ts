import { expect, it } from 'vitest';
import { findOptions } from './combobox.tsx';

const options = [
  { value: 'a', label: 'Åse Lind', hint: 'Oslo' },
  { value: 'b', label: 'A river', hint: 'Narva' },
  { value: 'd', label: 'Office in St. Petersburg', hint: 'Russia' },
  { value: 'c', label: 'Anne-Marie Holm', hint: 'Oslo' },
];
const found = (text: string) => findOptions(options, text).map(({ value }) => value);

it('finds by the beginning of each word, without marks and case, also in what tells two apart', () => {
  expect(found('ase')).toEqual(['a']);
  expect(found('marie osl')).toEqual(['c']);
  expect(found('NAR')).toEqual(['b']);
  expect(found('')).toEqual(['a', 'b', 'd', 'c']);
  expect(found('slo')).toEqual([]);
  // As the name itself is written.
  expect(found('St. P')).toEqual(['d']);
});
