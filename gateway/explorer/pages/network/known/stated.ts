import type { PageSourcesQuery, PageSubjectFragment } from '../../../generated/graphql.ts';
import { labelOf, nameOfValue, say } from '../../../parts/form/form-words.ts';
import {
  bodyHref,
  directoryHref,
  eventHref,
  programmeHref,
  regionHref,
  siteHref,
  statementHref,
} from '../../../parts/links.ts';
import { t } from '../../../words/language.ts';
import { nameOfCountry, nameOfRegion } from '../../../words/names.ts';
import { bodyOfFacts, sayClaimed } from './sources.tsx';

/** The kinds of what a source can state, in the order of its page. */
export const kinds = [
  'list_bodies',
  'list_sites',
  'list_events',
  'list_statements',
  'list_regions',
  'list_members',
  'programmes',
  'claims',
] as const;

/** What a source states: about what, and where that stands. */
export interface Stated {
  readonly source: string;
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  readonly href: string;
  /** What it says of it where other sources say something else; of a statement, its kind. */
  readonly says?: string;
  /** What a statement is about. Null: about the field as a whole. */
  readonly subject?: PageSubjectFragment['subject'];
}

/** Where sources contradict each other. A reader never sees the id of another record. */
function listClaims({ claims, organisations }: PageSourcesQuery): Stated[] {
  const nameOf = (property: string, value: string) =>
    (property === 'parent' &&
      organisations?.nodes.find(({ id }) => id === bodyOfFacts(value))?.name) ||
    sayClaimed(value);
  return (claims ?? []).flatMap(({ property, party, event, claims: all }) => {
    const name = party?.name ?? event?.title;
    const href = party ? bodyHref(party.id) : event && eventHref(event.id);
    if (name == null || href == null || property === 'mergedInto') return [];
    return all.flatMap(({ source, value, preferred }) => {
      if (source === null) return [];
      const used = preferred ? ` (${say('used')})` : '';
      const says = `${labelOf(property, 'ChangeOrganisationInput')}: ${nameOf(property, value)}${used}`;
      return [{ source, kind: 'claims' as const, name, href, says }];
    });
  });
}

function listEvents({ events }: PageSourcesQuery): Stated[] {
  return (events?.nodes ?? []).flatMap(({ id, title: name, source, links, roles, outcomes }) => {
    const urls = [source, ...links.map(({ url }) => url)];
    for (const one of [...roles, ...outcomes]) urls.push(one.source);
    return [...new Set(urls)].flatMap((url) =>
      url === null
        ? []
        : [{ source: url, kind: 'list_events' as const, name, href: eventHref(id) }],
    );
  });
}

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly source: string | null;
}

const listRows = (
  kind: Stated['kind'],
  rows: readonly Row[] | null | undefined,
  hrefOf: (id: string) => string,
): Stated[] =>
  (rows ?? []).flatMap(({ id, name, source }) =>
    source === null
      ? []
      : [{ source, kind, name: name ?? t('response.missing'), href: hrefOf(id) }],
  );

/** All that has a source, with the place where it stands. */
export function listStated(data: PageSourcesQuery): Stated[] {
  const { offices, policeUnits, organisations, nationalSites, regionalSites } = data;
  const linked = (organisations?.nodes ?? []).flatMap(({ id, name, links }) =>
    links.map(({ url: source }) => ({ id, name, source })),
  );
  const bodies = [...(offices ?? []), ...(policeUnits ?? []), ...(organisations?.nodes ?? [])];
  const known = new Map(
    [...bodies, ...linked].map((row) => [JSON.stringify([row.id, row.source]), row]),
  );
  const covered = (offices ?? []).flatMap(({ coverages }) =>
    coverages.map(({ source, region }) => ({
      id: region.code,
      name: nameOfRegion(region),
      source,
    })),
  );
  const members = (data.network?.members ?? []).map(({ country, source }) => ({
    id: country,
    name: nameOfCountry(country),
    source,
  }));
  const statements = (data.statements?.nodes ?? []).map(
    ({ id, text: name, kind, source, subject }): Stated => ({
      source,
      kind: 'list_statements',
      name,
      href: statementHref(id),
      says: nameOfValue('StatementKind', kind),
      subject,
    }),
  );
  const programmes = (data.programmes ?? []).map(({ title, ...row }) => ({ ...row, name: title }));
  return [
    ...listRows('list_bodies', [...known.values()], bodyHref),
    ...listRows('list_sites', [...(nationalSites ?? []), ...(regionalSites ?? [])], siteHref),
    ...listEvents(data),
    ...statements,
    ...listRows('list_regions', covered, regionHref),
    ...listRows('list_members', members, () => directoryHref('members')),
    ...listRows('programmes', programmes, programmeHref),
    ...listClaims(data),
  ];
}

/** The addresses of all sources, each once. */
export const listSources = (data: PageSourcesQuery): readonly string[] =>
  [...new Set(listStated(data).map(({ source }) => source))].toSorted();
