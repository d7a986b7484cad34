import type { Column } from './column.js';
import type { ImportKind } from './kind.js';
import { columnsOf } from './read-record.js';

const describeColumn = ([name, { about, form, isNeeded }]: [string, Column<unknown>]): string =>
  `| \`${name}\` | ${isNeeded ? 'yes' : ''} | ${form} | ${about} |`;

/** The columns of a partner’s kinds of files, as its README shows them. */
export function describeColumns(kinds: readonly ImportKind[]): string {
  return kinds
    .map((kind) => {
      const columns = Object.entries(columnsOf(kind));
      return [
        `## ${kind.name}`,
        `${kind.about} The first row: \`${columns.map(([name]) => name).join(',')}\``,
        '',
        '| column | needed | form | meaning |',
        '|---|---|---|---|',
        ...columns.map(describeColumn),
      ].join('\n');
    })
    .join('\n\n');
}
