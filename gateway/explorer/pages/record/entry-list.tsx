import { useSignal } from '@preact/signals';
import { ResponseNote } from '../../parts/completeness.tsx';
import { saveText } from '../../parts/files/save-file.ts';
import { Loading } from '../../parts/loading.tsx';
import { say } from '../../parts/record-words.ts';
import { writeCsvFile } from '../../parts/table/csv.ts';
import { Table } from '../../parts/table/table.tsx';
import { dayOf, today } from '../../parts/today.ts';
import { formatClock, formatNumber, formatTime, t } from '../../words/language.ts';
import { formatWeekday } from '../../words/names.ts';
import type { columns, Entry } from './entries.ts';
import { kinds, nameOfRole } from './filter.tsx';
import { Prove, type Proven } from './prove.tsx';
import type { ReadAll } from './read-each.tsx';

/** What one organisation has responded, as lines. */
export interface Page {
  readonly entries: readonly Entry[];
  /** Whether it has earlier lines, which were not read. */
  readonly hasMore: boolean;
}

interface EntryListProps {
  readonly part: keyof typeof columns;
  readonly all: ReadAll<unknown>;
  readonly pages: readonly Page[];
  /** How many lines were read of each. */
  readonly first: number;
  /** Reads more of them. Undefined if that is the most. */
  readonly readMore: (() => void) | undefined;
  /** Whether the filter wants it, whatever its kind. */
  readonly isWanted: (entry: Entry) => boolean;
  /** The kind that is wanted. @default all */
  readonly kind: string;
  readonly hrefOfKind: (kind: string) => string;
  /** The address of what servers read. Undefined if the filter asks for one role. */
  readonly hrefOfServers: string | undefined;
  /** The address of entries up to this instant. */
  readonly hrefOfOlder: (until: string) => string;
  readonly heads: readonly string[];
  /** Asks for all of it once more, with proof. */
  readonly prove: () => Promise<Proven>;
}

/** How many lines are shown at first, and more on demand. */
const step = 25;

/** Lines that are older than what was not read of somebody would have gaps between them. */
function mergePages(pages: readonly Page[]): Entry[] {
  const horizons = pages.flatMap(({ entries, hasMore }) =>
    hasMore ? (entries.at(-1)?.at ?? []) : [],
  );
  const horizon = horizons.toSorted().at(-1) ?? '';
  return pages
    .flatMap(({ entries }) => entries)
    .filter(({ at }) => at >= horizon)
    .toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}

/** What an auditor looks at first: how much of each kind there is. */
function StandsOut({ part, of, hrefOf }: StandsOutProps) {
  const found = kinds[part].flatMap((kind) => {
    const number = of.filter((entry) => entry.kinds.includes(kind)).length;
    return number > 0 ? [{ kind, number }] : [];
  });
  if (found.length === 0) return null;
  return (
    <p>
      <strong>{say('standsOut')}:</strong>{' '}
      {found.map(({ kind, number }, index) => (
        <>
          {index > 0 && ' · '}
          <a href={hrefOf(kind)}>
            {say(`kind_${kind}`)}: {formatNumber(number)}
          </a>
        </>
      ))}
    </p>
  );
}

interface StandsOutProps {
  readonly part: keyof typeof kinds;
  readonly of: readonly Entry[];
  readonly hrefOf: (kind: string) => string;
}

/** What one reader did within a minute for one reason, as one line. */
interface Line extends Pick<Entry, 'at' | 'who' | 'role' | 'reason'> {
  readonly entries: readonly Entry[];
}

const whoOf = ({ who, role }: Pick<Entry, 'who' | 'role'>) => (
  <>
    {who}
    {role !== undefined && <span class="soft"> ({nameOfRole(role)})</span>}
  </>
);

const whatOf = (
  { deed, what, many, owner, records = 1, kinds: own, link }: Entry,
  isOfOne: boolean,
) => (
  <>
    {own.includes('refused') && <strong>⚠ {say('refused')}: </strong>}
    {deed !== undefined && `${deed} `}
    {owner === undefined || isOfOne ? (records > 1 && many) || what : say('owned', { what, owner })}
    {records > 1 && <span class="soft"> × {formatNumber(records)}</span>}
    {link && (
      <>
        {' '}
        <a href={link.href}>{link.text}</a>
      </>
    )}
  </>
);

const reasonWord = (part: keyof typeof kinds) => say(part === 'readings' ? 'purpose' : 'reason');

/** Whether all lines have the same owner or reason, which is then said once. */
const isShared = (shown: readonly Entry[], key: 'owner' | 'reason'): boolean =>
  shown.every((entry) => entry[key] === shown[0]?.[key]);

/** The columns of the page. What all lines lack or share has no column. */
function columnsOf(part: keyof typeof kinds, shown: readonly Entry[]) {
  const isOfOne = isShared(shown, 'owner');
  return [
    { title: say('when'), of: ({ at }: Line) => <time dateTime={at}>{formatClock(at)}</time> },
    { title: say('by'), of: whoOf },
    {
      title: say('what'),
      of: ({ entries }: Line) => (
        <ul class="parties">
          {joinSame(entries).map((entry) => (
            <li key={entry.id}>{whatOf(entry, isOfOne)}</li>
          ))}
        </ul>
      ),
    },
    ...(isShared(shown, 'reason')
      ? []
      : [
          {
            title: reasonWord(part),
            of: ({ reason }: Line) => reason ?? <span class="soft">{say('noneStated')}</span>,
          },
        ]),
  ];
}

