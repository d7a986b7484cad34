import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { formatNumber, t } from '../../words/language.ts';
import { Table, type Direction } from './table.tsx';

interface LongColumn<Row> {
  readonly title: string;
  readonly of: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
  /** What the rows are ordered by. Null comes last. @default the column cannot be ordered */
  readonly rank?: (row: Row) => string | number | null;
}

interface Order {
  /** The place of the column. */
  readonly column: number;
  readonly direction: Direction;
}

interface LongTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly LongColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly pageSize?: number;
  /** The order at first. @default the order of the rows */
  readonly order?: Order;
  /** On a phone, a row is two or three lines in place of a card. @default false */
  readonly isDense?: boolean;
}

type Rank = string | number | null;

function compareRanks(one: Rank, other: Rank, sign: number): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -sign : sign;
}

/** Each rank is computed once, so that a table of 20,000 rows is ordered without a pause. */
function orderRows<Row>(
  rows: readonly Row[],
  rank: (row: Row) => Rank,
  direction: Direction,
): readonly Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, rank: rank(row) }))
    .sort((one, other) => compareRanks(one.rank, other.rank, sign))
    .map(({ row }) => row);
}

/** Whether the page is being printed: paper has no second page of a table to turn to. */
function useIsPrinting(): boolean {
  const isPrinting = useSignal(false);
  useEffect(() => {
    const begin = () => (isPrinting.value = true);
    const end = () => (isPrinting.value = false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting.value;
}

/** A table that is shown in pages, printed as a whole, and ordered by the column that the reader chooses. */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { caption, columns, rows, keyOf, pageSize = 15, isDense = false } = props;
  const order = useSignal(props.order);
  const page = useSignal(0);
  const isPrinting = useIsPrinting();
  const { column, direction } = order.value ?? {};
  const rank = column === undefined ? undefined : columns[column]?.rank;
  const ordered = useMemo(
    () => (rank && direction ? orderRows(rows, rank, direction) : rows),
    [rows, column, direction],
  );
  if (rows.length === 0) return <p>{t('response.nothing')}</p>;
  const last = Math.ceil(rows.length / pageSize) - 1;
  const current = Math.min(page.value, last);
  const first = current * pageSize;
  const shown = isPrinting ? ordered : ordered.slice(first, first + pageSize);
  const turn = (index: number, isNumber: boolean | undefined) => {
    const usual: Direction = isNumber ? 'descending' : 'ascending';
    const other: Direction = isNumber ? 'ascending' : 'descending';
    const isUsual = column === index && direction === usual;
    order.value = { column: index, direction: isUsual ? other : usual };
    page.value = 0;
  };
  return (
    <>
      <Table
        caption={caption}
        rows={shown}
        keyOf={keyOf}
        isDense={isDense}
        columns={columns.map(({ title, of, isNumber, rank: isOrdered }, index) => ({
          title,
          of,
          isNumber,
          ...(isOrdered && {
            order: {
              direction: column === index ? direction : undefined,
              turn: () => turn(index, isNumber),
            },
          }),
        }))}
      />
      {last > 0 && (
        <nav class="table-pages" aria-label={t('table.pagesOf', { caption })}>
          <button
            type="button"
            class="quiet"
            disabled={current === 0}
            onClick={() => (page.value = current - 1)}
          >
            {t('table.previous')}
          </button>
          <span role="status">
            {t('table.rows', {
              first: formatNumber(first + 1),
              last: formatNumber(first + shown.length),
              all: formatNumber(rows.length),
            })}
          </span>
          <button
            type="button"
            class="quiet"
            disabled={current === last}
            onClick={() => (page.value = current + 1)}
          >
            {t('table.next')}
          </button>
        </nav>
      )}
    </>
  );
}
