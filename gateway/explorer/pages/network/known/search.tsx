import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { useTitle } from '../../../frame/title.ts';
import type { PageSearchQuery } from '../../../generated/graphql.ts';
import { ResponseNote } from '../../../parts/completeness.tsx';
import { say, useFormWords } from '../../../parts/form/form-words.ts';
import {
  bodyHref,
  directoryHref,
  eventHref,
  groupHref,
  personHref,
  programmeHref,
  regionHref,
  siteHref,
  sourceHref,
  statementHref,
  visitHref,
} from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { SearchForm } from '../../../parts/search-form.tsx';
import { countryOfReader, isStaff, person } from '../../../session/session.ts';
import { formatDate, formatNumber, t } from '../../../words/language.ts';
import { formatDays, joinNames, nameOfCountry, nameOfRegion } from '../../../words/names.ts';
import { searchQuery } from './search-query.ts';
import { lookFor, type Has } from './search-within.tsx';
import { sourcesQuery } from './source-query.ts';
import { listSources } from './stated.ts';

/** One result: its name, and what tells it from others of the same name. */
interface Hit {
  readonly href: string;
  readonly name: string;
  readonly hint?: string;
  readonly isRehearsal?: boolean;
}

interface Placed {
  readonly id: string;
  readonly name: string | null;
  readonly city: string | null;
  readonly country: string | null;
}

const placed =
  (hrefOf: (id: string) => string) =>
  ({ id, name, city, country }: Placed): Hit => ({
    href: hrefOf(id),
    name: name ?? t('response.missing'),
    hint: joinNames([city, country && nameOfCountry(country)].filter((part) => !!part) as string[]),
  });

const toPerson = (somebody: {
  readonly id: string;
  readonly name: string | null;
  readonly isRehearsal: boolean;
}): Hit => ({ ...somebody, href: personHref(somebody.id), name: somebody.name ?? '' });

/** How many more of a list there are than the graph gave. */
const countRest = (...lists: readonly (Connection | null | undefined)[]): number =>
  lists.reduce(
    (sum, list) => sum + (list?.totalCount ? list.totalCount - list.nodes.length : 0),
    0,
  );

interface Connection {
  readonly totalCount: number | null;
  readonly nodes: readonly unknown[];
}

/** What the graph cannot search by name is searched here, in as much as it gives. */
function listHits(
  data: PageSearchQuery,
  has: Has,
): (readonly [title: string, hits: Hit[], rest?: number])[] {
  const { offices, policeUnits, organisations, officers, experts, delegates } = data;
  const bodies = [...(offices ?? []), ...(policeUnits ?? []), ...(organisations?.nodes ?? [])];
  const people = [
    ...(officers?.nodes ?? []),
    ...(experts?.nodes ?? []),
    ...(delegates?.nodes ?? []),
  ];
  const regional = (data.regionalSites ?? []).filter(({ name, city }) => has(name, city));
  return [
    [say('list_bodies'), bodies.map(placed(bodyHref)), countRest(organisations)],
    [t('frame.people'), people.map(toPerson), countRest(officers, experts, delegates)],
    [
      t('start.groups'),
      (data.groups?.nodes ?? [])
        .filter(({ name }) => has(name))
        .map((group) => ({ ...group, href: groupHref(group.id) })),
      countRest(data.groups),
    ],
    [
      t('programme.visits'),
      (data.visits?.nodes ?? [])
        .filter(({ title }) => has(title))
        .map(({ id, title: name, startsOn, endsOn, isRehearsal }) => ({
          href: visitHref(id),
          name,
          hint: formatDays(startsOn, endsOn),
          isRehearsal,
        })),
      countRest(data.visits),
    ],
    [
      say('list_events'),
      (data.events?.nodes ?? []).map(({ id, title: name, startsOn, isRehearsal }) => ({
        href: eventHref(id),
        name,
        ...(startsOn !== null && { hint: formatDate(startsOn) }),
        isRehearsal,
      })),
      countRest(data.events),
    ],
    [say('list_sites'), [...(data.nationalSites ?? []), ...regional].map(placed(siteHref))],
    [
      say('list_regions'),
      (data.regions ?? [])
        .filter(({ name, variants }) => has(name, ...variants))
        .map((region) => ({ href: regionHref(region.code), name: nameOfRegion(region) })),
    ],
    [
      say('programmes'),
      (data.programmes ?? [])
        .filter(({ title }) => has(title))
        .map(({ id, title: name }) => ({ href: programmeHref(id), name })),
    ],
    [
      say('list_statements'),
      (data.statements?.nodes ?? []).map(({ id, text: name }) => ({
        href: statementHref(id),
        name,
      })),
      countRest(data.statements),
    ],
  ];
}

interface HitsProps {
  readonly title: string;
  readonly hits: readonly Hit[];
  /** How many more there are than were read. @default 0 */
  readonly rest?: number | undefined;
}

function Hits({ title, hits, rest = 0 }: HitsProps) {
  if (hits.length === 0 && rest === 0) return null;
  return (
    <section>
      <h2>
        {title} <span class="soft">{formatNumber(hits.length)}</span>
      </h2>
      <ul class="known hits">
        {hits.map(({ href, name, hint, isRehearsal = false }) => (
          <li key={`${href} ${name}`}>
            <a href={href}>{name}</a>
            <Rehearsal of={{ isRehearsal }} />
            {hint && <span class="soft"> {hint}</span>}
          </li>
        ))}
      </ul>
      {rest > 0 && <p>{t('table.rest', { rest: formatNumber(rest) })}</p>}
    </section>
  );
}

const toSourceHit = (url: string) => ({
  href: sourceHref(url),
  name: url.replace(/^https?:\/\//, ''),
});

function Results({ search }: { search: string }) {
  const country = countryOfReader();
  const { response, refetch } = useQuery(
    searchQuery,
    {
      search,
      country,
      officers: isStaff() && country !== null,
      delegates: isStaff() && person.value?.organisation === 'ncm',
    },
    true,
  );
  // Sources come by themselves: what states them is read from all partners.
  const { response: stated } = useQuery(sourcesQuery, {}, true);
  const has = lookFor(search);
  const groups = response?.data ? listHits(response.data, has) : [];
  const sources = stated?.data ? listSources(stated.data).filter((url) => has(url)) : [];
  const number = groups.reduce((sum, [, hits]) => sum + hits.length, sources.length);
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      <p role="status" class="soft">
        {response && stated && say('found', { number: formatNumber(number) })}
      </p>
      {response && stated && number === 0 && (
        <>
          <p>{say('nothingFound')}</p>
          <p>
            <a href={directoryHref('bodies')}>{say('title')}</a>
          </p>
        </>
      )}
      {groups.map(([title, hits, rest]) => (
        <Hits key={title} title={title} hits={hits} rest={rest} />
      ))}
      {stated ? <Hits title={say('list_sources')} hits={sources.map(toSourceHit)} /> : <Loading />}
    </>
  );
}

/** All that the reader may find by a text, by kind. */
export function Search() {
  const { query } = useLocation();
  const search = (query['q'] ?? '').trim().slice(0, 200);
  const areWordsHere = useFormWords();
  useTitle(search === '' ? t('frame.search') : search);
  if (!areWordsHere) return <Loading />;
  return (
    <>
      <h1>{search === '' ? t('frame.search') : t('frame.searchFor', { text: search })}</h1>
      {search === '' ? <SearchForm /> : <Results key={search} search={search} />}
    </>
  );
}
