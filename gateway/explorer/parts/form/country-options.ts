import { listPolices } from '../../frame/settings.ts';
import { nameOfCountry, orderCountries } from '../../words/names.ts';
import type { Option } from './input-field.ts';

/** Countries to choose from, each once, in this order. */
export const toCountries = (codes: readonly string[]): Option[] =>
  [...new Set(codes)].map((code) => ({ value: code, label: nameOfCountry(code) }));

interface Side {
  readonly countries: readonly string[];
}

/** Where a group may be hosted: the countries of these sides first, then Russia and those of the police forces, whose codes they have. */
export const hostCountries = (...sides: readonly (Side | null | undefined)[]): Option[] =>
  toCountries([
    ...sides.flatMap((side) => orderCountries(side?.countries ?? [])),
    ...orderCountries([...listPolices().map((code) => code.toUpperCase()), 'RU']),
  ]);
