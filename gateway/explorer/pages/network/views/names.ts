import { ownerOf } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { createWords } from '../../../parts/form/form-words.ts';
import { findText, t, type WordKey } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import type { Side } from '../model/compare.ts';
import type { Actor, ActorKind, Basis } from '../model/network.ts';

/** The name of an actor. Of a party whose owner is unavailable, its kind and its owner are known. */
export function nameOf({ kind, id, name }: Pick<Actor, 'kind' | 'id' | 'name'>): string {
  if (kind === 'Country') return nameOfCountry(id);
  const missing = () => `${t(kindWords[kind])}, ${nameOfPartner(ownerOf(id))}`;
  return name ?? `${missing()} (${t('response.missing')})`;
}

/** Loads the kinds of bodies and institutions in the reader’s language. Returns whether they are here. */
export const { use: useKinds } = createWords({
  en: () => import('../../../words/kinds/en.json'),
  ru: () => import('../../../words/kinds/ru.json'),
  da: () => import('../../../words/kinds/da.json'),
  et: () => import('../../../words/kinds/et.json'),
  sv: () => import('../../../words/kinds/sv.json'),
  nb: () => import('../../../words/kinds/nb.json'),
  fi: () => import('../../../words/kinds/fi.json'),
  is: () => import('../../../words/kinds/is.json'),
  lv: () => import('../../../words/kinds/lv.json'),
  lt: () => import('../../../words/kinds/lt.json'),
});

/**
 * A kind of body or institution as the facts name it: `police_unit`. Partners may write others than the
 * texts have: such a value stays in the source’s language.
 */
export const nameOfForm = (form: string): string =>
  findText([`bodyKinds.${form}`], {}) ?? form.replaceAll('_', ' ');

/** What kind of body it is. Only the kinds of offices are words of the schema. */
export function describeKind({ kind, form }: Pick<Actor, 'kind' | 'form'>): string {
  const name = t(kindWords[kind]);
  if (form === null) return name;
  return kind === 'Office'
    ? `${name}: ${t(`officeKinds.${form}` as WordKey)}`
    : (findText([`bodyKinds.${form}`], {}) ?? `${name}: ${nameOfForm(form)}`);
}

export const kindWords: Record<ActorKind, WordKey> = {
  Office: 'network.kindOffice',
  Organisation: 'network.kindOrganisation',
  PoliceUnit: 'network.kindPoliceUnit',
  Country: 'network.country',
};

export const basisWords: Record<Basis, WordKey> = {
  EVENT: 'network.basisEvent',
  REPRESENTATION: 'network.basisRepresentation',
  VISIT: 'network.basisVisit',
  PROGRAMME: 'network.basisProgramme',
  MEMBERSHIP: 'network.basisMembership',
};

export const sideWords: Record<Side, WordKey> = {
  before: 'network.sideBefore',
  after: 'network.sideAfter',
  both: 'network.sideBoth',
  undated: 'network.sideUndated',
};
