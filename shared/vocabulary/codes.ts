/** The network’s secretariat, which arranges every group and every visit. */
export const networkCode = 'nbnp';

/** The NCM offices in North-West Russia. */
export const officesCode = 'ncm';

/** The national police forces. Each has the code of its country, and they share one schema. */
export const policeCodes = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;
export type PoliceCode = (typeof policeCodes)[number];

/** The country of a national police force. */
export function countryOf(code: string): string {
  return code.toUpperCase();
}

/** True for the code of a national police force. */
export const isPoliceCode = (code: string): boolean => policeCodes.some((each) => each === code);

/** The code of the partner that owns a record, from its id. Empty for an id without an owner. */
export const ownerOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')));

/** The countries that have a national police force here: `DK` for `dk`. */
export const memberCountries: readonly string[] = policeCodes.map(countryOf);

/** The country where the offices stand in for a national police force. */
export const russia = 'RU';

/** The code of the partner that hosts in a country: the offices in Russia, elsewhere the national police force. */
export const hostOf = (country: string): string =>
  country === russia ? officesCode : country.toLowerCase();
