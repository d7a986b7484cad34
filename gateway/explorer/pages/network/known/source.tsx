import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { useTitle } from '../../../frame/title.ts';
import { ResponseNote } from '../../../parts/completeness.tsx';
import { say, useFormWords } from '../../../parts/form/form-words.ts';
import { directoryHref, sourceHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { Source } from '../../../parts/source.tsx';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { formatNumber, t } from '../../../words/language.ts';
import { sourcesQuery } from './source-query.ts';
import { kinds, listStated, type Stated } from './stated.ts';

function OneSource({ stated }: { stated: readonly Stated[] }) {
  return (
    <>
      {kinds.map((kind) => {
        const rows = stated.filter((one) => one.kind === kind);
        return (
          rows.length > 0 && (
            <section key={kind}>
              <h2>{say(kind)}</h2>
              <ul class="known">
                {rows.map(({ name, href, says }) => (
                  <li key={`${href} ${name} ${says}`}>
                    <a href={href}>{name}</a>
                    {says && <p>{says}</p>}
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
    </>
  );
}

/** A page of the web by its host and path. */
const nameOfSource = (url: string): string =>
  url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');

function AllSources({ stated }: { stated: readonly Stated[] }) {
  const numbers = new Map<string, number>();
  for (const { source } of stated) numbers.set(source, (numbers.get(source) ?? 0) + 1);
  return (
    <LongTable
      caption={say('list_sources')}
      rows={[...numbers]}
      keyOf={([url]) => url}
      order={{ column: 1, direction: 'descending' }}
      columns={[
        {
          title: t('network.source'),
          of: ([url]) => <a href={sourceHref(url)}>{nameOfSource(url)}</a>,
          rank: ([url]) => nameOfSource(url),
        },
        {
          title: say('states'),
          of: ([, number]) => formatNumber(number),
          isNumber: true,
          rank: ([, number]) => number,
        },
      ]}
    />
  );
}

/** One source: all that it states, and what others say differently. Without an address: all sources. */
export function SourcePage() {
  const { query } = useLocation();
  const url = query['url'];
  const { response, refetch } = useQuery(sourcesQuery, {}, true);
  const areWordsHere = useFormWords();
  const title = areWordsHere ? (url ? nameOfSource(url) : say('list_sources')) : undefined;
  useTitle(title);
  if (!areWordsHere) return <Loading />;
  const all = response?.data ? listStated(response.data) : [];
  const stated = all.filter(({ source }) => source === url);
  const { organisations, events, statements } = response?.data ?? {};
  const isCut = [organisations, events, statements].some(
    (list) => list && list.totalCount > list.nodes.length,
  );
  const isWhole = response?.errors.length === 0 && response.awaited === undefined;
  return (
    <>
      <p class="way-up">
        <a href={url ? sourceHref() : directoryHref('bodies')}>
          {say(url ? 'list_sources' : 'title')}
        </a>
      </p>
      <h1 class="address">{title}</h1>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {url && (
        <p>
          {say('readSource')}: <Source url={url} isOwnPage />
        </p>
      )}
      {isCut && <p class="note">{t('table.cut', { most: formatNumber(1000) })}</p>}
      {response && url && stated.length === 0 && isWhole && <p>{say('noStated')}</p>}
      {response && (url ? <OneSource stated={stated} /> : <AllSources stated={all} />)}
    </>
  );
}