/** What is told in the same words is told once, with how many records it was. */
function joinSame(entries: readonly Entry[]): readonly Entry[] {
  const told = new Map<string, Entry>();
  for (const entry of entries) {
    const { kinds: own, deed, what, owner, link, records = 1 } = entry;
    const words = JSON.stringify([own.includes('refused'), deed, what, owner, link?.href]);
    const before = told.get(words);
    told.set(words, { ...entry, records: records + (before?.records ?? 0) });
  }
  return [...told.values()];
}

/** What is the same for all that one line tells. */
const alike = ({ at, who, role, reason }: Line): string =>
  JSON.stringify([formatClock(at), who, role, reason]);

/** The lines of each day of the reader, so that a line has its hour alone. */
function groupByDay(shown: readonly Entry[]): readonly (readonly [string, readonly Line[]])[] {
  const days = new Map<string, (Line & { entries: Entry[] })[]>();
  for (const entry of shown) {
    const day = dayOf(new Date(entry.at));
    const lines = days.get(day) ?? [];
    const line = { ...entry, entries: [entry] };
    const last = lines.at(-1);
    if (last && alike(last) === alike(line)) last.entries.push(entry);
    else lines.push(line);
    days.set(day, lines);
  }
  return [...days];
}

interface DaysProps {
  readonly part: keyof typeof kinds;
  readonly shown: readonly Entry[];
}

function Days({ part, shown }: DaysProps) {
  const columns = columnsOf(part, shown);
  return groupByDay(shown).map(([day, lines]) => (
    <section key={day} class="record-day">
      <h3>{formatWeekday(day)}</h3>
      <Table
        caption={`${say(part)}, ${formatWeekday(day)}`}
        rows={lines}
        keyOf={({ entries }) => entries[0]?.id ?? ''}
        columns={columns}
        isDense
      />
    </section>
  ));
}

/** Lines of the record day by day, the newest first. */
export function EntryList(props: EntryListProps) {
  const { part, all, pages, first, readMore, isWanted, kind, heads, prove } = props;
  const most = useSignal(step);
  const merged = mergePages(pages);
  const wanted = merged.filter(isWanted);
  const isOfKind = ({ kinds: own }: Entry) => kind === '' || own.includes(kind);
  // Servers read for each other all day. What people read is found among it only without them.
  const asked = props.hrefOfServers ? wanted.filter(({ role }) => role !== 'service') : wanted;
  const found = asked.filter(isOfKind);
  const saved = wanted.filter(isOfKind);
  const folded = saved.length - found.length;
  const shown = found.slice(0, most.value);
  const [newest] = shown;
  const owner = isShared(shown, 'owner') ? newest?.owner : undefined;
  const hasMore = pages.some((page) => page.hasMore);
  const oldest = merged.at(-1)?.at;
  const isAllShown = shown.length === found.length;
  const showMore = () => {
    most.value += step;
    if (isAllShown) readMore?.();
  };
  const save = () =>
    saveText(
      `${part}-${today()}.csv`,
      'text/csv',
      writeCsvFile([
        heads,
        ...saved.map(({ cells }) => cells),
        ...(hasMore ? [[say('notAll', { number: formatNumber(first) })]] : []),
      ]),
    );
  return (
    <>
      <ResponseNote response={all.response} refetch={all.refetch} />
      {all.isLoading && <Loading />}
      {!all.isLoading && found.length === 0 && (
        <p>{hasMore ? say('noneYet') : t('response.nothing')}</p>
      )}
      <StandsOut part={part} of={asked} hrefOf={props.hrefOfKind} />
      <p role="status" class="soft">
        {say('shown', { number: formatNumber(shown.length) })}
        {owner !== undefined && ` · ${say('owner')}: ${owner}`}
        {newest &&
          isShared(shown, 'reason') &&
          ` · ${reasonWord(part)}: ${newest.reason ?? say('noneStated')}`}
      </p>
      {folded > 0 && (
        <p>
          <a href={props.hrefOfServers}>{say('byServers', { number: formatNumber(folded) })}</a>
        </p>
      )}
      <Days part={part} shown={shown} />
      {(!isAllShown || (hasMore && readMore)) && (
        <button type="button" class="quiet" onClick={showMore}>
          {say('earlier')}
        </button>
      )}
      {isAllShown && hasMore && !readMore && oldest && (
        <p>
          <a href={props.hrefOfOlder(oldest)}>{say('older', { time: formatTime(oldest) })}</a>
        </p>
      )}
      <div class="files">
        <button type="button" class="quiet" disabled={saved.length === 0} onClick={save}>
          {say('saveTable')}
        </button>
        <Prove key={heads.join()} prove={prove} part={part} />
      </div>
    </>
  );
}
