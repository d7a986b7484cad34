import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { GraphError, GraphResponse } from '../../../client/send-operation.ts';
import { saveText } from '../../../parts/files/save-file.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { writeCsvFile, type CsvCell } from '../../../parts/table/csv.ts';
import { Table } from '../../../parts/table/table.tsx';
import { formatNumber, t } from '../../../words/language.ts';
import { findLists, listColumns, readCell, type Cell, type ListRow } from './find-lists.ts';

const listSeparator = '; ';

/** Objects and lists inside a value have no columns of their own. */
const toCell = (value: unknown): CsvCell =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as CsvCell);

function readCsvCell(cell: Cell): CsvCell {
  if (cell.kind === 'value') return toCell(cell.value);
  if (cell.kind === 'list')
    return cell.values.map((value) => toCell(value) ?? '').join(listSeparator);
  return undefined;
}

/** The rows as CSV. Whatever is null is an empty cell. */
const writeCsv = (
  rows: readonly ListRow[],
  columns: readonly string[],
  errors: readonly GraphError[],
): string =>
  writeCsvFile([
    columns,
    ...rows.map((row) => columns.map((column) => readCsvCell(readCell(row, column, errors)))),
  ]);

/** A browser shows so many rows without delay. A file has all. */
const mostRows = 200;

/** One list of the result as a table, and as a file for spreadsheets. */
export function TableView({ response }: { response: GraphResponse<unknown> }) {
  const { data, errors } = response;
  const lists = useMemo(() => findLists(data), [data]);
  const wanted = useSignal('');
  const list = lists.find(({ name }) => name === wanted.value) ?? lists[0];
  if (!list) return <p>{t('explorer.noData')}</p>;
  const { rows, name } = list;
  const columns = listColumns(rows);
  const save = () =>
    saveText(`${name || 'result'}.csv`, 'text/csv', writeCsv(rows, columns, errors));
  return (
    <>
      <div class="row">
        <label class="choice">
          {t('explorer.list')}
          <select
            value={name}
            onChange={({ currentTarget }) => (wanted.value = currentTarget.value)}
          >
            {lists.map(({ name: other, rows: { length } }) => (
              <option key={other} value={other}>
                {other || t('explorer.wholeResult')} ({length})
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="quiet" onClick={save}>
          {t('explorer.downloadCsv')}
        </button>
      </div>
      {rows.length > mostRows && (
        <p>
          {t('explorer.firstRows', {
            shown: formatNumber(mostRows),
            all: formatNumber(rows.length),
          })}
        </p>
      )}
      {rows.length === 0 ? (
        <p>{t('response.nothing')}</p>
      ) : (
        <Table
          caption={name || t('explorer.wholeResult')}
          rows={rows.slice(0, mostRows)}
          keyOf={({ path }) => path.join('.')}
          columns={[
            { title: '#', of: ({ path }) => numberOf(path) },
            ...columns.map((column) => ({
              title: column,
              of: (row: ListRow) => <CellText cell={readCell(row, column, errors)} />,
            })),
          ]}
        />
      )}
    </>
  );
}

/** `3.1` for the first row inside the third. */
const numberOf = (path: ListRow['path']): string =>
  path.flatMap((part) => (typeof part === 'number' ? [part + 1] : [])).join('.') || '1';

function CellText({ cell }: { cell: Cell }) {
  if (cell.kind === 'none') return null;
  if (cell.kind === 'value') return <>{String(cell.value)}</>;
  if (cell.kind !== 'list') return <NoValue why={cell.kind} />;
  const isPlain = cell.values.every((value) => typeof value !== 'object');
  return <>{isPlain ? cell.values.join('; ') : t('explorer.rows', { n: cell.values.length })}</>;
}
