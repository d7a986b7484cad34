import { useSignal } from '@preact/signals';
import type { WhyNull } from '../../../client/why-null.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { Table } from '../../../parts/table.tsx';
import { t } from '../../../words/language.ts';
import { describeCount, type Count } from './counts.ts';
import { RangePlot } from './range-plot.tsx';

/** A row of statistics: what it counts, and its counts by the name of the measure. */
export interface StatisticsRow {
  readonly key: string;
  readonly label: string;
  /** Undefined where the partner that counts is unavailable. */
  readonly counts: readonly (Count | undefined)[];
  /** Why it has no counts. @default that of all rows */
  readonly why?: WhyNull;
}

interface Props {
  readonly title: string;
  /** What the rows are: `Sector`. */
  readonly rowTitle: string;
  /** The names of the counts, in the order of `counts`. */
  readonly measures: readonly string[];
  readonly rows: readonly StatisticsRow[];
  /** Why a count is missing. */
  readonly why: WhyNull;
}

/** A plot of one measure, which the reader chooses, and the table of all measures beside it. */
export function PlotWithTable({ title, rowTitle, measures, rows, why }: Props) {
  const chosen = useSignal(0);
  const measure = measures[chosen.value] ?? '';
  return (
    <>
      {measures.length > 1 && (
        <label class="measure">
          {t('statistics.measure')}
          <select
            value={chosen.value}
            onChange={({ currentTarget }) => (chosen.value = Number(currentTarget.value))}
          >
            {measures.map((name, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="plot-and-table">
        <RangePlot
          title={t('statistics.plotOf', { title: `${title}, ${measure}` })}
          rows={rows.map(({ key, label, counts }) => ({ key, label, count: counts[chosen.value] }))}
        />
        <Table
          caption={title}
          rows={rows}
          keyOf={({ key }) => key}
          columns={[
            { title: rowTitle, of: ({ label }) => label },
            ...measures.map((name, index) => ({
              title: name,
              isNumber: true,
              of: ({ counts, why: ofRow = why }: StatisticsRow) => {
                const count = counts[index];
                return count ? describeCount(count) : <NoValue why={ofRow} />;
              },
            })),
          ]}
        />
      </div>
    </>
  );
}
