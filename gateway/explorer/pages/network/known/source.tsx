import { Fragment } from 'preact';
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
import { orderByName } from '../../../words/names.ts';
import { nameOfSubject, SubjectLink } from './directory-views.tsx';
import { Lists } from './directory.tsx';
import { Found, SearchField, useSearchWithin } from './search-within.tsx';
import { sourcesQuery } from './source-query.ts';
import { kinds, listStated, type Stated } from './stated.ts';

const List = ({ rows }: { rows: readonly Stated[] }) => (
  <ul class="known hits">
    {rows.map(({ name, href, says }) => (
      <li key={`${href} ${name} ${says}`}>
        <a href={href}>{name}</a>
        {says && <span class="soft"> · {says}</span>}
      </li>
    ))}
  </ul>
);

/** How many statements a page shows without folding them. */
const most = 15;

interface BySubjectProps {
  readonly rows: readonly Stated[];
  /** Whether the reader looks for something: then she sees what was found. */
  readonly isSearched: boolean;
}

/** What is stated, by what it is about. Of a long list, the subjects are its table of contents. */
function BySubject({ rows, isSearched }: BySubjectProps) {
  const subjects = new Map<string, Stated[]>();
  for (const row of rows) {
    const id = row.subject?.id ?? '';
    const rowsOf = subjects.get(id);
    if (rowsOf) rowsOf.push(row);
    else subjects.set(id, [row]);
  }
  const isOpen = isSearched || rows.length <= most;
  return [...subjects].map(([id, [first, ...others]]) =>
    first ? (
      <details key={id} class="subject" open={isOpen}>
        <summary>
          {first.subject
            ? (nameOfSubject(first.subject) ?? t('response.missing'))
            : say('aboutField')}{' '}
          <span class="soft">{formatNumber(others.length + 1)}</span>
        </summary>
        {first.subject && (
          <p>
            {say('about')}: <SubjectLink subject={first.subject} />
          </p>
        )}
        <List rows={[first, ...others]} />
      </details>
    ) : null,
  );
}

interface SourceListProps {
  readonly stated: readonly Stated[];
}

function OneSource({ stated, url }: SourceListProps & { url: string }) {
  const { text, has } = useSearchWithin();
  const found = stated.filter((one) => has(one.name, one.says, nameOfSubject(one.subject ?? null)));
  const isSearched = text.value !== '';
  return (
    <>
      {stated.length > most && (
        <SearchField label={say('searchHere')} text={text} href={sourceHref(url)} />
      )}
      <Found number={found.length} />
      {kinds.map((kind) => {
        const ofKind = found.filter((one) => one.kind === kind);
        // Statements stand as their source has them.
        const rows = kind === 'list_statements' ? ofKind : orderByName(ofKind, ({ name }) => name);
        return (
          rows.length > 0 && (
            <section key={kind}>
              <h2>
                {say(kind)} <span class="soft">{formatNumber(rows.length)}</span>
              </h2>
              {kind === 'list_statements' ? (
                <BySubject rows={rows} isSearched={isSearched} />
              ) : (
                <List rows={rows} />
              )}
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

/** A part of a path that says nothing to a reader: a language, or a number of the website. */
const isMeaningless = (part: string): boolean => /^([a-z]{2}|(id)?\d{5,}|\w=.*)?$/i.test(part);

/** What a source is called in a list: the last words of its path, or its host. */
function titleOfSource(url: string): string {
  const [host = '', ...path] = nameOfSource(url).split(/[/?#]/);
  const words = path
    .map((part) =>
      part
        .replace(/\.[a-z]{3,5}$/, '')
        .replaceAll(/[-_+]|%20/g, ' ')
        .trim(),
    )
    .filter((part) => !isMeaningless(part))
    .slice(-2)
    .join(', ');
  return words === '' ? nameOfSource(url) : `${host}: ${words}`;
}

/** A part of an address. A line ends behind one rather than within it. */
const breakable = (part: string, index: number) => (
  <Fragment key={index}>
    {index > 0 && '/'}
    {index > 0 && <wbr />}
    {part}
  </Fragment>
);

function AllSources({ stated }: SourceListProps) {
  const { text, has } = useSearchWithin();
  const numbers = new Map<string, number>();
  for (const { source } of stated) numbers.set(source, (numbers.get(source) ?? 0) + 1);
  const rows = [...numbers].filter(([url]) => has(url));
  return (
    <>
      <Lists list="sources" />
      <SearchField label={say('searchHere')} text={text} href={sourceHref()} />
      <Found number={rows.length} />
      <LongTable
        caption={say('list_sources')}
        rows={rows}
        keyOf={([url]) => url}
        order={{ column: 1, direction: 'descending' }}
        columns={[
          {
            title: t('network.source'),
            of: ([url]) => (
              <a class="quiet-link" href={sourceHref(url)} title={nameOfSource(url)}>
                {titleOfSource(url)}
              </a>
            ),
            rank: ([url]) => titleOfSource(url),
          },
          {
            title: say('states'),
            of: ([, number]) => formatNumber(number),
            isNumber: true,
            rank: ([, number]) => number,
          },
        ]}
      />
    </>
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
      <h1 class="address">{url ? nameOfSource(url).split('/').map(breakable) : title}</h1>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {url && (
        <p>
          {say('readSource')}: <Source url={url} isOwnPage />
        </p>
      )}
      {isCut && <p class="note">{t('table.cut', { most: formatNumber(1000) })}</p>}
      {response && url && stated.length === 0 && isWhole && <p>{say('noStated')}</p>}
      {response &&
        (url ? (
          <OneSource key={url} stated={stated} url={url} />
        ) : (
          <AllSources key="all" stated={all} />
        ))}
    </>
  );
}
