import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { useQuery } from '../../../client/use-query.ts';
import { listPolices, settings } from '../../../frame/settings.ts';
import { useTitle } from '../../../frame/title.ts';
import type { PageDirectoryQuery } from '../../../generated/graphql.ts';
import { Choice } from '../../../parts/choice.tsx';
import { ResponseNote } from '../../../parts/completeness.tsx';
import { say, titleOf, useFormWords } from '../../../parts/form/form-words.ts';
import { directoryHref, directoryLists, sourceHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { Outcome } from '../../../parts/outcome.tsx';
import { FormLinks } from '../../../parts/planning-links.tsx';
import { t } from '../../../words/language.ts';
import { kindWords, useKinds } from '../views/names.ts';
import { directoryQuery } from './directory-query.ts';
import { views } from './directory-views.tsx';
import { SearchField, useSearchWithin, withSearch } from './search-within.tsx';

type List = (typeof directoryLists)[number];

/** The forms that add to a list, each with those who may use it. */
function listForms(list: List) {
  const polices = listPolices();
  const everybody = settings.value.partners.map(({ code }) => code);
  const all = {
    bodies: [
      ['registerOffice', 'registerOffice', ['ncm']],
      ['registerPoliceUnit', 'registerPoliceUnit', polices],
      ['registerOrganisation', 'registerOrganisation', ['nbnp']],
    ],
    sites: [
      ['registerNationalSite', 'registerSite', polices],
      ['registerRegionalSite', 'registerSite', ['ncm']],
    ],
    events: [['recordEvent', 'recordEvent', everybody]],
    statements: [['recordFieldStatement', 'recordStatement', ['nbnp']]],
    regions: [],
    members: [],
  } as const;
  return all[list];
}

/** The lists of the directory. All are in sight, also on a phone. */
export const Lists = ({ list }: { list: List | 'sources' }) => (
  <nav aria-label={say('lists')}>
    <ul class="doings">
      {directoryLists.map((one) => (
        <li key={one}>
          <a href={directoryHref(one)} aria-current={one === list ? 'page' : undefined}>
            {say(`list_${one}`)}
          </a>
        </li>
      ))}
      <li>
        <a href={sourceHref()} aria-current={list === 'sources' ? 'page' : undefined}>
          {say('list_sources')}
        </a>
      </li>
    </ul>
  </nav>
);

/** A list of no more rows than this is read faster than searched. */
const mostRead = 15;
/** They are as long as the network has countries and regions: short until they are read, too. */
const short: readonly List[] = ['regions', 'members'];

/** How many rows a list has. Undefined until it is read. */
function countRows(list: List, data: PageDirectoryQuery | null | undefined): number | undefined {
  if (list === 'regions') return data?.regions?.length;
  if (list === 'members') return data?.network?.members.length;
  return undefined;
}

const bodyKinds = ['Organisation', 'Office', 'PoliceUnit'] as const;

/** What the network knows, list by list, with the ways to add to it. */
export function Directory() {
  const { query, route } = useLocation();
  const asked = query['list'];
  // Sources are a list of their own page.
  const isElsewhere = asked === 'sources';
  useEffect(() => {
    if (isElsewhere) route(sourceHref(), true);
  }, [isElsewhere]);
  const list = directoryLists.find((one) => one === asked) ?? 'bodies';
  const { text, has } = useSearchWithin();
  const only = Object.fromEntries(directoryLists.map((one) => [one, one === list]));
  const { response, refetch } = useQuery(directoryQuery, only as Record<List, boolean>, true);
  const areWordsHere = useFormWords();
  const areKindsHere = useKinds();
  const title = areWordsHere ? say('title') : undefined;
  useTitle(title);
  if (!areWordsHere || !areKindsHere || isElsewhere) return <Loading />;
  const isSearchable =
    text.value !== '' ||
    (countRows(list, response?.data) ?? (short.includes(list) ? 0 : Infinity)) > mostRead;
  const View = views[list];
  const kind = list === 'bodies' ? (bodyKinds.find((one) => one === query['kind']) ?? '') : '';
  const withKind = (chosen: string) => `${directoryHref(list)}${chosen && `&kind=${chosen}`}`;
  return (
    <>
      <p class="way-up">
        <a href="/network">{t('frame.network')}</a>
      </p>
      <h1>{title}</h1>
      <p class="lead">{say('lead')}</p>
      <Outcome />
      <Lists list={list} />
      {asked !== undefined && asked !== list && <p class="note">{say('noSuchList')}</p>}
      <div class="picks">
        {isSearchable && <SearchField label={say('search')} text={text} href={withKind(kind)} />}
        {list === 'bodies' && (
          <Choice
            label={t('network.kind')}
            value={kind}
            none={t('network.all')}
            options={bodyKinds.map((one) => [one, t(kindWords[one])])}
            choose={(chosen) => route(withSearch(withKind(chosen), text.value), true)}
          />
        )}
      </div>
      <h2>{say(`list_${list}`)}</h2>
      {listForms(list).map(([form, words, by]) => (
        <FormLinks key={form} by={by} forms={[[form, titleOf(words)]]} />
      ))}
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response?.data && <View data={response.data} has={has} kind={kind} />}
    </>
  );
}
