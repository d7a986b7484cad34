import { nameOfCountry, nameOfLanguage } from '../../words/names.ts';
import type { Option } from './input-field.ts';

/** The languages and countries that the people of the network name. Others can be written in the explorer. */
const languages = 'en ru da sv nb fi et lv lt is de pl uk be fr es se'.split(' ');
const countries =
  'DK EE FI IS LV LT NO SE RU PL DE BY UA NL BE GB IE FR ES IT AT CH CZ SK HU RO BG GR US'.split(
    ' ',
  );

const toOptions = (codes: readonly string[], nameOf: (code: string) => string): Option[] =>
  codes
    .map((value) => ({ value, label: nameOf(value) }))
    .toSorted((one, other) => one.label.localeCompare(other.label));

/** What there is to choose from, for types whose values everybody knows by name. */
export function listKnown(type: string): readonly Option[] | undefined {
  if (type === 'LanguageTag') return toOptions(languages, nameOfLanguage);
  if (type === 'CountryCode') return toOptions(countries, nameOfCountry);
  return undefined;
}
