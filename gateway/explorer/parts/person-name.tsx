import { useContext } from 'preact/hooks';
import { ownerOf, whyAbsent, type WhyNull } from '../client/why-null.ts';
import { nameOfPartner } from '../frame/settings.ts';
import { person } from '../session/session.ts';
import { t } from '../words/language.ts';
import { bodyHref, personHref } from './links.ts';
import { InTable, Known, LackSign } from './no-value.tsx';

interface NameProps {
  readonly name: string | null | undefined;
  readonly why: WhyNull;
  /** With it, the name leads to all data about her, for those who registered her. */
  readonly id?: string;
}

/** The name of a person; of one whose name is withheld, who sends her. Ids of people are never shown. */
export const nameOrSender = (id: string, name: string | null): string =>
  name ?? `${nameOfPartner(ownerOf(id))} (${t('response.withheld')})`;

/** The name of a person, or why there is none. Ids of people are never shown. */
export function PersonName({ name, why, id }: NameProps) {
  const { role, organisation } = person.value ?? {};
  const isInTable = useContext(InTable);
  const word = t(`unnamed.${why}`);
  if (!name && isInTable) return <LackSign why={why} word={word} />;
  if (!name) return <span class="no-value">{word}</span>;
  if (id === undefined || role !== 'coordinator' || organisation !== ownerOf(id))
    return <>{name}</>;
  return <a href={personHref(id)}>{name}</a>;
}

interface PartyNameProps {
  /** Null if its owner did not respond. */
  readonly party: { readonly id: string; readonly name: string | null } | null;
}

/** The name of a unit, an office or an organisation; it leads to what is known of it, and how to reach it. */
export const PartyName = ({ party }: PartyNameProps) => (
  <Known
    value={party?.name && <a href={bodyHref(party.id)}>{party.name}</a>}
    why={party ? whyAbsent([ownerOf(party.id)]) : 'missing'}
  />
);
