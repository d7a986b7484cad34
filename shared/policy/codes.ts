/** The network’s secretariat, which arranges every group and every visit. */
export const networkCode = 'nbnp';

/** The NCM offices in North-West Russia. */
export const officesCode = 'ncm';

/**
 * The national police forces that the network began with, and of which the demonstration tells. Each has the code of its
 * country. Others may join: {@link isPoliceCode}.
 */
export const policeCodes = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;
export type PoliceCode = (typeof policeCodes)[number];

/** The country of a national police force. */
export function countryOf(code: string): string {
  return code.toUpperCase();
}

/** The code of the partner that owns a record, from its id. Empty for an id without an owner. */
export const ownerOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')));

/** The countries of the police forces that the network began with: `DK` for `dk`. */
export const memberCountries: readonly string[] = policeCodes.map(countryOf);

/** The country where the offices stand in for a national police force. */
export const russia = 'RU';

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** ICU has a name for this code, although it is not a country. */
const unknownCountry = 'ZZ';
const known = new Map<string, boolean>();

function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  const found = known.get(code) ?? (code !== unknownCountry && countries.of(code) !== undefined);
  known.set(code, found);
  return found;
}

/**
 * True for the code of a national police force: that of its country. In Russia, the offices stand in
 * for one.
 */
export const isPoliceCode = (code: string): boolean =>
  code === code.toLowerCase() && countryOf(code) !== russia && isCountry(countryOf(code));

/**
 * The code of the partner that hosts in a country: the offices in Russia, elsewhere the national
 * police force.
 */
export const hostOf = (country: string): string =>
  country === russia ? officesCode : country.toLowerCase();
