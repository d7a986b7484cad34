import { ownerOf } from '../../client/why-null.ts';
import type { PageFormChoicesQuery } from '../../generated/graphql.ts';
import { hostCountries as hostOptions, toCountries } from '../../parts/form/country-options.ts';
import type { Option } from '../../parts/form/input-field.ts';
import { countryOfReader } from '../../session/session.ts';
import { formatDate, t } from '../../words/language.ts';
import {
  formatDays,
  joinNames,
  nameOfCountry,
  nameOfLanguage,
  nameOfRegion,
  nameOfSide,
} from '../../words/names.ts';
import type { Choose } from './form-row.ts';
import { listGone } from './gone.ts';
import type { Subject } from './subject-query.ts';

/** Records of a list, with what tells two of the same name apart. */
const optionsOf = <Row extends { readonly id: string }>(
  rows: readonly Row[] | null | undefined,
  name: (row: Row) => string | null,
  hint: (row: Row) => string | null | undefined,
): Option[] =>
  (rows ?? [])
    .flatMap((row) => {
      const label = name(row);
      return label === null ? [] : [{ value: row.id, label, hint: hint(row) ?? undefined }];
    })
    .toSorted((one, other) => one.label.localeCompare(other.label));

const countryOf = ({ country }: { readonly country: string | null }): string | null =>
  country && nameOfCountry(country);

/** The sides of the programme. */
export const sides: Choose = ({ programme }) =>
  (programme?.sides ?? []).map((side) => ({ value: side.id, label: nameOfSide(side) }));

/** The sides but the one that its members come from. */
export const otherSides: Choose = (subject, lists, chosen) =>
  sides(subject, lists)?.filter(({ value }) => value !== chosen);

/** Where the group of a new visit, or of a visit, may be hosted. */
export const hostCountries: Choose = ({ group, visit }) =>
  hostOptions(group?.to, visit?.group.to, visit?.group.from);

/** The countries that host the visit of a stop. */
export const countriesOfVisit: Choose = ({ visit }) => toCountries(visit?.hostCountries ?? []);

/** Institutions of the countries that host. */
export const sites: Choose = ({ visit, itineraryStop }, { nationalSites, regionalSites }) => {
  const hosts = itineraryStop ? [itineraryStop.hostCountry] : (visit?.hostCountries ?? []);
  return optionsOf(
    [...(nationalSites ?? []), ...(regionalSites ?? [])].filter(
      ({ country }) => country !== null && hosts.includes(country),
    ),
    ({ name }) => name,
    ({ city }) => city,
  );
};

/** Offices, units of the police forces and other bodies. */
export const parties = (subject: Subject, lists: PageFormChoicesQuery, chosen?: unknown) => [
  ...offices(subject, lists, chosen),
  ...optionsOf(lists.policeUnits, ({ name }) => name, countryOf),
  ...optionsOf(lists.organisations?.nodes, ({ name }) => name, countryOf),
];

/**
 * Open offices. Those that were made for rehearsals are for rehearsals alone.
 * @param chosen whether the programme that is planned becomes a rehearsal
 */
export const offices = (
  { programme, group }: Subject,
  lists: PageFormChoicesQuery,
  chosen: unknown = (programme ?? group)?.isRehearsal,
) =>
  optionsOf(
    lists.offices?.filter(
      ({ closedOn, isRehearsal }) => closedOn === null && (!isRehearsal || chosen === true),
    ),
    ({ name }) => name,
    ({ city }) => city,
  );

/** For a group of a programme whose sides do not say who co-ordinates them: the open offices in Russia. */
export const coordinators: Choose = (subject, lists) =>
  [...(subject.programme?.sides ?? []), ...(subject.group ? [subject.group.from] : [])].some(
    (side) => side.coordinators === null,
  )
    ? offices(subject, {
        ...lists,
        offices: lists.offices?.filter(({ country }) => country === 'RU') ?? null,
      })
    : [];

/** The units of the reader’s own police force. */
export const ownUnits: Choose = (_, lists) =>
  optionsOf(
    lists.ownUnits,
    ({ name }) => name,
    ({ city }) => city,
  );

export const regions: Choose = (_, lists) =>
  (lists.regions ?? []).map((region) => ({ value: region.code, label: nameOfRegion(region) }));

export const groups: Choose = (_, lists) =>
  optionsOf(
    lists.groups?.nodes.filter(({ cancelledOn }) => cancelledOn === null),
    ({ name }) => name,
    () => null,
  );

export const programmes: Choose = (_, lists) =>
  optionsOf(
    lists.programmes,
    ({ title }) => title,
    () => null,
  );

/** Experts of all police forces, with what they can do there. */
export const experts: Choose = (_, lists) =>
  optionsOf(
    lists.experts?.nodes,
    ({ name }) => name,
    ({ country, roles, languages }) =>
      joinNames([
        ...(country === null ? [] : [nameOfCountry(country)]),
        ...(roles ?? []).map((role) => t(`supportRoles.${role}`)),
        ...(languages ?? []).map(nameOfLanguage),
      ]),
  );

