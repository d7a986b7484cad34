import type { Column } from './column.js';
import type { ImportKind } from './kind.js';
import { columnsOf } from './read-record.js';

const describeColumn = ([name, { about, form, isNeeded }]: [string, Column<unknown>]): string =>
  `| \`${name}\` | ${isNeeded ? 'yes' : ''} | ${form} | ${about} |`;

/** The columns of a partner’s kinds of files, for `seed/columns.md`. `id` is the same in all. */
export function describeColumns(kinds: readonly ImportKind[]): string {
  return kinds
    .map((kind) => {
      return [
        `## ${kind.name}`,
        `${kind.about} The first row: \`${Object.keys(columnsOf(kind)).join(',')}\``,
        '',
        '| column | needed | form | meaning |',
        '|---|---|---|---|',
        ...Object.entries(kind.columns).map(describeColumn),
      ].join('\n');
    })
    .join('\n\n');
}
