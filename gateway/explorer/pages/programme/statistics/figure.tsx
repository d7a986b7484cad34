import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import type { GraphError } from '../../../client/send-operation.ts';
import type { WhyNull } from '../../../client/why-null.ts';
import { savePicture, writePicture } from '../../../parts/files/save-picture.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { describeCount, type Count } from './counts.ts';
import { RangePlot } from './range-plot.tsx';
import type { StatisticsData } from './statistics-query.ts';
import { YearPlot } from './year-plot.tsx';

/** A row of a figure: what it counts, and its counts in the order of the measures. */
export interface FigureRow {
  readonly key: string;
  readonly label: string;
  /** Undefined where the partner that counts is unavailable. */
  readonly counts: readonly (Count | undefined)[];
  /** Why it has no counts. @default that of all rows */
  readonly why?: WhyNull;
}

export type View = 'chart' | 'table';

/** What each figure of the page gets. */
export interface PartProps {
  readonly data: StatisticsData;
  readonly errors: readonly GraphError[];
  readonly view: View;
}

interface Props {
  /** What the address calls its measure. */
  readonly name: string;
  readonly title: string;
  /** What the numbers say, in a sentence. */
  readonly finding: string;
  /** What the rows are: `Sector`. */
  readonly rowTitle: string;
  /** The names of the counts, in the order of `counts`. */
  readonly measures: readonly string[];
  readonly rows: readonly FigureRow[];
  /** Whether each row is a year, in order. @default the largest count stands first in the chart */
  readonly isByYear?: boolean;
  /** Why a count is missing. */
  readonly why: WhyNull;
  /** Who counts. */
  readonly source: string;
  readonly view: View;
  /** What chooses the rows. */
  readonly choice?: ComponentChildren;
}

/** What the reader chose of a figure. It is in the address, so that it can be shared. */
export function useChosen(name: string) {
  const { query, path, route } = useLocation();
  const choose = (value: string) => {
    // What was chosen since the page was drawn is in the address alone.
    const all = new URLSearchParams(location.search);
    all.set(name, value);
    route(`${path}?${all}`, true);
  };
  return { wanted: query[name], choose };
}

/** Whether a chart tells more than its finding: not if all is nothing, or all is withheld alike. */
function isTelling(counts: readonly (Count | undefined)[]): boolean {
  // Who is unavailable makes no difference that a chart can show.
  const known = counts.filter((count) => count !== undefined);
  return (
    known.some(({ atLeast, value }) => atLeast > 0 || value === null) &&
    new Set(known.map((count) => JSON.stringify(count))).size > 1
  );
}

const sizeOf = (count: Count | undefined): number => count?.atLeast ?? -1;

/** A finding, and its chart or its table: the numbers are the same. */
export function Figure(props: Props) {
  const { name, title, finding, choice, rowTitle, measures, rows, isByYear, why, source, view } =
    props;
  const countsOf = (index: number) => rows.map(({ counts }) => counts[index]);
  const telling = measures.findIndex((_, index) => isTelling(countsOf(index)));
  const { wanted, choose } = useChosen(name);
  const isKnown = wanted !== undefined && Number(wanted) in measures;
  const chosen = isKnown ? Number(wanted) : Math.max(0, telling);
  const chart = useRef<HTMLDivElement>(null);
  const measure = measures[chosen] ?? '';
  const countOf = ({ counts }: FigureRow) => counts[chosen];
  const plotted = rows.toSorted((one, other) => sizeOf(countOf(other)) - sizeOf(countOf(one)));
  const plotTitle = t('statistics.plotOf', { title: `${title}, ${measure}` });
  const origin = t('statistics.source', {
    source,
    date: formatDate(new Date().toISOString().slice(0, 10)),
  });
  const save = (format: 'svg' | 'png') => {
    const svg = chart.current?.querySelector('svg');
    const heading = measures.length > 1 ? `${title}: ${measure}` : title;
    const texts = { title: heading, finding, notes: [origin, location.href] };
    if (svg) void savePicture('chart', format, writePicture(svg, texts));
  };
  return (
    <section class="figure">
      <h2>{title}</h2>
      <p class="finding">{finding}</p>
      {choice}
      {view === 'table' && (
        <Table
          caption={title}
          rows={rows}
          keyOf={({ key }) => key}
          columns={[
            { title: rowTitle, of: ({ label }) => label },
            ...measures.map((name, index) => ({
              title: name,
              isNumber: true,
              of: ({ counts, why: ofRow = why }: FigureRow) => {
                const count = counts[index];
                if (!count) return <NoValue why={ofRow} />;
                return (
                  <span class={count.value === null ? 'range' : ''}>{describeCount(count)}</span>
                );
              },
            })),
          ]}
        />
      )}
      {view === 'chart' && telling >= 0 && (
        <>
          {measures.length > 1 && (
            <label class="measure">
              {t('statistics.measure')}
              <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
                {measures.map((name, index) => (
                  <option key={name} value={index}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <div ref={chart}>
            {isByYear ? (
              <YearPlot
                title={plotTitle}
                years={rows.map((row) => ({ key: row.key, number: countOf(row)?.atLeast ?? 0 }))}
              />
            ) : (
              <RangePlot
                title={plotTitle}
                rows={plotted.map((row) => ({
                  key: row.key,
                  label: row.label,
                  count: countOf(row),
                }))}
              />
            )}
          </div>
          <div class="figure-tools">
            <button type="button" class="quiet" onClick={() => save('png')}>
              {t('statistics.savePng')}
            </button>
            <button type="button" class="quiet" onClick={() => save('svg')}>
              {t('statistics.saveSvg')}
            </button>
          </div>
        </>
      )}
      <p class="credit">{origin}</p>
    </section>
  );
}