/** The roles that the chosen expert offers. */
export const rolesOf: Choose = (_, lists, chosen) =>
  lists.experts?.nodes
    .find(({ id }) => id === chosen)
    ?.roles?.map((role) => ({ value: role, label: t(`supportRoles.${role}`) }));

/** Officers or delegates whom the programme may use, and whom nobody proposes for the group now. */
export const candidates: Choose = ({ group }, { officers, delegates }) => {
  const proposed = [
    ...(group?.officerNominations ?? [])
      .filter(({ withdrawnOn }) => withdrawnOn === null)
      .map(({ officer }) => officer.id),
    ...(group?.delegateNominations ?? [])
      .filter(({ status }) => status === 'PENDING' || status === 'SELECTED')
      .map(({ delegate }) => delegate.id),
  ];
  return optionsOf(
    [...(officers?.nodes ?? []), ...(delegates?.nodes ?? [])].filter(
      ({ id, isRehearsal, targetGroup }) =>
        isRehearsal === group?.isRehearsal &&
        targetGroup !== null &&
        group.programme.targetGroups.includes(targetGroup) &&
        !proposed.includes(id),
    ),
    ({ name }) => name,
    (one) => ('unit' in one ? one.unit?.name : one.employer),
  );
};

/** Those of the group whose place is free, with what became of their nominations. */
export const gone: Choose = ({ group }) =>
  (group ? listGone(group) : []).map(({ id, name, status }) => ({
    value: id,
    label: name ?? t('unnamed.withheld'),
    hint: status === 'SELECTED' ? undefined : t(`nominationStates.${status}`),
  }));

/** The local authorities that select for the group. */
export const authorities: Choose = ({ group }) =>
  optionsOf(
    group?.from.selectors?.flatMap((party) =>
      party && ownerOf(party.id) === 'nbnp' ? [party] : [],
    ),
    ({ name }) => name,
    () => null,
  );

/** The members of the group. */
export const members: Choose = (_, { group }) =>
  optionsOf(
    group?.members?.flatMap((member) => member ?? []),
    ({ name }) => name,
    () => null,
  );

/** The visits of the group that were not cancelled. */
export const visitsOfGroup: Choose = (_, { group }) =>
  optionsOf(
    group?.visits?.filter(({ cancelledOn }) => cancelledOn === null),
    ({ title }) => title,
    ({ startsOn, endsOn }) => formatDays(startsOn, endsOn),
  );

/** The country of what the form is about, else that of the reader’s own police force. */
const countryOfSubject = ({ party, site, membership }: Subject): string | undefined =>
  party?.country ?? site?.country ?? membership?.country ?? countryOfReader() ?? undefined;

/** Units of the same police force, but for the unit itself. */
export const units: Choose = (subject, { policeUnits }) =>
  optionsOf(
    policeUnits?.filter(
      ({ id, country }) => country === countryOfSubject(subject) && id !== subject.party?.id,
    ),
    ({ name }) => name,
    () => null,
  );

export const organisations: Choose = ({ party }, lists) =>
  optionsOf(
    lists.organisations?.nodes.filter(({ id }) => id !== party?.id),
    ({ name }) => name,
    countryOf,
  );

/** Offices, also closed ones, but for the office itself. */
export const otherOffices: Choose = ({ party }, lists) =>
  optionsOf(
    lists.offices?.filter(({ id }) => id !== party?.id),
    ({ name }) => name,
    ({ city }) => city,
  );

/** All other bodies, of any owner. */
export const otherParties: Choose = (subject, lists) =>
  parties(subject, lists).filter(({ value }) => value !== subject.party?.id);

/** Other institutions of the same country. */
export const otherSites: Choose = ({ site }, { nationalSites, regionalSites }) =>
  optionsOf(
    [...(nationalSites ?? []), ...(regionalSites ?? [])].filter(
      ({ id, country }) => id !== site?.id && country === site?.country,
    ),
    ({ name }) => name,
    ({ city }) => city,
  );

/** Events, but for the event itself. */
export const events: Choose = ({ event }, lists) =>
  optionsOf(
    lists.events?.nodes.filter(({ id }) => id !== event?.id),
    ({ title }) => title,
    ({ startsOn }) => startsOn && formatDate(startsOn),
  );

/** The version of a record that was chosen from the lists. */
export const versionOf = (id: unknown, lists: PageFormChoicesQuery): number | null | undefined =>
  [
    ...(lists.offices ?? []),
    ...(lists.policeUnits ?? []),
    ...(lists.organisations?.nodes ?? []),
    ...(lists.nationalSites ?? []),
    ...(lists.regionalSites ?? []),
  ].find((record) => record.id === id)?.version;
