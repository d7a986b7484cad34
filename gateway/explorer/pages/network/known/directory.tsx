import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { listPolices, settings } from '../../../frame/settings.ts';
import { useTitle } from '../../../frame/title.ts';
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

/** Scrolls the row of tabs, and nothing else, to the chosen one. */
const bringIntoSight = (tab: HTMLElement | null) => {
  const row = tab?.closest('ul');
  if (tab && row)
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
};

/** The lists of the directory: the one that is shown is in sight, also on a phone. */
export const Lists = ({ list }: { list: List | 'sources' }) => (
  <nav aria-label={say('lists')}>
    <ul class="doings">
      {directoryLists.map((one) => (
        <li key={one}>
          <a
            href={directoryHref(one)}
            aria-current={one === list ? 'page' : undefined}
            ref={one === list ? bringIntoSight : undefined}
          >
            {say(`list_${one}`)}
          </a>
        </li>
      ))}
      <li>
        <a
          href={sourceHref()}
          aria-current={list === 'sources' ? 'page' : undefined}
          ref={list === 'sources' ? bringIntoSight : undefined}
        >
          {say('list_sources')}
        </a>
      </li>
    </ul>
  </nav>
);

const bodyKinds = ['Organisation', 'Office', 'PoliceUnit'] as const;

/** What the network knows, list by list, with the ways to add to it. */
export function Directory() {
  const { query, route } = useLocation();
  const list = directoryLists.find((one) => one === query['list']) ?? 'bodies';
  const { text, has } = useSearchWithin();
  const only = Object.fromEntries(directoryLists.map((one) => [one, one === list]));
  const { response, refetch } = useQuery(directoryQuery, only as Record<List, boolean>, true);
  const areWordsHere = useFormWords();
  const areKindsHere = useKinds();
  const title = areWordsHere ? say('title') : undefined;
  useTitle(title);
  if (!areWordsHere || !areKindsHere) return <Loading />;
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
      <div class="picks">
        <SearchField label={say('search')} text={text} href={withKind(kind)} />
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
