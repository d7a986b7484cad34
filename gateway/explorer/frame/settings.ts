import { signal } from '@preact/signals';
import { findText } from '../words/language.ts';

/** What the hub tells its pages about itself: `gateway/plugins/pages/open-pages.ts`. */
interface Settings {
  readonly partners: readonly {
    readonly code: string;
    readonly name: string;
    readonly contact: string;
  }[];
  readonly roles: readonly string[];
  readonly hasSchema: boolean;
  readonly hasTrialSignIn: boolean;
  readonly providers: readonly string[];
}

const nothing: Settings = {
  partners: [],
  roles: [],
  hasSchema: false,
  hasTrialSignIn: false,
  providers: [],
};

export const settings = signal<Settings>(nothing);

/** The pages work without the settings, but can then name no partner and offer no sign-in. */
export async function readSettings(): Promise<void> {
  const response = await fetch('/pages/settings.json').catch(() => undefined);
  if (response?.ok) settings.value = (await response.json()) as Settings;
}

/**
 * The name of an organisation in the reader’s language, as far as the pages have it. Its code where
 * the hub does not know it.
 */
export function nameOfPartner(code: string): string {
  const name = settings.value.partners.find((partner) => partner.code === code)?.name ?? code;
  return findText([`partnerNames.${name}`], {}) ?? name;
}

/** The country of a police force, whose code it has; null for other organisations. */
export const countryOfPolice = (code: string): string | null =>
  code.length === 2 ? code.toUpperCase() : null;

/** The codes of the police forces in the network. */
export const listPolices = (): string[] =>
  settings.value.partners.flatMap(({ code }) => (countryOfPolice(code) === null ? [] : code));

/** For which contract an organisation is asked. */
export const contractOf = (owner: string) => ({
  country: countryOfPolice(owner) ?? 'RU',
  ofPolice: countryOfPolice(owner) !== null,
  ofOffices: owner === 'ncm',
  ofNetwork: owner === 'nbnp',
});
