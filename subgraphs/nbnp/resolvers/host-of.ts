import { officesCode } from './decide-itinerary.js';
import { officeCountry } from './is-confirmed.js';

/** The code of the partner that hosts in a country: the offices in North-West Russia, elsewhere the national police. */
export const hostOf = (country: string): string =>
  country === officeCountry ? officesCode : country.toLowerCase();
