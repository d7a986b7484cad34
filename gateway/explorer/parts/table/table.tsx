import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { awaited } from '../../client/awaited.ts';
import type { WhyNull } from '../../client/why-null.ts';
import { t } from '../../words/language.ts';
import { AskAgain, InTable, lacks, sayLack } from '../no-value.tsx';
import { showing } from '../outcome.tsx';
import { rehearsalSign } from '../rehearsal.tsx';

/** How a table is ordered by one of its columns. */
export type Direction = 'ascending' | 'descending';

interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean | undefined;
  /** Orders the rows by this column. @default the column cannot be ordered */
  readonly order?: { readonly direction: Direction | undefined; readonly turn: () => void };
}

interface TableProps<Row> {
  /** What the table shows, for those who do not see what stands around it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** On a phone, a row is two or three lines in place of a card. @default false */
  readonly isDense?: boolean;
}

const arrows = { ascending: '▲', descending: '▼', none: '↕' };

function Heading<Row>({ title, isNumber, order }: Column<Row>) {
  const direction = order?.direction;
  return (
    <th
      scope="col"
      role="columnheader"
      class={isNumber ? 'number' : undefined}
      aria-sort={direction}
    >
      {order ? (
        <button type="button" class="order" onClick={order.turn}>
          {title}
          {'\u00a0'}
          <span aria-hidden="true">{arrows[direction ?? 'none']}</span>
        </button>
      ) : (
        title
      )}
    </th>
  );
}

interface SignNoteProps {
  readonly table: RefObject<HTMLElement | null>;
  /** A component that reads a signal is drawn anew only if what it gets has changed. */
  readonly rows: readonly unknown[];
}

/** What the signs in the cells of a table mean, said once for all of them. */
function SignNote({ table }: SignNoteProps) {
  const [found, setFound] = useState<readonly WhyNull[]>([]);
  const [isInvented, setInvented] = useState(false);
  // What is awaited changes without the table.
  void awaited.value;
  useLayoutEffect(() => {
    const all = Object.keys(lacks) as WhyNull[];
    const now = all.filter((lack) => table.current?.querySelector(`.no-value.${lack}`));
    if (now.join() !== found.join()) setFound(now);
    setInvented(Boolean(table.current?.querySelector('.invented')));
  });
  const signs = [
    ...(isInvented ? [`${rehearsalSign} ${t('frame.rehearsal')}`] : []),
    ...found.map((lack) => `${lacks[lack]} ${sayLack(lack)}`),
  ];
  if (signs.length === 0) return null;
  return (
    <p class="table-note">
      <span aria-hidden="true">{signs.join(' · ')}</span>{' '}
      {found.includes('missing') && <AskAgain />}
    </p>
  );
}

/** With more columns, a phone has no place for a line: each row is a card there. */
const mostInLine = 2;

/**
 * A table that scrolls by itself where it is wider than the page. The first column names the row. The
 * roles are said since rows that are cards lose them in some browsers.
 */
export function Table<Row>({ caption, columns, rows, keyOf, isDense }: TableProps<Row>) {
  const region = useRef<HTMLDivElement>(null);
  const asCards = isDense ? 'table as-cards dense' : 'table as-cards';
  const kind = columns.length > mostInLine ? asCards : 'table';
  return (
    <InTable.Provider value={true}>
      <div class="table-and-note">
        <SignNote table={region} rows={rows} />
        <div class={kind} tabIndex={0} role="region" aria-label={caption} ref={region}>
          <table role="table">
            <caption class="unseen">{caption}</caption>
            <thead role="rowgroup">
              <tr role="row">
                {columns.map((column) => (
                  <Heading key={column.title} {...column} />
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {rows.map((row) => (
                <tr key={keyOf(row)} role="row" ref={showing(keyOf(row))}>
                  {columns.map(({ title, of, isNumber }, index) =>
                    index === 0 ? (
                      <th key={title} scope="row" role="rowheader">
                        {of(row)}
                      </th>
                    ) : (
                      <td
                        key={title}
                        role="cell"
                        class={isNumber ? 'number' : undefined}
                        data-title={title}
                      >
                        <div>{of(row)}</div>
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </InTable.Provider>
  );
}
